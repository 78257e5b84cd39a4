/** Tables of `npm run eval`. */
import { type EvalCase, type EvalRun, measuring } from "~/modules/matching/index.server";
import type { Interval } from "./run-score";

const COLUMNS = [
  ["nDCG@10", "ndcg10"],
  ["P@5", "p5"],
  ["MRR@10", "mrr10"],
  ["recall@20", "recall20"],
  ["first right", "first"],
] as const;

const CASES: Record<EvalCase, string> = {
  all: "all",
  otherSource: "without same source",
  standard: "standard",
  synonym: "different words",
  noDiacritics: "no diacritics",
  typo: "typos",
  crossLingual: "an answer in the other language",
  sameSource: "same source",
  otherLanguageOnly: "every answer in the other language",
};

const figure = ({ value, low, high }: Interval) => `${value.toFixed(3)} [${low.toFixed(2)}–${high.toFixed(2)}]`;
const share = (value: number | null) => (value === null ? "–" : `${Math.round(100 * value)} %`);

/** Figures of one run as lines of a table. */
export function reportRun(title: string, { cases, auc, atThreshold, byScore }: EvalRun): string {
  const bands = byScore.map(({ from, to, pairs, relevant }) => `${from}–${to}: ${share(relevant)} of ${pairs}`);
  return [
    title,
    `${"".padEnd(36)}${"n".padStart(4)}  ${COLUMNS.map(([name]) => name.padEnd(20)).join(" ")}`.trimEnd(),
    ...cases.map((one) => {
      const cells = COLUMNS.map(([, key]) => figure(one[key]).padEnd(20));
      return `  ${CASES[one.case].padEnd(34)}${String(one.needs).padStart(4)}  ${cells.join(" ")}`.trimEnd();
    }),
    `  no-answer AUC, answers removed      ${figure(auc.removed)}`,
    `  no-answer AUC, real                 ${auc.real === null ? "–" : figure(auc.real)}`,
    `  at the threshold of ${measuring.MATCH_THRESHOLD}: ${share(atThreshold.kept)} of needs keep a first place; "no good match yet" for ${share(atThreshold.silentRemoved)} with answers removed, ${share(atThreshold.silentReal)} of those without any`,
    `  relevant (grade ≥ 2) by score: ${bands.join(" · ")}`,
  ].join("\n");
}
