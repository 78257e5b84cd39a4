import { describe, expect, it } from "vitest";
import { addWorkingDays, isWorkingDay, workingDaysBetween } from "./working-days";

const none = new Map<string, boolean>();
// National Day 2027 (2 September, a Thursday) with the day before; Saturday 11 September worked instead
const september = new Map([
  ["2027-09-02", false],
  ["2027-09-03", false],
  ["2027-09-11", true],
]);

describe("addWorkingDays", () => {
  it("does not count the first day and skips weekends", () => {
    expect(addWorkingDays("2026-11-20", 1, none)).toBe("2026-11-23");
    expect(addWorkingDays("2026-11-18", 3, none)).toBe("2026-11-23");
  });
  it("skips public holidays and counts make-up Saturdays", () => {
    expect(addWorkingDays("2027-09-01", 1, september)).toBe("2027-09-06");
    expect(addWorkingDays("2027-09-10", 1, september)).toBe("2027-09-11");
  });
  it("n = 0 moves a day off to the next working day only", () => {
    expect(addWorkingDays("2026-11-21", 0, none)).toBe("2026-11-23");
    expect(addWorkingDays("2026-11-23", 0, none)).toBe("2026-11-23");
  });
  it("lands on a working day, and workingDaysBetween counts back the same number", () => {
    for (let n = 1; n < 60; n++) {
      const end = addWorkingDays("2027-08-14", n, september);
      expect(isWorkingDay(end, september)).toBe(true);
      expect(workingDaysBetween("2027-08-14", end, september)).toBe(n);
    }
  });
  it("refuses what is no number of days", () => {
    expect(() => addWorkingDays("2026-11-20", -1, none)).toThrow(RangeError);
    expect(() => addWorkingDays("2026-11-20", 1.5, none)).toThrow(RangeError);
  });
});
