/** The figures of `npm run eval`: counted once, printed as tables and published as data. */
import { type EvalCase, type EvalRun, measuring } from "~/modules/matching/index.server";
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

type Slice = { name: EvalCase; has: (needId: string) => boolean };

/** Case types as data files write them. */
const CASES = ["standard", "synonym", "noDiacritics", "typo", "crossLingual", "sameSource"] as const;
/** The best of three keyword searches on the same set: Meilisearch, PostgreSQL, BM25 over folded words. */
export const BASELINES: Partial<Record<EvalCase, number>> = {
  all: 0.75,
  otherSource: 0.711,
  standard: 0.848,
  synonym: 0.595,
  noDiacritics: 0.825,
  crossLingual: 0.479,
  otherLanguageOnly: 0,
};
/** What the product is to reach, held out. */
export const TARGETS: Partial<Record<EvalCase, number>> = {
  all: 0.82,
  otherSource: 0.79,
  standard: 0.9,
  synonym: 0.7,
  noDiacritics: 0.88,
};
export const AUC_TARGET = 0.93;

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
  return [
    { name: "all", has: () => true },
    { name: "otherSource", has: (id) => (need(id)?.sameSourceOfferings.length ?? 0) === 0 },
    ...CASES.map((type) => ({ name: type, has: (id: string) => need(id)?.caseTypes.includes(type) ?? false })),
    { name: "otherLanguageOnly", has: otherLanguageOnly(set) },
  ];
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
const rounded = ({ value, low, high }: Interval): Interval => ({
  value: round(value),
  low: round(low),
  high: round(high),
});

const BANDS = [0, 20, 30, 40, 50, 60, 80, 100];

/** Share of relevant pairs among each need's first ten, by score band. */
function calibration(run: Run, set: JudgedSet): EvalRun["byScore"] {
  const grades = gradesOf(set.judgements);
  const pairs = Object.entries(run).flatMap(([needId, list]) => {
    const judged = grades.get(needId);
    return judged && isAnswerable(judged)
      ? list.slice(0, 10).map(({ id, score }) => ({ score, relevant: (judged.get(id) ?? 0) >= 2 }))
      : [];
  });
  return BANDS.slice(0, -1).map((from, at) => {
    const to = BANDS[at + 1] ?? 100;
    const own = pairs.filter(({ score }) => score >= from && (score < to || to === 100));
    return {
      from,
      to,
      pairs: own.length,
      relevant: own.length === 0 ? null : round(mean(own.map(({ relevant }) => Number(relevant)))),
    };
  });
}

/** Figures of one run: by case, with 95 % intervals over groups of needs, and how it tells "no answer". */
export function figuresOf(run: Run, set: JudgedSet): EvalRun {
  const scored = scoreRun(
    run,
    set.judgements.filter(({ needId }) => needId in run),
  );
  const groupOf = ({ id }: { id: string }) => set.groupOf.get(id) ?? id;
  const cases = slicesOf(set).flatMap(({ name, has }) => {
    const own = scored.answerable.filter(({ id }) => has(id));
    if (own.length === 0) return [];
    const of = (key: keyof Omit<NeedFigures, "id">) =>
      rounded(bootstrap(own, groupOf, (sample) => mean(sample.map((one) => one[key]))));
    return [
      {
        case: name,
        needs: own.length,
        ndcg10: of("ndcg10"),
        p5: of("p5"),
        mrr10: of("mrr10"),
        recall20: of("recall20"),
        first: of("first"),
        firstFive: of("firstFive"),
      },
    ];
  });
  const told = (negatives: (sample: readonly NeedFigures[]) => number[]) =>
    rounded(
      bootstrap(
        scored.answerable,
        groupOf,
        (sample) =>
          auc(
            sample.map(({ top }) => top),
            negatives(sample),
          ) ?? Number.NaN,
      ),
    );
  const line = measuring.MATCH_THRESHOLD;
  const share = (values: boolean[]) => round(mean(values.map(Number)));
  const { unanswerable } = scored;
  return {
    cases,
    auc: {
      removed: told((sample) => sample.map(({ topWithout }) => topWithout)),
      real: unanswerable.length === 0 ? null : told(() => unanswerable),
    },
    atThreshold: {
      kept: share(scored.answerable.map(({ top }) => top >= line)),
      silentRemoved: share(scored.answerable.map(({ topWithout }) => topWithout < line)),
      silentReal: unanswerable.length === 0 ? null : share(unanswerable.map((top) => top < line)),
    },
    byScore: calibration(run, set),
  };
}
