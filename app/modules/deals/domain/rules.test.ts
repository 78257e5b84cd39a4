import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addDays, reminderStep } from "~/platform/reminder-steps";
import type { WorkingCalendar } from "~/platform/working-days";
import { isWorkingDay } from "~/platform/working-days";
import { parseAmount, writeAmount } from "./amount";
import { CURRENCIES } from "./choices";
import { daysBetween, registrationDeadline } from "./deadlines";
import { type DutyFacts, decideDuty, dutyTable, filingSide, missingFacts } from "./registration-duty";
import { tellTimeline } from "./timeline";

const seed = <T>(name: string, shape: z.ZodType<T>): T =>
  shape.parse(JSON.parse(readFileSync(`prisma/seed/data/${name}.json`, "utf8")));
const table = dutyTable.parse(
  seed("rules", z.array(z.object({ key: z.string(), value: z.unknown() }))).find(
    (rule) => rule.key === "registration.duty",
  )?.value,
);
const calendar: WorkingCalendar = new Map(
  seed("calendar", z.array(z.object({ day: z.string(), working: z.boolean() }))).map(({ day, working }) => [
    day,
    working,
  ]),
);

describe("the duty to register", () => {
  const facts = (over: Partial<DutyFacts> = {}): DutyFacts => ({
    transferorCountry: "VN",
    transfereeCountry: "VN",
    stateMoney: false,
    taskCertificate: false,
    restrictedList: false,
    ...over,
  });
  it.each([
    [{}, "voluntary", "domestic"],
    [{ transferorCountry: "JP" }, "mandatory", "inbound"],
    [{ transfereeCountry: "LA" }, "mandatory", "outbound"],
    [{ stateMoney: true }, "mandatory", "stateMoney"],
    [{ stateMoney: true, taskCertificate: true }, "voluntary", "taskCertificate"],
    [{ taskCertificate: true }, "voluntary", "domestic"],
    [{ restrictedList: true, transferorCountry: "JP" }, "licence", "restricted"],
    [{ transferorCountry: "JP", stateMoney: true, taskCertificate: true }, "mandatory", "inbound"],
  ] as [Partial<DutyFacts>, string, string][])("%j is %s (%s)", (over, duty, reason) => {
    expect(decideDuty(table, facts(over))).toEqual({ duty, reason });
  });

  it("is open while a fact is unknown, and told by one reason for any known facts", () => {
    expect(missingFacts(facts({ stateMoney: null, transferorCountry: null }))).toEqual(["countries", "stateMoney"]);
    const country = fc.constantFrom("VN", "JP", "LA", null);
    const flag = fc.option(fc.boolean());
    const any = fc.record({
      transferorCountry: country,
      transfereeCountry: country,
      stateMoney: flag,
      taskCertificate: flag,
      restrictedList: flag,
    });
    fc.assert(
      fc.property(any, (given) => {
        const decided = decideDuty(table, given);
        expect(decided === null).toBe(missingFacts(given).length > 0);
        if (!decided) return;
        // the law in words of its own
        const abroad = (given.transferorCountry === "VN") !== (given.transfereeCountry === "VN");
        const must = abroad || (given.stateMoney === true && given.taskCertificate !== true);
        expect(decided.duty).toBe(given.restrictedList ? "licence" : must ? "mandatory" : "voluntary");
      }),
      { numRuns: 1_000 },
    );
    expect(() => decideDuty([{ reason: "x", when: { stateMoney: true }, duty: "mandatory" }], facts())).toThrow(
      "No line",
    );
  });

  it("is filed by the transferee, or by the transferor when the technology leaves the country", () => {
    expect(filingSide("mandatory", facts({ transferorCountry: "JP" }))).toBe("transferee");
    expect(filingSide("mandatory", facts({ transfereeCountry: "LA" }))).toBe("transferor");
    expect(filingSide("voluntary", facts())).toBe("transferee");
    expect(filingSide("licence", facts())).toBeNull();
  });
});

describe("the ninety days", () => {
  it("move out of Tết, say both dates", () => {
    // mùng 1 is 6 February 2027; the fifth to the eleventh are days off with their weekend
    expect(registrationDeadline("2026-11-10", 90, calendar)).toEqual({ lastDay: "2027-02-08", dueOn: "2027-02-12" });
    expect(registrationDeadline("2026-11-06", 90, calendar)).toEqual({ lastDay: "2027-02-04", dueOn: "2027-02-04" });
    // 27 February 2027 is a Saturday
    expect(registrationDeadline("2026-11-29", 90, calendar)).toEqual({ lastDay: "2027-02-27", dueOn: "2027-03-01" });
  });
  it("end on a working day at or right after the ninetieth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 360 }), (offset) => {
        const signedOn = addDays("2026-01-01", offset);
        const { lastDay, dueOn } = registrationDeadline(signedOn, 90, calendar);
        expect(daysBetween(signedOn, lastDay)).toBe(90);
        expect(isWorkingDay(dueOn, calendar)).toBe(true);
        for (let day = lastDay; day < dueOn; day = addDays(day, 1)) expect(isWorkingDay(day, calendar)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("reminders", () => {
  const STEPS = [-30, -14, -3, 0, 3];
  it("come once a step, and one only after a pause", () => {
    const due = "2027-02-12";
    let reminded: string | null = null;
    const sent: string[] = [];
    for (let day = "2027-01-01"; day <= "2027-03-01"; day = addDays(day, 1)) {
      const step = reminderStep(due, STEPS, day, reminded);
      if (step === null) continue;
      sent.push(`${day} ${step}`);
      reminded = day;
    }
    expect(sent).toEqual(["2027-01-13 -30", "2027-01-29 -14", "2027-02-09 -3", "2027-02-12 0", "2027-02-15 3"]);
    expect(reminderStep(due, STEPS, "2027-02-10", null)).toBe(-3);
    expect(reminderStep(due, STEPS, "2027-02-10", "2027-02-10")).toBeNull();
    expect(reminderStep(due, STEPS, "2027-01-12", null)).toBeNull();
  });
  it("never more than the steps, whenever the sweep runs", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 80 }), (days) => {
        let reminded: string | null = null;
        const steps: number[] = [];
        for (const offset of days.sort((a, b) => a - b)) {
          const today = addDays("2027-02-12", offset);
          const step = reminderStep("2027-02-12", STEPS, today, reminded);
          if (step === null) continue;
          expect(step).toBeLessThanOrEqual(offset);
          steps.push(step);
          reminded = today;
        }
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("amounts", () => {
  it.each([
    ["1,25 tỷ", "VND", 1_250_000_000n],
    ["800 triệu", "VND", 800_000_000n],
    ["120.000,50", "USD", 12_000_050n],
    ["120,000.5 USD", "USD", 12_000_050n],
    ["$75,000", "USD", 7_500_000n],
    ["1.2m", "EUR", 120_000_000n],
    ["350.000", "JPY", 350_000n],
  ])("%s %s", (typed, currency, minor) => {
    expect(parseAmount(typed, currency)).toEqual({ ok: true, minor });
  });
  it.each([
    ["500", "VND"],
    ["0", "USD"],
    ["1,2,3", "USD"],
    ["mười", "EUR"],
    ["1.234,567", "USD"],
    ["-5", "USD"],
    ["12.5", "JPY"],
  ])("not %s %s", (typed, currency) => {
    expect(parseAmount(typed, currency).ok).toBe(false);
  });
  it("are written so that they are read back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 100_000n, max: 10n ** 14n }), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(parseAmount(writeAmount(minor, currency), currency)).toEqual({ ok: true, minor });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("the story", () => {
  const row = (number: number, command: string, facts: unknown) => ({
    ...{ id: String(number), number, command, facts, stage: "negotiation" as const, status: "active" as const },
    ...{ at: new Date(), byId: "p", byRole: "broker" },
  });
  const rows = [
    row(0, "open", { origin: "phone", caseId: "x", transferorId: "y" }),
    row(1, "plan", { nextActionOn: "2027-01-01" }),
    row(2, "pause", { reasonCode: "price", note: "giá cao" }),
    row(3, "return_registration", { reasonCode: "file_incomplete", note: "thiếu bản dịch" }),
  ];
  it("tells parties neither plans nor the words beside a reason, and nobody ids", () => {
    const staff = tellTimeline(rows, "staff", () => "An");
    expect(staff.map((item) => item.command)).toEqual(["return_registration", "pause", "plan", "open"]);
    expect(staff[1]).toMatchObject({ note: "giá cao", params: { reasonCode: "price" }, by: "An" });
    expect(staff[3]?.params).toEqual({ origin: "phone" });
    const party = tellTimeline(rows, "party", () => "An");
    expect(party.map((item) => [item.command, item.note])).toEqual([
      ["return_registration", "thiếu bản dịch"],
      ["pause", null],
      ["open", null],
    ]);
  });
});
