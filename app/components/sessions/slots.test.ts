import { describe, expect, it } from "vitest";
import { later, slotKey, withSlot } from "./slots";

const formOf = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

describe("suggested times", () => {
  it("puts the chosen suggestion into the fields and keeps what was typed for showing it again", () => {
    const slot = {
      startsAt: new Date("2026-12-02T01:30:00Z"),
      endsAt: new Date("2026-12-02T02:00:00Z"),
      tableNumber: null,
    };
    expect(slotKey(slot)).toBe("08:30|09:00|0");
    const typed = formOf({ slot: slotKey(slot), startTime: "10:00", endTime: "", date: "2026-12-02" });
    const read = withSlot(typed);
    expect(Object.fromEntries(read)).toMatchObject({
      startTime: "08:30",
      endTime: "09:00",
      tableNumber: "0",
      date: "2026-12-02",
    });
    expect(typed.get("startTime")).toBe("10:00");
  });

  it("takes the typed time when another one is wanted, or when somebody sends nonsense", () => {
    for (const slot of ["own", "", "08:30", "||"])
      expect(withSlot(formOf({ slot, startTime: "10:00" })).get("startTime")).toBe("10:00");
  });

  it("ends a meeting within its day", () => {
    expect(later("08:45", 30)).toBe("09:15");
    expect(later("23:40", 30)).toBe("23:59");
  });
});
