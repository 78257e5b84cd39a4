/** Builds a fresh search index from the published listings and swaps it in. */
import { rebuildIndex } from "~/modules/matching/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";

async function main(): Promise<void> {
  const container = createServeContainer(parseEnv(process.env), { name: "reindex" });
  try {
    const ctx = systemCtx(container, "reindex");
    await ctx.search.prepare();
    const began = performance.now();
    const { indexed } = await rebuildIndex(ctx);
    console.log(`Indexed ${indexed} listings in ${Math.round(performance.now() - began)} ms (${ctx.search.engine}).`);
  } finally {
    await container.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
