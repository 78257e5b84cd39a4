import type { Judgement } from "./judged-set";
import { seeded } from "./random";

/** A ranked run: need → listings, best first. */
export type Run = Record<string, { id: string; score: number }[]>;
/** One need's figures. */
export type NeedFigures = {
  id: string;
  ndcg10: number;
  p5: number;
  mrr10: number;
  recall20: number;
  /** 1 when a relevant listing stands first, and when one stands among the first five */
  first: number;
  firstFive: number;
  /** score of the first place, and of the first place when its relevant listings (grade ≥ 1) are taken out of the collection */
  top: number;
  topWithout: number;
};
export type RunFigures = {
  answerable: NeedFigures[] /** first scores of needs without any relevant listing */;
  unanswerable: number[];
};
export type Interval = { value: number; low: number; high: number };

const RELEVANT = 2;
const gain = (grades: number[]) => grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);
export const mean = (values: number[]) =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** nDCG@10 of a ranking: gain 2^g − 1, discount 1/log2(rank + 1), ideal over all judged pairs; unjudged counts as 0. */
export function ndcg10(ranked: readonly string[], grades: ReadonlyMap<string, number>): number {
  const ideal = gain(
    [...grades.values()]
      .filter((grade) => grade > 0)
      .sort((a, b) => b - a)
      .slice(0, 10),
  );
  return ideal === 0 ? 0 : gain(ranked.slice(0, 10).map((id) => grades.get(id) ?? 0)) / ideal;
}

function scoreNeed(id: string, list: Run[string], grades: ReadonlyMap<string, number>): NeedFigures {
  const ranked = [...new Set(list.map((one) => one.id))];
  const found = ranked.map((one) => grades.get(one) ?? 0);
  const relevant = [...grades.values()].filter((grade) => grade >= RELEVANT).length;
  const hits = (n: number) => found.slice(0, n).filter((grade) => grade >= RELEVANT).length;
  const first = found.slice(0, 10).findIndex((grade) => grade >= RELEVANT);
  return {
    id,
    ndcg10: ndcg10(ranked, grades),
    p5: hits(5) / 5,
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    recall20: relevant === 0 ? 0 : hits(20) / relevant,
    first: Number(first === 0),
    firstFive: Number(first >= 0 && first < 5),
    top: list[0]?.score ?? 0,
    topWithout: list.find((one) => (grades.get(one.id) ?? 0) < 1)?.score ?? 0,
  };
}

/** Judgements by need. */
export function gradesOf(judgements: readonly Judgement[]): Map<string, Map<string, number>> {
  const grades = new Map<string, Map<string, number>>();
  for (const { needId, offeringId, grade } of judgements)
    grades.set(needId, (grades.get(needId) ?? new Map<string, number>()).set(offeringId, grade));
  return grades;
}

export const isAnswerable = (grades: ReadonlyMap<string, number>): boolean =>
  [...grades.values()].some((grade) => grade >= RELEVANT);

/** Scores a run need by need; grade ≥ 2 is relevant for P@5, MRR@10 and recall@20. Needs nobody judged are left out. */
export function scoreRun(run: Run, judgements: readonly Judgement[]): RunFigures {
  const answerable: NeedFigures[] = [];
  const unanswerable: number[] = [];
  for (const [needId, grades] of gradesOf(judgements)) {
    const list = run[needId] ?? [];
    if (isAnswerable(grades)) answerable.push(scoreNeed(needId, list, grades));
    else unanswerable.push(list[0]?.score ?? 0);
  }
  return { answerable, unanswerable };
}

/** How often a positive beats a negative, ties half; null without both kinds. */
export function auc(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  let wins = 0;
  for (const a of positives) for (const b of negatives) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (positives.length * negatives.length);
}

const DRAWS = 1_000;

/**
 * A figure with its 95 % bootstrap interval. Whole groups are drawn, since needs of a group are not independent.
 * @param measure figure of a drawn sample; a NaN draw is left out
 */
export function bootstrap<T>(
  items: readonly T[],
  groupOf: (item: T) => string,
  measure: (sample: T[]) => number,
  seed = 1,
): Interval {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item]);
  const all = [...groups.values()];
  const { next: random } = seeded(seed);
  const draws: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const value = measure(all.flatMap(() => all[Math.floor(random() * all.length)] ?? []));
    if (!Number.isNaN(value)) draws.push(value);
  }
  draws.sort((a, b) => a - b);
  const at = (share: number) => draws[Math.min(draws.length - 1, Math.floor(share * draws.length))] ?? Number.NaN;
  return { value: measure([...items]), low: at(0.025), high: at(0.975) };
}
