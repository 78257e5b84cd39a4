import { describe, expect, it } from "vitest";
import { limitOwners, orderView } from "./order-view";

const suggestion = (score: number, crossSector = false) => ({ score, crossSector });
const scores = (shown: { score: number }[]) => shown.map(({ score }) => score);

describe("orderView", () => {
  it("keeps the order of scores where nothing else speaks", () => {
    const shown = orderView([suggestion(90), suggestion(80), suggestion(70)]);
    expect(scores(shown)).toEqual([90, 80, 70]);
    expect(shown.some(({ marked }) => marked)).toBe(false);
  });

  it("marks the two best of another sector and keeps them among the first ten", () => {
    const own = Array.from({ length: 14 }, (_, at) => suggestion(90 - at));
    const shown = orderView([...own, suggestion(50, true), suggestion(49, true), suggestion(48, true)]);
    expect(scores(shown).slice(0, 10)).toEqual([90, 89, 88, 87, 86, 85, 84, 83, 50, 49]);
    expect(scores(shown).slice(10)).toEqual([82, 81, 80, 79, 78, 77, 48]);
    expect(shown.filter(({ marked }) => marked).map(({ score }) => score)).toEqual([50, 49]);
  });

  it("leaves them where they stand when that is in sight already", () => {
    const shown = orderView([suggestion(90), suggestion(80, true), suggestion(70)]);
    expect(shown.map(({ score, marked }) => [score, marked])).toEqual([
      [90, false],
      [80, true],
      [70, false],
    ]);
  });
});

describe("limitOwners", () => {
  it("gives one organisation its places and no more; unknown owners are each their own", () => {
    const list = [...[90, 85, 80, 75].map((score) => ({ score, owner: "a" })), { score: 60, owner: "b" }];
    const unknown = [55, 54, 53].map((score) => ({ score, owner: null }));
    expect(scores(limitOwners([...list, ...unknown], ({ owner }) => owner, 2))).toEqual([90, 85, 60, 55, 54, 53]);
  });
});
