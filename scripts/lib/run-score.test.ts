import path from "node:path";
import { describe, expect, it } from "vitest";
import { foldsOf, readJudgedSet } from "./judged-set";
import { auc, bootstrap, mean, ndcg10, scoreRun } from "./run-score";

const judgements = [
  { needId: "N1", offeringId: "O1", grade: 3 },
  { needId: "N1", offeringId: "O2", grade: 1 },
  { needId: "N1", offeringId: "O3", grade: 0 },
  { needId: "N2", offeringId: "O1", grade: 1 },
];

describe("figures of a run", () => {
  it("nDCG@10 is one for the ideal order and falls with it", () => {
    const grades = new Map([
      ["a", 3],
      ["b", 2],
      ["c", 0],
    ]);
    expect(ndcg10(["a", "b", "c"], grades)).toBe(1);
    expect(ndcg10(["b", "a"], grades)).toBeLessThan(1);
    expect(ndcg10(["c", "x"], grades)).toBe(0);
    // gain 2^2 − 1 at place one and 2^3 − 1 at place two, over the ideal
    expect(ndcg10(["b", "a"], grades)).toBeCloseTo((3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3)), 9);
  });

  it("takes grade 1 and above away for the removed-answer score, and keeps needs without an answer apart", () => {
    const run = {
      N1: [
        { id: "O1", score: 90 },
        { id: "O2", score: 50 },
        { id: "O3", score: 20 },
      ],
      N2: [{ id: "O1", score: 35 }],
    };
    const { answerable, unanswerable } = scoreRun(run, judgements);
    expect(answerable).toMatchObject([{ id: "N1", top: 90, topWithout: 20, mrr10: 1, recall20: 1, p5: 0.2 }]);
    expect(unanswerable).toEqual([35]);
    expect(scoreRun({}, judgements).answerable).toMatchObject([{ ndcg10: 0, top: 0, topWithout: 0 }]);
  });

  it("compares kinds, ties half", () => {
    expect(auc([3, 2], [1, 2])).toBe((1 + 1 + 1 + 0.5) / 4);
    expect(auc([], [1])).toBeNull();
  });

  it("draws whole groups, the same for a seed", () => {
    const items = Array.from({ length: 30 }, (_, at) => ({ value: at, group: String(at % 10) }));
    const measure = (sample: typeof items) => mean(sample.map(({ value }) => value));
    const interval = bootstrap(items, ({ group }) => group, measure);
    expect(interval).toEqual(bootstrap(items, ({ group }) => group, measure));
    expect(interval.value).toBe(14.5);
    expect(interval.low).toBeLessThan(14.5);
    expect(interval.high).toBeGreaterThan(14.5);
  });
});

describe("folds", () => {
  const data = path.join("prisma", "seed", "data", "listings");
  const set = readJudgedSet({
    offerings: path.join(data, "offerings.json"),
    needs: path.join(data, "needs.json"),
    qrels: path.join(data, "qrels.json"),
  });

  it("hold every need once and never part a group", () => {
    const folds = foldsOf(set, 5, 1);
    expect(folds.flat().sort()).toEqual([...set.needOf.keys()].sort());
    expect(folds).toEqual(foldsOf(set, 5, 1));
    const foldOf = new Map(folds.flatMap((fold, at) => fold.map((id) => [id, at])));
    for (const need of set.needOf.values()) {
      for (const twin of [need.variantOf, need.nearDuplicateOf])
        if (twin && foldOf.has(twin)) expect(foldOf.get(need.id)).toBe(foldOf.get(twin));
      for (const other of set.needOf.values())
        if (need.sectorGuess && other.sectorGuess === need.sectorGuess)
          expect(foldOf.get(need.id)).toBe(foldOf.get(other.id));
    }
  });
});
