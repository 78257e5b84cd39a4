import { afterAll, beforeAll, expect, it } from "vitest";
import type { Side } from "~/generated/prisma/enums";
import { replayMeeting } from "~/modules/sessions/domain/meeting-states";
import { replayMinutes } from "~/modules/sessions/domain/minutes-states";
import { replaySession } from "~/modules/sessions/domain/session-states";
import {
  addMeeting,
  answerMinutes,
  cancelMeeting,
  cancelSession,
  closeSession,
  confirmSession,
  correctAttendance,
  editSession,
  giveFeedback,
  holdSession,
  meetingToken,
  moveMeeting,
  recordAttendance,
  recordPhoneResponse,
  respondByLink,
  respondToMeeting,
  saveMinutes,
  sendInvitations,
  sweepMeetings,
} from "~/modules/sessions/index.server";
import { editSessionSchema } from "~/modules/sessions/schemas";
import type { Actor } from "~/platform/context";
import type { Result } from "~/platform/result";
import { makePerson, makeStaff } from "../../factories/people";
import {
  type Accepted,
  anAccepted,
  aSession,
  COMING,
  meetingAt,
  minutesForm,
  NOT_COMING,
  sessionForm,
} from "../../factories/sessions";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pairs: Accepted[];
let actors: { name: string; actor: Actor }[];
const db = () => world.container.ports.db;

/** Small seeded generator, so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 5 });
  const first = await anAccepted(world);
  const second = await anAccepted(world, { broker: first.broker, need: first.need });
  pairs = [first, second];
  actors = [
    { name: "broker", actor: first.broker },
    { name: "need", actor: first.need.manager },
    { name: "offering", actor: first.offering.manager },
    { name: "offering", actor: second.offering.manager },
    { name: "stranger", actor: (await makePerson(world)).actor },
    { name: "leader", actor: await makeStaff(world, "leader") },
    { name: "anonymous", actor: { kind: "anonymous" } },
    { name: "system", actor: world.system.actor },
  ];
});
afterAll(() => world.close());

type Step = { who: string; what: string; result: Result<unknown> };
const BROKERS = [
  "add",
  "move",
  "cancel",
  "invite",
  "confirm",
  "hold",
  "close",
  "callOff",
  "edit",
  "phone",
  "attend",
  "correct",
  "write",
];
const MEMBERS = ["answer", "minutes", "feedback"];

/** What usually comes next in a session that is run well. */
function nextOf(state: string, meetings: { state: string; minutes: unknown }[], random: () => number): string {
  const planned = meetings.some((one) => one.state === "planned");
  const either = (one: string, other: string) => (random() < 0.5 ? one : other);
  if (["draft", "inviting", "confirmed"].includes(state) && random() < 0.15)
    return random() < 0.1 ? "callOff" : either("edit", either("move", "cancel"));
  switch (state) {
    case "draft":
      return planned ? either("invite", "add") : "add";
    case "inviting":
      return planned ? either(either("answer", "link"), either("confirm", "phone")) : "add";
    case "confirmed":
      return planned ? either("attend", either("answer", "correct")) : either("hold", "correct");
    case "held":
      return either("write", either("close", "correct"));
    default:
      return either("minutes", either("feedback", "write"));
  }
}

/** One random command by one random actor on one session; who succeeded must have been allowed to. */
async function randomStep(random: () => number, sessionId: string, serial: number): Promise<Step> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const session = await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
  const meetings = await db().meeting.findMany({
    where: { sessionId },
    include: { participants: true, minutes: true },
    orderBy: { id: "asc" },
  });
  // half of the time what comes next, so that lives get somewhere; otherwise anything by anybody
  const next = chance(0.5) ? nextOf(session.state, meetings, random) : null;
  const usual = chance(0.7) ? actors.slice(0, 4) : actors;
  const { name, actor } = pick(next ? (BROKERS.includes(next) ? actors.slice(0, 1) : actors.slice(1, 4)) : usual);
  const ctx = world.ctx(actor);
  const meeting = meetings.length > 0 ? pick(meetings) : null;
  const stale = chance(0.1) ? 1 : 0;
  const step = { sessionId, revision: session.revision + stale };
  const meetingId = meeting?.id ?? sessionId;
  const revision = (meeting?.revision ?? 0) + stale;
  const side: Side = name === "need" || (name !== "offering" && chance(0.5)) ? "need" : "offering";
  const answer = chance(0.7) ? COMING : NOT_COMING;
  const sequence = (meeting?.sequence ?? 0) + stale;
  const [start, end] = pick([
    ["08:00", "08:30"],
    ["08:15", "08:45"],
    ["09:00", "09:30"],
  ] as const);
  const place = { start, end, table: pick(["1", "2", ""]) };
  const commands: Record<string, () => Promise<Result<unknown>>> = {
    add: async () => addMeeting(ctx, await meetingAt(world, sessionId, pick(pairs).introductionId, place)),
    move: async () =>
      moveMeeting(ctx, { ...(await meetingAt(world, sessionId, meetingId, place)), meetingId, revision }),
    cancel: () => cancelMeeting(ctx, { meetingId, revision, reasonCode: "postponed" }),
    invite: () => sendInvitations(ctx, step),
    confirm: () => confirmSession(ctx, step),
    hold: () => holdSession(ctx, step),
    close: () => closeSession(ctx, step),
    callOff: () => cancelSession(ctx, { ...step, reasonCode: "weather" }),
    edit: () =>
      editSession(ctx, {
        ...editSessionSchema.parse(
          sessionForm(world, {
            date: pick(["2026-11-30", "2026-12-01"]),
            place: pick(["Phòng 1", "Phòng 2", ""]),
            onlineUrl: pick(["https://hop.example.invalid/a", ""]),
            revision: String(step.revision),
          }),
        ),
        sessionId,
      }),
    answer: () => respondToMeeting(ctx, { meetingId, side, sequence, ...answer }),
    phone: () => recordPhoneResponse(ctx, { meetingId, side, sequence, ...answer, note: "Ghi nhận cuộc gọi." }),
    link: () =>
      respondByLink(ctx, {
        token: meetingToken(
          world.env,
          meeting?.participants.find((one) => one.side === side)?.id ?? sessionId,
          actor.kind === "person" ? actor.personId : sessionId,
        ),
        remoteAddress: `198.51.${Math.floor(serial / 250)}.${serial % 250}`,
        sequence,
        ...answer,
      }),
    attend: () => recordAttendance(ctx, { meetingId, revision, need: chance(0.9), offering: chance(0.9) }),
    correct: () => correctAttendance(ctx, { meetingId, revision, need: chance(0.7), offering: chance(0.7) }),
    write: () =>
      saveMinutes(ctx, {
        ...minutesForm(world, { revision: String((meeting?.minutes?.revision ?? 0) + stale) }),
        meetingId,
        send: chance(0.7),
      }),
    minutes: () =>
      answerMinutes(ctx, {
        meetingId,
        side,
        revision: Math.max(1, (meeting?.minutes?.revision ?? 1) - stale),
        answer: chance(0.7) ? "confirmed" : "disputed",
        remark: "Ghi lại cho rõ",
      }),
    feedback: () => giveFeedback(ctx, { meetingId, side, score: 4, comment: null }),
    sweep: () => sweepMeetings(ctx),
  };
  const what = next ?? pick(Object.keys(commands));
  const result = await (commands[what] ?? commands.sweep ?? (() => sweepMeetings(ctx)))();
  if (result.ok) {
    if (BROKERS.includes(what)) expect(name, what).toBe("broker");
    if (MEMBERS.includes(what) || what === "link") expect(["need", "offering"], what).toContain(name);
    if (what === "sweep") expect(name).toBe("system");
  }
  return { who: name, what, result };
}

/** What must hold of every row at every moment, and the log plays back to it. */
async function check(sessionId: string): Promise<void> {
  const log = (subjectId: string) => db().auditEntry.findMany({ where: { subjectId }, orderBy: { seq: "asc" } });
  const session = await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
  expect(replaySession(await log(sessionId))).toBe(session.state);
  const meetings = await db().meeting.findMany({
    where: { sessionId },
    include: { participants: true, minutes: { include: { confirmations: true } } },
  });
  for (const meeting of meetings) {
    const entries = await log(meeting.id);
    const response = (side: Side) => meeting.participants.find((one) => one.side === side)?.response;
    expect(replayMeeting(entries)).toEqual({
      state: meeting.state,
      sequence: meeting.sequence,
      responses: { need: response("need"), offering: response("offering") },
    });
    expect(replayMinutes(entries)?.state).toBe(meeting.minutes?.state);
    for (const side of meeting.participants) {
      expect(side.active).toBe(meeting.state !== "cancelled");
      expect([side.startsAt, side.endsAt]).toEqual([meeting.startsAt, meeting.endsAt]);
    }
    if (meeting.state !== "cancelled") {
      expect(meeting.startsAt >= session.startsAt && meeting.endsAt <= session.endsAt).toBe(true);
      if (meeting.tableNumber === null) expect(session.onlineUrl).not.toBeNull();
    }
    expect(meeting.invitedAt === null && session.state !== "draft" && meeting.state !== "cancelled").toBe(false);
    // a draft stays when it turns out that nobody met; what was sent holds the meeting
    if (meeting.minutes && meeting.state !== "held")
      expect([meeting.state, meeting.minutes.state, meeting.minutes.sentAt]).toEqual(["no_show", "draft", null]);
    const came = meeting.participants.map((side) => side.attended);
    if (meeting.state === "held") expect(came).toEqual([true, true]);
    else expect(came.includes(false)).toBe(meeting.state === "no_show");
    const toWrite = await db().due.count({ where: { subjectId: meeting.id, kind: "minutes.write", state: "open" } });
    const unsent = !meeting.minutes?.sentAt || meeting.minutes.state === "disputed";
    if (meeting.state !== "held" || unsent) expect(toWrite).toBe(meeting.state === "held" ? 1 : 0);
    // the figure of held meetings, from the log alone
    const last = entries.filter((one) => /^meeting\.(held|attendance-corrected)$/.test(one.action)).at(-1);
    expect(last?.action === "meeting.held").toBe(meeting.state === "held");
    if (meeting.minutes?.state === "confirmed")
      expect(
        meeting.minutes.confirmations.filter((one) => one.confirmed && one.revision === meeting.minutes?.revision),
      ).toHaveLength(2);
    if (["held", "closed", "cancelled"].includes(session.state)) expect(meeting.state).not.toBe("planned");
    if (session.state === "closed" && meeting.state === "held") expect(meeting.minutes?.sentAt).toBeTruthy();
  }
}

it("no sequence of commands by anybody reaches a state without its guards; every life plays back", async () => {
  const ends = new Map<string, number>();
  const succeeded = new Map<string, number>();
  let serial = 0;
  for (let seed = 1; seed <= 16; seed++) {
    const random = randomFrom(seed);
    world.clock.set(TEST_START);
    const first = pairs[0];
    if (!first) throw new Error("no pair");
    const sessionId = await aSession(world, first.broker, { date: "2026-11-30" });
    for (let step = 0; step < 70; step++) {
      // by the middle of its life the session begins; before that the clock stands
      if (step === 30) {
        const { startsAt } = await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
        world.clock.set(new Date(startsAt.getTime() + 2 * 3_600_000));
      }
      const did = await randomStep(random, sessionId, ++serial);
      if (did.result.ok) succeeded.set(did.what, (succeeded.get(did.what) ?? 0) + 1);
      else expect(did.result.code, `${did.who} ${did.what}`).toMatch(/^(common|sessions):/);
      if (step % 6 === 5) await check(sessionId);
    }
    const { state } = await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
    ends.set(state, (ends.get(state) ?? 0) + 1);
    // the next life needs the pairs' introductions and mornings free
    await db().meetingParticipant.updateMany({ where: { meeting: { sessionId } }, data: { active: false } });
    await db().meeting.updateMany({
      where: { sessionId, state: "planned" },
      data: { state: "cancelled", cancelReason: "mistake" },
    });
  }
  // lives went to different ends, and every command had its turn
  expect([...ends.keys()].sort()).toEqual(expect.arrayContaining(["cancelled", "closed"]));
  expect([...BROKERS, ...MEMBERS, "link", "sweep"].filter((what) => !succeeded.has(what))).toEqual([]);
}, 180_000);
