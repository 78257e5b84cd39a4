import { describe, expect, it } from "vitest";
import { byUrgency, daysBetween, type WaitingItem } from "./waiting";

function item(id: string, since: string, dueOn: string | null): WaitingItem {
  return {
    id,
    key: "x",
    params: {},
    to: "/",
    who: "you",
    since: new Date(since),
    dueOn: dueOn ? new Date(dueOn) : null,
  };
}

describe("byUrgency", () => {
  it("puts the earliest due first, then what waited longest", () => {
    const items = [
      item("undated-new", "2026-11-20", null),
      item("later", "2026-11-01", "2026-12-01"),
      item("undated-old", "2026-10-01", null),
      item("overdue", "2026-11-10", "2026-11-12"),
    ];
    expect(items.sort(byUrgency).map((i) => i.id)).toEqual(["overdue", "later", "undated-old", "undated-new"]);
  });
});

describe("daysBetween", () => {
  it("counts calendar days in Việt Nam, not 24-hour spans", () => {
    // 23:30 and 00:30 local time on either side of midnight
    expect(daysBetween(new Date("2026-11-21T16:30:00Z"), new Date("2026-11-21T17:30:00Z"))).toBe(1);
    expect(daysBetween(new Date("2026-11-22T03:00:00Z"), new Date("2026-11-20T03:00:00Z"))).toBe(-2);
  });
});
