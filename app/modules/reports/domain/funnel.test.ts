import { describe, expect, it } from "vitest";
import { FUNNEL, isFunnelStep, readYear, yearBounds } from "./funnel";

describe("yearBounds", () => {
  it("begins at midnight in Việt Nam, and the years leave no gap", () => {
    expect(yearBounds(2026).from.toISOString()).toBe("2025-12-31T17:00:00.000Z");
    expect(yearBounds(2026).until).toEqual(yearBounds(2027).from);
  });
});

describe("addresses", () => {
  it("name known steps and whole years only", () => {
    for (const { step } of FUNNEL) expect(isFunnelStep(step)).toBe(true);
    for (const text of ["", "toString", "deal"]) expect(isFunnelStep(text)).toBe(false);
    expect(readYear("2026")).toBe(2026);
    for (const text of [null, "", "26", "2026 OR 1", "1999", "20x6"]) expect(readYear(text)).toBeNull();
  });
});
