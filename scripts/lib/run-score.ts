/** A ranked run: need → listings, best first. */
export type Run = Record<string, { id: string; score: number }[]>;
export type Judgement = { needId: string; offeringId: string; grade: number };
export type RunFigures = {
  needs: number;
  answerable: number;
  ndcg10: number;
  p5: number;
  mrr10: number;
  recall20: number;
  /** how well the first score tells needs that have an answer from those that have none; null without both kinds */
  noAnswerAuc: number | null;
};

const RELEVANT = 2;
const gain = (grades: number[]) => grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);
const mean = (values: number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function scoreNeed(ranked: string[], grades: Map<string, number>) {
  const found = [...new Set(ranked)].map((id) => grades.get(id) ?? 0);
  const ideal = gain(
    [...grades.values()]
      .filter((grade) => grade > 0)
      .sort((a, b) => b - a)
      .slice(0, 10),
  );
  const relevant = [...grades.values()].filter((grade) => grade >= RELEVANT).length;
  const hits = (n: number) => found.slice(0, n).filter((grade) => grade >= RELEVANT).length;
  const first = found.slice(0, 10).findIndex((grade) => grade >= RELEVANT);
  return {
    ndcg10: ideal === 0 ? 0 : gain(found.slice(0, 10)) / ideal,
    p5: hits(5) / 5,
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    recall20: relevant === 0 ? 0 : hits(20) / relevant,
  };
}

/**
 * Scores a run against judgements: nDCG@10 (gain 2^g − 1, discount 1/log2(rank + 1), ideal over all judged pairs of the
 * need), P@5, MRR@10 and recall@20 with grade ≥ 2 as relevant; unjudged counts as 0. Needs without any relevant listing
 * are left out of these and make the no-answer AUC.
 */
export function scoreRun(
  run: Run,
  judgements: Judgement[],
  only: (needId: string) => boolean = () => true,
): RunFigures {
  const grades = new Map<string, Map<string, number>>();
  for (const { needId, offeringId, grade } of judgements) {
    if (only(needId)) grades.set(needId, (grades.get(needId) ?? new Map<string, number>()).set(offeringId, grade));
  }
  const answered: ReturnType<typeof scoreNeed>[] = [];
  const tops: { answerable: number[]; not: number[] } = { answerable: [], not: [] };
  for (const [needId, judged] of grades) {
    const ranked = run[needId] ?? [];
    const answerable = [...judged.values()].some((grade) => grade >= RELEVANT);
    if (answerable)
      answered.push(
        scoreNeed(
          ranked.map((one) => one.id),
          judged,
        ),
      );
    tops[answerable ? "answerable" : "not"].push(ranked[0]?.score ?? 0);
  }
  const pairs = tops.answerable.flatMap((a) => tops.not.map((n) => (a > n ? 1 : a === n ? 0.5 : 0)));
  return {
    needs: grades.size,
    answerable: answered.length,
    ndcg10: mean(answered.map((one) => one.ndcg10)),
    p5: mean(answered.map((one) => one.p5)),
    mrr10: mean(answered.map((one) => one.mrr10)),
    recall20: mean(answered.map((one) => one.recall20)),
    noAnswerAuc: pairs.length === 0 ? null : mean(pairs),
  };
}
