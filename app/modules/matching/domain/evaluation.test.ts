import { expect, it } from "vitest";
import { lastEvaluation } from "../queries/last-evaluation.server";
import { EVAL_CASES } from "./evaluation";

it("the published evaluation is whole: every case once, figures within their intervals, bands without a gap", () => {
  const { heldOut, product, withoutDictionary, meilisearch, sizes, targets } = lastEvaluation();
  for (const run of [heldOut, product, withoutDictionary.heldOut, ...(meilisearch ? [meilisearch.product] : [])]) {
    expect(run.cases.map((one) => one.case).sort()).toEqual([...EVAL_CASES].sort());
    for (const { ndcg10, first, firstFive } of run.cases)
      for (const { value, low, high } of [ndcg10, first, firstFive]) {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }
    expect(run.cases[0]).toMatchObject({ case: "all", needs: sizes.answerable });
    run.byScore.forEach(({ from }, at) => {
      expect(from).toBe(run.byScore[at - 1]?.to ?? 0);
    });
    expect(run.byScore.at(-1)?.to).toBe(100);
  }
  // each target stands on a case that was measured
  for (const name of Object.keys(targets)) expect(heldOut.cases.some((one) => one.case === name)).toBe(true);
});
