import { describe, expect, it } from "vitest";
import type { IntroductionState } from "~/generated/prisma/enums";
import {
  AUDIT_ACTIONS,
  afterAction,
  type IntroductionAction,
  PROPOSED,
  replay,
  TRANSITIONS,
} from "./introduction-states";
import { reveals } from "./reveals";
import { tellStory } from "./story";
import { sweepStep } from "./sweep-step";

const ACTIONS: IntroductionAction[] = [
  { kind: "accept", side: "need" },
  { kind: "accept", side: "offering" },
  { kind: "decline", side: "need" },
  { kind: "decline", side: "offering" },
  { kind: "expire" },
  { kind: "withdraw" },
];

describe("introduction states", () => {
  it("opens contacts only after both sides said yes, over every life of four steps", () => {
    const seen = new Set<IntroductionState>();
    const walk = (now: typeof PROPOSED, log: { action: string; after: unknown }[], depth: number): void => {
      seen.add(now.state);
      if (now.state === "accepted") expect(now.sides).toEqual({ need: "accepted", offering: "accepted" });
      if (now.state === "declined") expect(Object.values(now.sides)).toContain("declined");
      expect(replay(log)).toEqual(now);
      if (depth === 0) return;
      for (const action of ACTIONS) {
        const next = afterAction(now, action);
        if (!next) continue;
        expect(now.state).toBe("proposed");
        const entry =
          action.kind === "expire"
            ? { action: AUDIT_ACTIONS.expired, after: null }
            : action.kind === "withdraw"
              ? { action: AUDIT_ACTIONS.withdrawn, after: null }
              : {
                  action: AUDIT_ACTIONS.answered,
                  after: { side: action.side, answer: action.kind === "accept" ? "accepted" : "declined" },
                };
        walk(next, [...log, entry], depth - 1);
      }
    };
    walk(PROPOSED, [{ action: AUDIT_ACTIONS.proposed, after: null }], 4);
    expect([...seen].sort()).toEqual(Object.keys(TRANSITIONS).sort());
  });
  it("refuses to play back a log that could not have happened", () => {
    const proposed = { action: AUDIT_ACTIONS.proposed, after: null };
    const yes = { action: AUDIT_ACTIONS.answered, after: { side: "need", answer: "accepted" } };
    expect(() => replay([proposed, yes, yes])).toThrow("not possible");
    expect(() => replay([yes])).toThrow("not possible");
    expect(() => replay([proposed, proposed])).toThrow("proposed twice");
    expect(replay([])).toBeNull();
  });
});

describe("sweepStep", () => {
  const facts = {
    replyBy: "2026-12-04",
    remindBefore: 2,
    escalated: false,
    sides: [
      { state: "asked" as const, reminded: false },
      { state: "accepted" as const, reminded: false },
    ],
  };
  const on = (today: string, over: Partial<typeof facts> = {}) => sweepStep({ ...facts, today, ...over }, new Map());
  it("reminds two working days before, tells the broker on the day, expires after it", () => {
    expect(["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"].map((day) => on(day))).toEqual([
      null,
      "remind",
      "remind",
      "escalate",
      "expire",
    ]);
  });
  it("does each once, and after a pause only what applies today", () => {
    expect(on("2026-12-02", { sides: [{ state: "asked", reminded: true }] })).toBeNull();
    expect(on("2026-12-02", { sides: [{ state: "accepted", reminded: false }] })).toBeNull();
    expect(on("2026-12-04", { escalated: true })).toBeNull();
    expect(on("2027-01-15")).toBe("expire");
  });
  it("counts working days over holidays", () => {
    const tet = new Map(
      ["2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"].map((day) => [day, false] as const),
    );
    const ask = (today: string) => sweepStep({ ...facts, replyBy: "2027-02-12", today }, tet);
    expect([ask("2027-02-02"), ask("2027-02-03")]).toEqual([null, "remind"]);
  });
});

describe("reveals", () => {
  const secrets = {
    names: ["Công ty CP Than Hòn Gai", "XYZ"],
    phones: ["0203 555 6666"],
    emails: ["dau-moi@example.invalid"],
  };
  it("finds hidden names without diacritics, numbers however grouped, and addresses", () => {
    for (const text of [
      "gặp cong ty cp than hon gai nhé",
      "bên XYZ, rất tốt",
      "gọi 0203.5556.666",
      "viết cho Dau-Moi@example.invalid",
    ])
      expect(reveals(text, secrets), text).toBe(true);
  });
  it("lets plain words pass", () => {
    for (const text of ["một công ty than", "xyzt", "công suất 240 m³/ngày", ""])
      expect(reveals(text, secrets), text).toBe(false);
    expect(reveals("bất kỳ", { names: [null, ""], phones: [null, "12"], emails: [null, ""] })).toBe(false);
  });
});

describe("tellStory", () => {
  it("puts the newest first, notes among the steps, and leaves the log's own entries of notes out", () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 2, minute));
    const entry = (seq: number, action: string, after: unknown = {}) => ({
      id: `e${seq}`,
      at: at(seq),
      seq: BigInt(seq),
      action,
      actorId: "p",
      onBehalfOfId: null,
      before: null,
      after,
    });
    const items = tellStory(
      [
        entry(1, "case.opened", { origin: "phone" }),
        entry(2, "case.noted"),
        entry(3, "case.handed-over"),
        entry(4, "introduction.proposed"),
      ],
      [
        { id: "n1", at: at(2), kind: "call", body: "gọi", byId: "p", toBrokerId: null },
        { id: "n2", at: at(3), kind: "hand_over", body: "giao", byId: "p", toBrokerId: "q" },
      ],
      (id) => id.toUpperCase(),
    );
    expect(items.map((item) => item.key)).toEqual(["proposed", "note.hand_over", "note.call", "opened"]);
    expect(items[1]).toMatchObject({ by: "P", params: { to: "Q" }, body: "giao" });
  });
});
