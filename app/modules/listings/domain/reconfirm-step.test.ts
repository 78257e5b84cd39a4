import { describe, expect, it } from "vitest";
import { addDays } from "~/platform/reminder-steps";
import { type ReconfirmFacts, reconfirmStep } from "./reconfirm-step";

const facts: Omit<ReconfirmFacts, "today" | "remindedOn"> = { dueOn: "2027-02-01", remindDays: [0, 7], hideDays: 7 };

/** Sweeps on these days, as the clock would; each step that goes out is remembered as a reminder. */
function life(days: readonly string[]): [string, string][] {
  let remindedOn: string | null = null;
  const done: [string, string][] = [];
  for (const today of days) {
    const step = reconfirmStep({ ...facts, today, remindedOn });
    if (step === null) continue;
    done.push([today, step]);
    if (step === "hide") break;
    remindedOn = today;
  }
  return done;
}
const daily = (from: string, count: number) => Array.from({ length: count }, (_, at) => addDays(from, at));

describe("re-confirmation", () => {
  it("asks on the day, reminds a week later, hides a week after that, once each; Tết moves nothing", () => {
    expect(life(daily("2027-01-20", 60))).toEqual([
      ["2027-02-01", "ask"],
      ["2027-02-08", "remind"],
      ["2027-02-15", "hide"],
    ]);
  });

  it("catches up with one question after a pause, and hides nobody who was not warned", () => {
    expect(life(daily("2027-05-01", 30))).toEqual([
      ["2027-05-01", "ask"],
      ["2027-05-08", "hide"],
    ]);
    expect(life(["2027-02-03", ...daily("2027-03-20", 30)])).toEqual([
      ["2027-02-03", "ask"],
      ["2027-03-20", "remind"],
      ["2027-03-27", "hide"],
    ]);
  });
});
