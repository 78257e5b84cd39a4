/**
 * Fits what real judgements can fit (words, fields, concepts, sector, the strength of a point) and prints the block for
 * app/modules/matching/domain/weights.ts; changes nothing by itself:
 *   node --import tsx scripts/fit-weights.ts [--offerings F --needs F --qrels F] [--seed 1] [--out weights.json]
 * The same files and seed give the same weights. `npm run eval` reports what such weights do on folds they have not seen.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { listSectors, loadManyForMatching } from "~/modules/listings/index.server";
import { measuring } from "~/modules/matching/index.server";
import { fitWeights, Trials } from "./lib/fit";
import { buildFeatures } from "./lib/fit-features";
import { readJudgedSet } from "./lib/judged-set";
import { gradesOf, isAnswerable } from "./lib/run-score";
import { withScratchExchange } from "./lib/scratch-exchange";

const DATA = path.join("prisma", "seed", "data", "listings");
const { values: options } = parseArgs({
  options: {
    offerings: { type: "string", default: path.join(DATA, "offerings.json") },
    needs: { type: "string", default: path.join(DATA, "needs.json") },
    qrels: { type: "string", default: path.join(DATA, "qrels.json") },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});

async function main(): Promise<void> {
  const set = readJudgedSet(options);
  await withScratchExchange(set, "postgres", async (ctx, listings) => {
    const all = await loadManyForMatching(
      ctx.db,
      listings.map(({ id }) => id),
    );
    const features = buildFeatures(all, listings, await listSectors(ctx), measuring.ENGINE, ctx.clock.now());
    const grades = gradesOf(set.judgements);
    const training = [...grades].filter(([, judged]) => isAnswerable(judged)).map(([id]) => id);
    const { weights, objective, tried } = fitWeights(new Trials(features, grades), training, set.groupOf, {
      seed: Number(options.seed),
    });
    const { text, sector, scale } = weights;
    const block = `${JSON.stringify({ text, sector, scale }, null, 2)}\n`;
    if (options.out) writeFileSync(options.out, block);
    console.log(
      `${block}\nobjective ${objective.toFixed(4)} on ${training.length} needs, ${tried} weighings tried; compare with the file's weights and read the held-out table of npm run eval before using them`,
    );
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
