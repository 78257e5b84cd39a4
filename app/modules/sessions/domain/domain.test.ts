import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConnectionSessionState, MeetingState, MinutesState } from "~/generated/prisma/enums";
import { atLocal, localMoment, localTime } from "./local-time";
import {
  afterMeeting,
  MEETING_AUDIT,
  type MeetingAction,
  type MeetingSnapshot,
  PLANNED,
  replayMeeting,
} from "./meeting-states";
import { afterMinutes, MINUTES_AUDIT, type MinutesAction, type MinutesSnapshot, replayMinutes } from "./minutes-states";
import { CANCEL_REASONS, MEETING_DECLINE_REASONS } from "./reasons";
import { type ReminderFacts, reminderDay, reminderDue } from "./reminder-step";
import {
  blockersOf,
  type GuardFacts,
  nextStepOf,
  replaySession,
  SESSION_AUDIT,
  SESSION_TRANSITIONS,
  type SessionAction,
  stateRefusal,
} from "./session-states";
import { STORY_KEYS, tellSessionStory } from "./session-story";
import { firstFree, freeSlots, type Interval, overlaps } from "./slots";

const LOCALES = ["vi", "en"] as const;
const words = (locale: string): unknown => JSON.parse(readFileSync(`app/locales/${locale}/sessions.json`, "utf8"));
const has = (locale: string, path: string): boolean => {
  let at: unknown = words(locale);
  for (const part of path.split(".")) at = typeof at === "object" && at ? Reflect.get(at, part) : undefined;
  return typeof at === "string" && at !== "";
};

describe("local time", () => {
  it("is Việt Nam's, there and back", () => {
    expect(atLocal("2026-11-30", "00:30").toISOString()).toBe("2026-11-29T17:30:00.000Z");
    expect(localTime(atLocal("2026-11-30", "00:30"))).toBe("00:30");
    expect(localMoment(atLocal("2026-11-30", "08:05"))).toBe("08:05 30/11/2026");
  });
});

const STATES = Object.keys(SESSION_TRANSITIONS) as ConnectionSessionState[];
const ACTIONS: SessionAction[] = ["invite", "confirm", "hold", "close", "cancel"];

describe("session states", () => {
  it("a refusal exactly where the table has no way, in words of both languages", () => {
    for (const state of STATES) {
      for (const action of ACTIONS) {
        const refused = stateRefusal(state, action);
        expect(refused === null, `${action} in ${state}`).toBe(SESSION_TRANSITIONS[state][action] !== undefined);
        if (refused)
          for (const locale of LOCALES) expect(has(locale, refused.code.replace("sessions:", ""))).toBe(true);
      }
      const next = nextStepOf(state);
      if (next) expect(SESSION_TRANSITIONS[state][next]).toBeDefined();
      else expect(SESSION_TRANSITIONS[state]).toEqual({});
    }
  });

  const side = fc.record({
    name: fc.constantFrom("A", "B"),
    response: fc.constantFrom("none" as const, "confirmed" as const, "declined" as const),
  });
  const facts: fc.Arbitrary<GuardFacts> = fc.record({
    state: fc.constantFrom(...STATES),
    hasPlace: fc.boolean(),
    startsAtText: fc.constant("08:00 30/11/2026"),
    begun: fc.boolean(),
    meetings: fc.array(
      fc.record({
        state: fc.constantFrom<MeetingState>("planned", "held", "no_show", "cancelled"),
        sides: fc.constant("A – B"),
        at: fc.constant("08:00 30/11/2026"),
        participants: fc.tuple(side, side),
        minutesSent: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
  });
  it("no step without its guard, whatever the facts", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...ACTIONS), (given, action) => {
        if (blockersOf(action, given).length > 0) return;
        const is = (state: MeetingState) => given.meetings.filter((meeting) => meeting.state === state);
        expect(SESSION_TRANSITIONS[given.state][action]).toBeDefined();
        if (action === "invite") expect(given.hasPlace && is("planned").length > 0).toBe(true);
        if (action === "confirm") {
          expect(is("planned").length).toBeGreaterThan(0);
          expect(is("planned").flatMap((one) => one.participants.map((by) => by.response))).not.toContain("declined");
        }
        if (action === "hold") {
          expect(given.begun && is("planned").length === 0).toBe(true);
          expect(is("held").length + is("no_show").length).toBeGreaterThan(0);
        }
        if (action === "close") expect(is("held").every((one) => one.minutesSent)).toBe(true);
        if (action === "cancel") expect(is("held").length + is("no_show").length).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it("plays back what happened and refuses what could not", () => {
    const log = (...actions: (SessionAction | "created" | "edited")[]) =>
      actions.map((action) => ({ action: SESSION_AUDIT[action], after: null }));
    expect(replaySession(log("created", "edited", "invite", "confirm", "hold", "close"))).toBe("closed");
    expect(replaySession([])).toBeNull();
    expect(() => replaySession(log("created", "confirm"))).toThrow("not possible");
    expect(() => replaySession(log("created", "created"))).toThrow("created twice");
    expect(() => replaySession([{ action: "session.created", after: { state: "inviting" } }])).toThrow("draft");
  });
});

describe("meeting states", () => {
  const action: fc.Arbitrary<MeetingAction> = fc.oneof(
    fc.record({ kind: fc.constant("move" as const), asksAgain: fc.boolean() }),
    fc.record({ kind: fc.constant("cancel" as const) }),
    fc.record({
      kind: fc.constantFrom("attend" as const, "correct" as const),
      came: fc.record({ need: fc.boolean(), offering: fc.boolean() }),
    }),
    fc.record({
      kind: fc.constant("answer" as const),
      side: fc.constantFrom("need" as const, "offering" as const),
      response: fc.constantFrom("confirmed" as const, "declined" as const),
    }),
  );
  const entryOf = (did: MeetingAction, after: MeetingSnapshot) => {
    const { state, sequence } = after;
    switch (did.kind) {
      case "move":
        return { action: MEETING_AUDIT.moved, after: { state, sequence, asksAgain: did.asksAgain } };
      case "cancel":
        return { action: MEETING_AUDIT.cancelled, after: { state, sequence } };
      case "attend":
        return {
          action: state === "held" ? MEETING_AUDIT.held : MEETING_AUDIT.no_show,
          after: { state, came: did.came },
        };
      case "correct":
        return { action: MEETING_AUDIT.corrected, after: { state, came: did.came } };
      case "answer":
        return { action: MEETING_AUDIT.answered, after: { state, side: did.side, response: did.response } };
    }
  };
  it("only a planned meeting changes, but for a mistake about who came; SEQUENCE never falls; every life plays back", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 8 }), (actions) => {
        let now = PLANNED;
        const log: { action: string; after: unknown }[] = [
          { action: MEETING_AUDIT.planned, after: { state: "planned", sequence: 0 } },
        ];
        for (const did of actions) {
          const next = afterMeeting(now, did);
          const both = "came" in did && did.came.need && did.came.offering;
          // held or missed is put right, never called off or planned again; held is not made held once more
          const recorded = now.state === "no_show" || (now.state === "held" && !both);
          expect(next === null).toBe(did.kind === "correct" ? !recorded : now.state !== "planned");
          if (!next) continue;
          const calendar = did.kind === "move" || did.kind === "cancel";
          expect(next.sequence).toBe(now.sequence + (calendar ? 1 : 0));
          if (did.kind === "move" && did.asksAgain) expect(next.responses).toEqual(PLANNED.responses);
          if ("came" in did) expect(next.state).toBe(both ? "held" : "no_show");
          log.push(entryOf(did, next), { action: "minutes.saved", after: { state: "draft" } });
          // figures are counted from "held": a correction to it writes one of its own
          if (did.kind === "correct" && both)
            log.push({ action: MEETING_AUDIT.held, after: { state: "held", came: did.came, corrected: true } });
          now = next;
        }
        expect(replayMeeting(log)).toEqual(now);
      }),
      { numRuns: 500 },
    );
  });
  it("refuses a log that could not have happened", () => {
    const planned = { action: MEETING_AUDIT.planned, after: { state: "planned", sequence: 0 } };
    const cancelled = { action: MEETING_AUDIT.cancelled, after: { state: "cancelled", sequence: 1 } };
    expect(() => replayMeeting([planned, cancelled, cancelled])).toThrow("not possible");
    expect(() => replayMeeting([cancelled])).toThrow("not possible");
    const came = { need: true, offering: false };
    const missed = { action: MEETING_AUDIT.no_show, after: { state: "no_show", came } };
    const corrected = { action: MEETING_AUDIT.corrected, after: { state: "no_show", came } };
    const heldAfter = { action: MEETING_AUDIT.held, after: { state: "held", corrected: true } };
    expect(() => replayMeeting([planned, corrected])).toThrow("not possible");
    expect(() => replayMeeting([planned, missed, missed])).toThrow("not possible");
    expect(() => replayMeeting([planned, heldAfter])).toThrow("held/undefined");
    expect(() => replayMeeting([planned, missed, heldAfter])).toThrow("held/undefined");
    expect(replayMeeting([planned, missed, corrected])?.state).toBe("no_show");
    expect(() => replayMeeting([planned, planned])).toThrow("planned twice");
    expect(() => replayMeeting([planned, { ...cancelled, after: { state: "cancelled", sequence: 7 } }])).toThrow("7");
    expect(() => replayMeeting([planned, { action: MEETING_AUDIT.answered, after: {} }])).toThrow("without side");
    expect(replayMeeting([])).toBeNull();
  });
});

describe("minutes states", () => {
  const action: fc.Arbitrary<MinutesAction> = fc.oneof(
    fc.constant<MinutesAction>({ kind: "save" }),
    fc.constant<MinutesAction>({ kind: "send" }),
    fc.record({
      kind: fc.constant("answer" as const),
      side: fc.constantFrom("need" as const, "offering" as const),
      confirmed: fc.boolean(),
    }),
  );
  it("are confirmed only by both sides on the sent revision; every life plays back", () => {
    const seen = new Set<MinutesState>();
    fc.assert(
      fc.property(fc.array(action, { maxLength: 10 }), (actions) => {
        let now: MinutesSnapshot | null = null;
        const log: { action: string; after: unknown }[] = [];
        for (const did of actions) {
          const before: MinutesSnapshot | null = now;
          const next = afterMinutes(before, did);
          if (before?.state === "confirmed") expect(next).toBeNull();
          if (!next) continue;
          seen.add(next.state);
          if (did.kind === "answer") expect(before?.state).toBe("sent");
          if (next.state === "confirmed") expect(next.answers).toEqual({ need: "confirmed", offering: "confirmed" });
          if (next.state === "disputed") expect(Object.values(next.answers)).toContain("disputed");
          if (did.kind !== "answer") expect(next.revision).toBe((before?.revision ?? 0) + 1);
          const { state, revision } = next;
          log.push(
            did.kind === "answer"
              ? {
                  action: MINUTES_AUDIT.answered,
                  after: { state, revision, side: did.side, answer: did.confirmed ? "confirmed" : "disputed" },
                }
              : { action: did.kind === "save" ? MINUTES_AUDIT.saved : MINUTES_AUDIT.sent, after: { state, revision } },
          );
          now = next;
        }
        expect(replayMinutes(log)).toEqual(now);
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(["confirmed", "disputed", "draft", "sent"]);
  });
  it("refuses a log that could not have happened", () => {
    const sent = { action: MINUTES_AUDIT.sent, after: { state: "sent", revision: 1 } };
    const yes = {
      action: MINUTES_AUDIT.answered,
      after: { state: "sent", revision: 1, side: "need", answer: "confirmed" },
    };
    expect(() => replayMinutes([sent, yes, yes])).toThrow("not possible");
    expect(() => replayMinutes([yes])).toThrow("not possible");
    expect(() => replayMinutes([{ ...sent, after: { state: "draft", revision: 1 } }])).toThrow("draft/1");
  });
});

describe("free slots", () => {
  const base = new Date("2026-11-30T01:00:00.000Z").getTime();
  const minute = (at: number) => new Date(base + at * 60_000);
  const interval = fc
    .tuple(fc.integer({ min: -30, max: 240 }), fc.integer({ min: 1, max: 90 }))
    .map(([from, length]): Interval => ({ startsAt: minute(from), endsAt: minute(from + length) }));
  it("is the very first that is free: nothing earlier fits", () => {
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 6 }),
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: -60, max: 200 }),
        (blocked, slotMinutes, late) => {
          const session = { startsAt: minute(0), endsAt: minute(210), slotMinutes };
          const free = firstFree(session, blocked, minute(late));
          const from = Math.max(0, Math.ceil(late / 5) * 5);
          let first: number | null = null;
          for (let at = from; first === null && at + slotMinutes <= 210; at++) {
            const slot = { startsAt: minute(at), endsAt: minute(at + slotMinutes) };
            if (!blocked.some((one) => overlaps(one, slot))) first = at;
          }
          expect(free?.startsAt ?? null).toEqual(first === null ? null : minute(first));
        },
      ),
      { numRuns: 500 },
    );
  });
  it("per table and online, the earliest first, minding where both organisations sit", () => {
    const slots = freeSlots({
      startsAt: minute(0),
      endsAt: minute(210),
      slotMinutes: 30,
      tables: 2,
      online: true,
      taken: [
        { tableNumber: 1, startsAt: minute(0), endsAt: minute(60) },
        { tableNumber: null, startsAt: minute(0), endsAt: minute(60) },
      ],
      busy: [{ startsAt: minute(10), endsAt: minute(40) }],
      now: minute(-600),
    });
    expect(slots.map((slot) => [slot.tableNumber, slot.startsAt.getTime() - base])).toEqual([
      [2, 40 * 60_000],
      [null, 40 * 60_000],
      [1, 60 * 60_000],
    ]);
  });
});

describe("reminders", () => {
  const holidays = new Map(["2027-02-05", "2027-02-08", "2027-02-09"].map((day) => [day, false] as const));
  it("move back over days off", () => {
    expect(reminderDay("2026-12-07", 1, new Map())).toBe("2026-12-04");
    expect(reminderDay("2027-02-10", 1, holidays)).toBe("2027-02-04");
  });
  it("are due once per step, the newest only, and not with the invitation", () => {
    const facts = { meetingDay: "2026-12-09", daysBefore: [7, 1], toldOn: "2026-11-20", remindedOn: null };
    const due = (today: string, over: Partial<ReminderFacts> = {}) =>
      reminderDue({ ...facts, ...over, today }, new Map());
    expect(["2026-12-01", "2026-12-02", "2026-12-08", "2026-12-09"].map((day) => due(day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(due("2026-12-03", { remindedOn: "2026-12-02" })).toBe(false);
    expect(due("2026-12-08", { remindedOn: "2026-12-02" })).toBe(true);
    expect(due("2026-12-03", { toldOn: "2026-12-02" })).toBe(false);
    expect(due("2026-12-03", { daysBefore: [] })).toBe(false);
  });
});

describe("words", () => {
  it("both languages have every reason and every entry of the story", () => {
    for (const locale of LOCALES)
      for (const path of [
        ...CANCEL_REASONS.map((reason) => `cancelReason.${reason}`),
        ...MEETING_DECLINE_REASONS.map((reason) => `declineReason.${reason}`),
        ...STORY_KEYS.map((key) => `story.${key}`),
      ])
        expect(has(locale, path), `${locale} ${path}`).toBe(true);
  });
  it("tell the newest first, a step about both sides of each, and leave out what is not told", () => {
    const entry = (seq: number, action: string, after: unknown) => ({
      id: `e${seq}`,
      at: new Date(seq),
      seq: BigInt(seq),
      action,
      subjectId: "m",
      actorId: null,
      onBehalfOfId: "p",
      after,
    });
    const story = tellSessionStory(
      [
        entry(1, "session.edited", { putOff: true, startsAt: "2026-12-01T01:00:00.000Z", tables: 2, elsewhere: false }),
        entry(2, "meeting.answered", { side: "need", response: "declined" }),
        entry(3, "meeting.unheard-of", {}),
        entry(4, "meeting.reminded", { sides: ["need", "offering"] }),
        entry(5, "meeting.attendance-corrected", { state: "held" }),
        // told by the correction before it
        entry(6, "meeting.held", { state: "held", corrected: true }),
      ],
      (id) => id.toUpperCase(),
      () => "A – B",
    );
    expect(story.map((item) => [item.key, item.params.side])).toEqual([
      ["meeting.correctedHeld", undefined],
      ["meeting.reminded", "need"],
      ["meeting.reminded", "offering"],
      ["meeting.declined", "need"],
      ["session.putOff", undefined],
    ]);
    expect(story.at(-1)).toMatchObject({ by: "P", meeting: "A – B", params: { tables: "2" } });
  });
});
