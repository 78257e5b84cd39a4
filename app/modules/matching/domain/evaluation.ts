import { z } from "zod";

/**
 * The shape of data/evaluation.json: what `npm run eval -- --publish` measured last. The public page shows it, and
 * tests/integration/matching/quality.test.ts fails when ranking falls behind it.
 */
const figure = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** Needs by what makes them hard. */
export const EVAL_CASES = [
  "all",
  "otherSource",
  "standard",
  "synonym",
  "noDiacritics",
  "typo",
  "sameSource",
  "crossLingual",
  "otherLanguageOnly",
] as const;
export type EvalCase = (typeof EVAL_CASES)[number];

const caseFigures = z.object({
  case: z.enum(EVAL_CASES),
  needs: z.number().int(),
  ndcg10: figure,
  p5: figure,
  mrr10: figure,
  recall20: figure,
  /** share of needs with a fitting offering in the first place, and among the first five */
  first: figure,
  firstFive: figure,
});

const runFigures = z.object({
  cases: z.array(caseFigures).min(1),
  /** how often the first place of a need with an answer scores above that of a need without */
  auc: z.object({ removed: figure, real: figure.nullable() }),
  atThreshold: z.object({
    /** shares: needs with an answer that keep a first place; silence where the answers were removed, and where there is none */
    kept: z.number(),
    silentRemoved: z.number(),
    silentReal: z.number().nullable(),
  }),
  /** share of relevant offerings among the first ten, by score */
  byScore: z.array(
    z.object({ from: z.number(), to: z.number(), pairs: z.number().int(), relevant: z.number().nullable() }),
  ),
});

export const evaluationSchema = z.object({
  format: z.literal(1),
  /** day of the run, YYYY-MM-DD */
  date: z.iso.date(),
  weights: z.string(),
  dictionary: z.string(),
  concepts: z.number().int(),
  threshold: z.number(),
  sizes: z.object({
    offerings: z.number().int(),
    needs: z.number().int(),
    answerable: z.number().int(),
    unanswerable: z.number().int(),
    judgements: z.number().int(),
    folds: z.number().int(),
  }),
  /** the best keyword search on the same set, and what the product is to reach */
  baselines: z.partialRecord(z.enum(EVAL_CASES), z.number()),
  targets: z.partialRecord(z.enum(EVAL_CASES), z.number()),
  aucTarget: z.number(),
  /** ranked with weights that had not seen the need: what counts */
  heldOut: runFigures,
  /** with the product's weights */
  product: runFigures,
  /** held out, and every dictionary entry taken away that any of these needs uses */
  withoutDictionary: z.object({ concepts: z.number().int(), heldOut: runFigures }),
  /** the product's weights on the other search engine; null when that was not run */
  meilisearch: z.object({ version: z.string(), product: runFigures }).nullable(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
export type EvalFigure = z.infer<typeof figure>;
export type CaseFigures = z.infer<typeof caseFigures>;
export type EvalRun = z.infer<typeof runFigures>;
