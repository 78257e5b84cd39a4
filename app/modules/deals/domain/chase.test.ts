import { describe, expect, it } from "vitest";
import type { ChaseAnswer, Side } from "~/generated/prisma/enums";
import {
  agreement,
  bothStopped,
  CHASE_ANSWERS,
  type ChaseReply,
  contradict,
  daysAfter,
  nextStep,
  questionState,
  stepDue,
} from "./chase";

const STEPS = [7, 30, 90, 180];
const reply = (side: Side, days: number, answer: ChaseAnswer | null, resolution: ChaseAnswer | null = null) =>
  ({ side, days, answer, resolution }) satisfies ChaseReply;

describe("stepDue", () => {
  it("comes on the calendar day, weekends and holidays too", () => {
    expect(stepDue("2027-01-30", "2027-02-05", STEPS, [])).toBeNull();
    // the second day of Tết
    expect(daysAfter("2027-01-30", 7)).toBe("2027-02-06");
    expect(stepDue("2027-01-30", "2027-02-06", STEPS, [])).toBe(7);
    expect(stepDue("2028-02-22", "2028-03-23", STEPS, [7])).toBe(30);
  });

  it("is asked once, and only the newest after a pause", () => {
    expect(stepDue("2026-11-02", "2026-11-20", STEPS, [7])).toBeNull();
    expect(stepDue("2026-11-02", "2027-03-01", STEPS, [])).toBe(90);
    expect(stepDue("2026-11-02", "2027-03-01", STEPS, [7])).toBe(90);
    expect(stepDue("2026-11-02", "2027-03-01", STEPS, [90])).toBeNull();
    expect(stepDue("2026-11-02", "2028-11-01", STEPS, [7, 30, 90, 180])).toBeNull();
  });

  it("does not ask an earlier step again when the rule's days change", () => {
    expect(stepDue("2026-11-02", "2026-12-20", [14, 45], [30])).toBe(45);
    expect(stepDue("2026-11-02", "2026-11-20", [14, 45], [30])).toBeNull();
  });

  it("steps through a whole life in their order whatever day the sweep comes", () => {
    const asked: number[] = [];
    for (let day = 0; day < 400; day++) {
      const due = stepDue("2026-11-02", daysAfter("2026-11-02", day), STEPS, asked);
      if (due !== null) {
        expect(day).toBe(due);
        asked.push(due);
      }
    }
    expect(asked).toEqual(STEPS);
  });
});

describe("nextStep", () => {
  it("names the day both sides are asked next", () => {
    expect(nextStep("2026-11-02", "2026-11-02", STEPS)).toEqual({ days: 7, on: "2026-11-09" });
    expect(nextStep("2026-11-02", "2026-11-09", STEPS)).toEqual({ days: 30, on: "2026-12-02" });
    expect(nextStep("2026-11-02", "2027-05-01", STEPS)).toBeNull();
  });
});

describe("contradict", () => {
  it("is the same from either side, and never about two equal answers", () => {
    for (const a of CHASE_ANSWERS)
      for (const b of CHASE_ANSWERS) {
        expect(contradict(a, b)).toBe(contradict(b, a));
        if (a === b) expect(contradict(a, b)).toBe(false);
      }
  });
  it("concerns what both must know: that it stopped, that it was signed", () => {
    expect(contradict("talking", "agreed")).toBe(false);
    for (const other of ["talking", "agreed", "signed"] as const) expect(contradict("stopped", other)).toBe(true);
    for (const other of ["talking", "agreed", "stopped"] as const) expect(contradict("signed", other)).toBe(true);
  });
});

describe("bothStopped", () => {
  it("goes by each side's last word, and by what the broker found out", () => {
    expect(bothStopped([])).toBe(false);
    expect(bothStopped([reply("need", 7, "stopped"), reply("offering", 7, null)])).toBe(false);
    expect(bothStopped([reply("need", 7, "stopped"), reply("offering", 7, "stopped")])).toBe(true);
    // the last words may be of different steps
    expect(
      bothStopped([
        reply("need", 7, "stopped"),
        reply("offering", 7, "talking"),
        reply("need", 30, null),
        reply("offering", 30, "stopped"),
      ]),
    ).toBe(true);
    expect(
      bothStopped([
        reply("need", 7, "stopped"),
        reply("offering", 7, "stopped"),
        reply("need", 30, "talking"),
        reply("offering", 30, "stopped"),
      ]),
    ).toBe(false);
    expect(bothStopped([reply("need", 7, "stopped", "stopped"), reply("offering", 7, "signed", "stopped")])).toBe(true);
    expect(bothStopped([reply("need", 7, "stopped", "talking"), reply("offering", 7, "signed", "talking")])).toBe(
      false,
    );
  });
});

describe("agreement", () => {
  it("is what a deal should be opened for", () => {
    expect(agreement([reply("need", 7, "agreed"), reply("offering", 7, null)])).toBe("agreed");
    expect(agreement([reply("need", 7, "agreed"), reply("offering", 7, "talking")])).toBe("agreed");
    expect(agreement([reply("need", 7, "talking"), reply("offering", 7, "talking")])).toBeNull();
    expect(agreement([reply("need", 7, "signed"), reply("offering", 7, "signed")])).toBe("signed");
    expect(agreement([reply("need", 7, "signed"), reply("offering", 7, "talking")])).toBeNull();
    expect(agreement([reply("need", 7, "signed", "signed"), reply("offering", 7, "talking", "signed")])).toBe("signed");
    expect(agreement([reply("need", 7, "agreed", "stopped"), reply("offering", 7, "stopped", "stopped")])).toBeNull();
  });

  it.each([
    // need's word and its day, offering's word and its day, what it amounts to
    ["stopped", 7, "signed", 30, "signed"],
    ["stopped", 7, "agreed", 30, "agreed"],
    ["stopped", 7, "talking", 30, null],
    ["signed", 7, "stopped", 30, "signed"],
    ["agreed", 7, "stopped", 30, null],
    ["signed", 30, "stopped", 30, null],
    ["agreed", 30, "stopped", 7, "agreed"],
    ["stopped", 30, "agreed", 30, null],
    ["agreed", 7, "talking", 30, "agreed"],
  ] as const)("%s after %i days and %s after %i: %s", (need, needDays, offering, offeringDays, found) => {
    const replies = [reply("need", needDays, need), reply("offering", offeringDays, offering)];
    expect(agreement(replies)).toBe(found);
    expect(agreement([...replies].reverse())).toBe(found);
  });
});

describe("questionState", () => {
  it("closes when answered, told by a deal, or replaced", () => {
    expect(questionState({ answered: false, newer: false, dealTells: false })).toBe("open");
    expect(questionState({ answered: true, newer: true, dealTells: true })).toBe("answered");
    expect(questionState({ answered: false, newer: true, dealTells: false })).toBe("superseded");
    expect(questionState({ answered: false, newer: true, dealTells: true })).toBe("over");
  });
});
