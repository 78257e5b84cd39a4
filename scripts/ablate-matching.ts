/**
 * What each signal of the engine gives: its weight set to nothing, all others as they are, on the judged set and on the hand-made
 * one. Prints the table of docs/matching.md:
 *   node --import tsx scripts/ablate-matching.ts [--offerings F --needs F --qrels F]
 * The judged figures are of the product's weights on the set they were fitted on: read them as differences.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { listSectors, loadManyForMatching } from "~/modules/listings/index.server";
import { measuring } from "~/modules/matching/index.server";
import { readStructuredSet } from "../tests/factories/structured-set";
import { Trials } from "./lib/fit";
import { buildFeatures } from "./lib/fit-features";
import { readJudgedSet } from "./lib/judged-set";
import { auc, gradesOf, isAnswerable, mean } from "./lib/run-score";
import { withScratchExchange } from "./lib/scratch-exchange";

type Weights = measuring.Weights;
const DATA = path.join("prisma", "seed", "data", "listings");
const { values: options } = parseArgs({
  options: {
    offerings: { type: "string", default: path.join(DATA, "offerings.json") },
    needs: { type: "string", default: path.join(DATA, "needs.json") },
    qrels: { type: "string", default: path.join(DATA, "qrels.json") },
  },
});

const text = (change: Partial<Weights["text"]>) => (weights: Weights) => ({
  ...weights,
  text: { ...weights.text, ...change },
});
const facts = (change: Partial<Weights["facts"]>) => (weights: Weights) => ({
  ...weights,
  facts: { ...weights.facts, ...change },
});
const NO_LINES = { meets: 0, near: 0, fails: 0 };
const NO_TRL = { trlEnough: 0, trlShort: 0 };
const NO_PRICE = { priceWithin: 0, priceNear: 0, priceAbove: 0 };

const SIGNALS: [string, (weights: Weights) => Weights][] = [
  ["everything", (weights) => weights],
  ["without the title's weight", text({ title: 1 })],
  ["without keywords' weight", text({ keywords: 1 })],
  ["without single words", text({ word: 0 })],
  ["without pairs of words", text({ pair: 0 })],
  ["without accents telling words apart", text({ otherAccents: 1 })],
  ["without length normalisation", text({ b: 0 })],
  ["without the cut of common words", text({ common: 0 })],
  ["without the dictionary", text({ concept: 0 })],
  ["without general words' discount", text({ general: 1 })],
  ["without the sector in words", text({ sector: 0 })],
  ["without sector affinity", (weights) => ({ ...weights, sector: 0 })],
  ["without any sector", (weights) => ({ ...text({ sector: 0 })(weights), sector: 0 })],
  ["without requirement lines", facts(NO_LINES)],
  ["without readiness", facts(NO_TRL)],
  ["without money", facts(NO_PRICE)],
  [
    "without any fact",
    facts({ ...NO_LINES, ...NO_TRL, ...NO_PRICE, formFits: 0, formUnlike: 0, granted: 0, province: 0, fresh: 0 }),
  ],
];

/** Share of the hand-made set's pairs (right one, near-miss) in the right order; a tie is none. */
function structuredShare(weights: Weights): number {
  const { rows, rules } = readStructuredSet({ ...measuring.ENGINE, weights });
  const inOrder = rows.flatMap(({ need, offerings }) => {
    const [right = 0, ...others] = offerings.map(({ read }) => measuring.weighPair(need, read, rules).strength);
    return others.map((other) => Number(other < right));
  });
  return mean(inOrder);
}

async function main(): Promise<void> {
  const set = readJudgedSet(options);
  await withScratchExchange(set, "postgres", async (ctx, listings) => {
    const all = await loadManyForMatching(
      ctx.db,
      listings.map(({ id }) => id),
    );
    const grades = gradesOf(set.judgements);
    const needIds = [...grades].filter(([, judged]) => isAnswerable(judged)).map(([id]) => id);
    const sectors = await listSectors(ctx);
    const plain = new Trials(buildFeatures(all, listings, sectors, measuring.ENGINE, ctx.clock.now()), grades);
    console.log(
      "| | nDCG@10 | no-answer AUC (answers removed) | hand-made: right before near-miss |\n|---|---|---|---|",
    );
    for (const [name, change] of SIGNALS) {
      const weights = change(measuring.WEIGHTS);
      const sameFacts = JSON.stringify(weights.facts) === JSON.stringify(measuring.WEIGHTS.facts);
      const trials = sameFacts
        ? plain
        : new Trials(buildFeatures(all, listings, sectors, { ...measuring.ENGINE, weights }, ctx.clock.now()), grades);
      const seen = [...trials.see(weights)].filter(([id]) => needIds.includes(id)).map(([, one]) => one);
      const told = auc(
        seen.map(({ top }) => top),
        seen.map(({ topWithout }) => topWithout),
      );
      console.log(
        `| ${name} | ${mean(seen.map(({ ndcg }) => ndcg)).toFixed(3)} | ${(told ?? Number.NaN).toFixed(3)} | ${Math.round(100 * structuredShare(weights))} % |`,
      );
    }
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
