/** Tables of `npm run eval`. */
import { measuring } from "~/modules/matching/index.server";
import type { JudgedSet } from "./judged-set";
import {
  auc,
  bootstrap,
  gradesOf,
  type Interval,
  isAnswerable,
  mean,
  type NeedFigures,
  type Run,
  scoreRun,
} from "./run-score";

type Slice = { name: string; has: (needId: string) => boolean };
type Figures = Pick<NeedFigures, "ndcg10" | "p5" | "mrr10" | "recall20">;
const COLUMNS: [string, keyof Figures][] = [
  ["nDCG@10", "ndcg10"],
  ["P@5", "p5"],
  ["MRR@10", "mrr10"],
  ["recall@20", "recall20"],
];

/** Names for case types as data files write them. */
const CASES: Record<string, string> = {
  standard: "standard",
  synonym: "different words",
  noDiacritics: "no diacritics",
  typo: "typos",
  crossLingual: "an answer in the other language",
  sameSource: "same source",
};

/** Needs all of whose relevant offerings are written in the other language. */
function otherLanguageOnly(set: JudgedSet): (needId: string) => boolean {
  const langOf = new Map(set.offerings.map((row) => [row.id, row.lang]));
  const grades = gradesOf(set.judgements);
  return (needId) => {
    const lang = set.needOf.get(needId)?.lang;
    const relevant = [...(grades.get(needId) ?? [])].filter(([, grade]) => grade >= 2);
    return relevant.length > 0 && relevant.every(([id]) => langOf.get(id) !== undefined && langOf.get(id) !== lang);
  };
}

function slicesOf(set: JudgedSet): Slice[] {
  const need = (id: string) => set.needOf.get(id);
  const types = [...new Set([...set.needOf.values()].flatMap(({ caseTypes }) => caseTypes))].sort();
  return [
    { name: "all", has: () => true },
    { name: "without same source", has: (id) => (need(id)?.sameSourceOfferings.length ?? 0) === 0 },
    ...types
      .filter((type) => type in CASES)
      .map((type) => ({ name: CASES[type] ?? type, has: (id: string) => need(id)?.caseTypes.includes(type) ?? false })),
    { name: "every answer in the other language", has: otherLanguageOnly(set) },
  ];
}

const figure = ({ value, low, high }: Interval) => `${value.toFixed(3)} [${low.toFixed(2)}–${high.toFixed(2)}]`;

/** Figures of one run as lines of a table: by case, with 95 % intervals over groups of needs, and how it tells "no answer". */
export function reportRun(title: string, run: Run, set: JudgedSet): string {
  const scored = scoreRun(
    run,
    set.judgements.filter(({ needId }) => needId in run),
  );
  const groupOf = ({ id }: { id: string }) => set.groupOf.get(id) ?? id;
  const lines = [
    title,
    `${"".padEnd(36)}${"n".padStart(4)}  ${COLUMNS.map(([name]) => name.padEnd(20)).join(" ")}`.trimEnd(),
  ];
  for (const { name, has } of slicesOf(set)) {
    const own = scored.answerable.filter(({ id }) => has(id));
    if (own.length === 0) continue;
    const cells = COLUMNS.map(([, key]) =>
      figure(bootstrap(own, groupOf, (sample) => mean(sample.map((one) => one[key])))).padEnd(20),
    );
    lines.push(`  ${name.padEnd(34)}${String(own.length).padStart(4)}  ${cells.join(" ")}`.trimEnd());
  }
  const removed = (sample: readonly NeedFigures[]) =>
    auc(
      sample.map(({ top }) => top),
      sample.map(({ topWithout }) => topWithout),
    ) ?? Number.NaN;
  const real = (sample: readonly NeedFigures[]) =>
    auc(
      sample.map(({ top }) => top),
      scored.unanswerable,
    ) ?? Number.NaN;
  const share = (values: boolean[]) => `${Math.round(100 * mean(values.map(Number)))} %`;
  const line = measuring.MATCH_THRESHOLD;
  lines.push(
    `  no-answer AUC, answers removed      ${figure(bootstrap(scored.answerable, groupOf, removed))}`,
    `  no-answer AUC, real (n ${scored.unanswerable.length})            ${scored.unanswerable.length === 0 ? "–" : figure(bootstrap(scored.answerable, groupOf, real))}`,
    `  at the threshold of ${line}: ${share(scored.answerable.map(({ top }) => top >= line))} of needs keep a first place; "no good match yet" for ${share(
      scored.answerable.map(({ topWithout }) => topWithout < line),
    )} with answers removed${scored.unanswerable.length === 0 ? "" : `, ${share(scored.unanswerable.map((top) => top < line))} of those without any`}`,
    `  relevant (grade ≥ 2) by score: ${calibration(run, set)}`,
  );
  return lines.join("\n");
}

const BANDS = [0, 20, 30, 40, 50, 60, 80, 101];

/** Share of relevant pairs among each need's first ten, by score band. */
function calibration(run: Run, set: JudgedSet): string {
  const grades = gradesOf(set.judgements);
  const pairs = Object.entries(run).flatMap(([needId, list]) => {
    const judged = grades.get(needId);
    return judged && isAnswerable(judged)
      ? list.slice(0, 10).map(({ id, score }) => ({ score, relevant: (judged.get(id) ?? 0) >= 2 }))
      : [];
  });
  return BANDS.slice(0, -1)
    .map((from, at) => {
      const to = BANDS[at + 1] ?? 101;
      const own = pairs.filter(({ score }) => score >= from && score < to);
      return `${from}–${Math.min(100, to)}: ${own.length === 0 ? "–" : `${Math.round(100 * mean(own.map(({ relevant }) => Number(relevant))))} % of ${own.length}`}`;
    })
    .join(" · ");
}
