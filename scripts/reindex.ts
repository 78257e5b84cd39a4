/**
 * Builds a fresh search index from the published listings and swaps it in; searches are answered from the old one meanwhile.
 * Broken off, it goes on where it was when it is run again:
 *   npm run reindex [-- --afresh] [-- --batch 500]
 * `--afresh` begins anew; `--batch` is how many listings are written in one step.
 */
import { parseArgs } from "node:util";
import { rebuildIndex } from "~/modules/matching/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";
import { RebuildTakenOver } from "~/platform/ports/search";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { afresh: { type: "boolean", default: false }, batch: { type: "string" } },
  });
  const batch = values.batch === undefined ? undefined : Number(values.batch);
  if (batch !== undefined && !(Number.isInteger(batch) && batch >= 1 && batch <= 5_000))
    throw new EnvError("--batch is a number of listings from 1 to 5000");
  const container = createServeContainer(parseEnv(process.env), { name: "reindex" });
  try {
    const ctx = systemCtx(container, "reindex");
    await ctx.search.prepare();
    const began = performance.now();
    const speed = (indexed: number) => Math.round(indexed / ((performance.now() - began) / 1000));
    const { indexed, resumed } = await rebuildIndex(ctx, {
      afresh: values.afresh,
      batch,
      onStep: (some) => console.log(`${some} listings, ${speed(some)} a second`),
    });
    const ms = Math.round(performance.now() - began);
    const how = resumed ? ", going on with a rebuild that was broken off" : "";
    console.log(`Indexed ${indexed} listings in ${ms} ms (${ctx.search.engine}${how}).`);
  } finally {
    await container.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError || error instanceof RebuildTakenOver ? error.message : error);
  process.exit(1);
});
