import { describe, expect, it } from "vitest";
import { PAUSE_MS, tellAt } from "./alert-times";

// a Monday, 09:00 in Vietnam
const now = new Date("2026-11-23T02:00:00Z");

describe("when a saved search tells", () => {
  it("at once, but not again within a quarter of an hour", () => {
    expect(tellAt("immediate", now, null)).toEqual(now);
    expect(tellAt("immediate", now, new Date(now.getTime() - 60_000))).toEqual(
      new Date(now.getTime() - 60_000 + PAUSE_MS),
    );
    expect(tellAt("immediate", now, new Date(now.getTime() - PAUSE_MS))).toEqual(now);
  });
  it("every morning at seven, Vietnamese time", () => {
    expect(tellAt("daily", now, null)).toEqual(new Date("2026-11-24T00:00:00Z"));
    expect(tellAt("daily", new Date("2026-11-22T23:59:00Z"), null)).toEqual(new Date("2026-11-23T00:00:00Z"));
    expect(tellAt("daily", new Date("2026-11-23T00:00:00Z"), null)).toEqual(new Date("2026-11-24T00:00:00Z"));
  });
  it("on Monday mornings", () => {
    expect(tellAt("weekly", now, null)).toEqual(new Date("2026-11-30T00:00:00Z"));
    expect(tellAt("weekly", new Date("2026-11-22T20:00:00Z"), null)).toEqual(new Date("2026-11-23T00:00:00Z"));
    expect(tellAt("weekly", new Date("2026-11-25T02:00:00Z"), null)).toEqual(new Date("2026-11-30T00:00:00Z"));
  });
  it("never when it is off", () => expect(tellAt("off", now, null)).toBeNull());
});
