import { describe, expect, it } from "vitest";
import { orderView } from "./order-view";

const suggestion = (score: number, owner: string | null = null, crossSector = false) => ({ score, owner, crossSector });
const scores = (shown: { score: number }[]) => shown.map(({ score }) => score);

describe("orderView", () => {
  it("keeps the order of scores where nothing else speaks", () => {
    const { shown, capped } = orderView([suggestion(90), suggestion(80), suggestion(70)], 3);
    expect(scores(shown)).toEqual([90, 80, 70]);
    expect(capped).toBe(0);
    expect(shown.some(({ marked }) => marked)).toBe(false);
  });

  it("gives one organisation its places and no more; unknown owners are each their own", () => {
    const many = [90, 85, 80, 75].map((score) => suggestion(score, "a"));
    const { shown, capped } = orderView([...many, suggestion(60, "b"), suggestion(55), suggestion(54)], 2);
    expect(scores(shown)).toEqual([90, 85, 60, 55, 54]);
    expect(capped).toBe(2);
  });

  it("marks the two best of another sector and keeps them among the first ten", () => {
    const own = Array.from({ length: 14 }, (_, at) => suggestion(90 - at));
    const { shown } = orderView(
      [...own, suggestion(50, null, true), suggestion(49, null, true), suggestion(48, null, true)],
      3,
    );
    expect(scores(shown).slice(0, 10)).toEqual([90, 89, 88, 87, 86, 85, 84, 83, 50, 49]);
    expect(scores(shown).slice(10)).toEqual([82, 81, 80, 79, 78, 77, 48]);
    expect(shown.filter(({ marked }) => marked).map(({ score }) => score)).toEqual([50, 49]);
  });

  it("leaves them where they stand when that is in sight already", () => {
    const { shown } = orderView([suggestion(90), suggestion(80, null, true), suggestion(70)], 3);
    expect(shown.map(({ score, marked }) => [score, marked])).toEqual([
      [90, false],
      [80, true],
      [70, false],
    ]);
  });
});
