import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayMeeting } from "~/modules/sessions/domain/meeting-states";
import { replayMinutes } from "~/modules/sessions/domain/minutes-states";
import { replaySession } from "~/modules/sessions/domain/session-states";
import {
  answerMinutes,
  brokerSessionTasks,
  closeSession,
  completeStep,
  confirmSession,
  giveFeedback,
  holdSession,
  listSessions,
  meetingFacts,
  meetingsOfCase,
  moveMeeting,
  openMeetingsOf,
  prepareMeeting,
  printSession,
  recordAttendance,
  respondToMeeting,
  saveMinutes,
  sendInvitations,
  viewBrokerMeeting,
  viewMeeting,
  viewSession,
} from "~/modules/sessions/index.server";
import { must } from "../../factories/people";
import {
  type Accepted,
  aMeeting,
  anAccepted,
  aSession,
  atBeginning,
  COMING,
  meetingAt,
  minutesForm,
  NOT_COMING,
  revisionOf,
  stepOf,
} from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let one: Accepted;
let two: Accepted;
let sessionId: string;
let first: string;
let second: string;
const db = () => world.container.ports.db;
const broker = () => world.ctx(one.broker);
const log = (id: string) => db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );
const participants = async (meetingId: string) =>
  (await db().meetingParticipant.findMany({ where: { meetingId }, orderBy: { side: "asc" } })).map(({ id }) => ({
    participantId: id,
  }));
const codes = async () => (await viewSession(broker(), sessionId))?.blockers.map((blocker) => blocker.code);

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  one = await anAccepted(world);
  two = await anAccepted(world, { broker: one.broker, need: one.need });
});
afterAll(() => world.close());

describe("the life of a connection session", () => {
  it("begins as a draft with meetings of accepted introductions, first free time per table", async () => {
    sessionId = await aSession(world, one.broker);
    expect(await codes()).toEqual(["sessions:error.meetingNeeded"]);
    const before = await prepareMeeting(broker(), sessionId);
    expect(before?.introductions.map((choice) => choice.introductionId).sort()).toEqual(
      [one.introductionId, two.introductionId].sort(),
    );
    first = await aMeeting(world, sessionId, one);
    const after = await prepareMeeting(broker(), sessionId);
    // the need's organisation sits in the first meeting until 08:30, whatever the table
    expect(after?.introductions.map((choice) => choice.introductionId)).toEqual([two.introductionId]);
    const free = after?.introductions[0]?.slots.map((slot) => [slot.tableNumber, slot.startsAt.toISOString()]);
    expect(free).toEqual([1, 2, null].map((table) => [table, "2026-11-30T01:30:00.000Z"]));
    second = await aMeeting(world, sessionId, two, { start: "08:30", end: "09:00", table: "2" });
    expect(await codes()).toEqual([]);
  });

  it("invites both sides of each meeting, and nobody sees anything before", async () => {
    expect(await viewMeeting(world.ctx(one.need.manager), first)).toBeNull();
    expect(await openMeetingsOf(world.ctx(one.need.manager))).toEqual([]);
    expect(must(await sendInvitations(broker(), await stepOf(world, sessionId)))).toEqual({ invited: 4 });
    expect(await events(first, "meeting.invited")).toEqual(await participants(first));
    const view = await viewMeeting(world.ctx(one.need.manager), first);
    expect(view).toMatchObject({
      state: "planned",
      tableNumber: 1,
      moved: false,
      mine: { side: "need", response: "none" },
      session: { place: "Hội trường Sở KH&CN, tầng 2" },
      broker: { fullName: one.broker.fullName, phone: "0203 111 2222" },
      minutes: null,
      may: { respond: true, answerMinutes: false, giveFeedback: false },
    });
    const waiting = await openMeetingsOf(world.ctx(one.need.manager));
    expect(waiting.map((item) => [item.meetingId, item.kind])).toEqual([
      [first, "answer"],
      [second, "answer"],
    ]);
    expect((await brokerSessionTasks(broker())).map((task) => task.kind)).toEqual(["unanswered", "unanswered"]);
  });

  it("takes answers, moves what was declined, and is confirmed when nobody declines", async () => {
    const answer = (meetingId: string, who: Accepted["need"], side: "need" | "offering", over: object = {}) =>
      respondToMeeting(world.ctx(who.manager), { meetingId, side, sequence: 0, ...COMING, ...over });
    must(await answer(first, one.need, "need"));
    must(await answer(first, one.offering, "offering"));
    must(await answer(second, two.need, "need"));
    must(await answer(second, two.offering, "offering", NOT_COMING));
    expect(await events(second, "meeting.answered")).toEqual(
      (await participants(second)).map((side) => ({ brokerId: one.broker.personId, ...side })),
    );
    const refused = await confirmSession(broker(), await stepOf(world, sessionId));
    expect(refused).toMatchObject({ code: "sessions:error.declinedOpen", params: { at: "08:30 30/11/2026" } });
    expect((await brokerSessionTasks(broker())).map((task) => task.kind)).toContain("declined");
    const to = await meetingAt(world, sessionId, two.introductionId, { start: "10:00", end: "10:30", table: "2" });
    must(await moveMeeting(broker(), { ...(await revisionOf(world, second)), ...to }));
    expect(await events(second, "meeting.moved")).toEqual(await participants(second));
    // another time asks again; the answer to the old time is no longer taken
    expect(await viewMeeting(world.ctx(two.offering.manager), second)).toMatchObject({
      moved: true,
      sequence: 1,
      mine: { response: "none", declineReason: null },
    });
    expect(await answer(second, two.offering, "offering")).toMatchObject({
      code: "sessions:error.movedMeanwhile",
      params: { at: "10:00 30/11/2026" },
    });
    must(await answer(second, two.offering, "offering", { sequence: 1 }));
    must(await confirmSession(broker(), await stepOf(world, sessionId)));
    expect(await viewSession(broker(), sessionId)).toMatchObject({ state: "confirmed", next: "hold" });
  });

  it("records who came, then that it was held", async () => {
    const came = async (meetingId: string, need: boolean, offering: boolean) =>
      recordAttendance(broker(), { ...(await revisionOf(world, meetingId)), need, offering });
    expect(await came(first, true, true)).toMatchObject({
      code: "sessions:error.meetingNotStarted",
      params: { at: "08:00 30/11/2026" },
    });
    expect(await codes()).toEqual([
      "sessions:error.notBegun",
      "sessions:error.attendanceOpen",
      "sessions:error.attendanceOpen",
    ]);
    const caseOf = () => db().brokerCase.findUniqueOrThrow({ where: { id: one.caseId } });
    await db().brokerCase.update({ where: { id: one.caseId }, data: { nextActionOn: new Date("2027-03-01") } });
    await atBeginning(world, second);
    expect(must(await came(first, true, true))).toEqual({ state: "held" });
    expect((await caseOf()).nextActionOn?.toISOString()).toBe("2026-11-30T00:00:00.000Z");
    expect(await holdSession(broker(), await stepOf(world, sessionId))).toMatchObject({
      code: "sessions:error.attendanceOpen",
    });
    expect(must(await came(second, true, false))).toEqual({ state: "no_show" });
    expect(await came(second, true, true)).toMatchObject({ code: "sessions:error.meetingNoShow" });
    must(await holdSession(broker(), await stepOf(world, sessionId)));
    const due = await db().due.findFirstOrThrow({ where: { kind: "minutes.write", subjectId: first } });
    expect(due).toMatchObject({ state: "open", personId: one.broker.personId, ruleKey: "minutes.write.workingDays" });
    expect(due.dueOn.toISOString().slice(0, 10)).toBe("2026-12-03");
    expect(await db().due.count({ where: { subjectId: second } })).toBe(0);
  });

  it("is closed once the minutes went out; both sides confirm, the step is done, feedback given", async () => {
    expect(await closeSession(broker(), await stepOf(world, sessionId))).toMatchObject({
      code: "sessions:error.minutesMissing",
    });
    must(await saveMinutes(broker(), { ...minutesForm(world), meetingId: first, send: false }));
    expect(await viewMeeting(world.ctx(one.need.manager), first)).toMatchObject({ minutes: null });
    must(await saveMinutes(broker(), { ...minutesForm(world, { revision: "1" }), meetingId: first, send: true }));
    expect(await events(first, "minutes.sent")).toEqual(await participants(first));
    must(await closeSession(broker(), await stepOf(world, sessionId)));
    const yes = { meetingId: first, revision: 2, answer: "confirmed" as const, remark: null };
    must(await answerMinutes(world.ctx(one.need.manager), { ...yes, side: "need" }));
    expect(must(await answerMinutes(world.ctx(one.offering.manager), { ...yes, side: "offering" }))).toEqual({
      state: "confirmed",
    });
    expect(await events(first, "minutes.confirmed")).toEqual(await participants(first));
    must(await completeStep(world.ctx(one.offering.manager), { meetingId: first }));
    const useful = { meetingId: first, side: "need" as const, score: 5, comment: "Rất thiết thực" };
    must(await giveFeedback(world.ctx(one.need.manager), useful));
    const dues = await db().due.findMany({ where: { subjectId: first }, orderBy: { kind: "asc" } });
    expect(dues.map((due) => [due.kind, due.state])).toEqual([
      ["minutes.confirm", "done"],
      ["minutes.step", "done"],
      ["minutes.write", "done"],
    ]);
    expect(await viewBrokerMeeting(broker(), first)).toMatchObject({
      minutesText: { state: "confirmed", revision: 2, stepDoneBy: one.offering.manager.fullName },
      feedback: [{ side: "need", score: 5 }],
    });
  });

  it("reads like a story, on every page that shows it, and plays back from the log", async () => {
    const view = await viewSession(broker(), sessionId);
    expect(view?.story.map((item) => item.key)).toEqual(
      [
        "session.created",
        ...["meeting.planned", "meeting.planned", "session.invited"],
        ...["meeting.confirmed", "meeting.confirmed", "meeting.confirmed", "meeting.declined", "meeting.moved"],
        ...["meeting.confirmed", "session.confirmed", "meeting.held", "meeting.noShow", "session.held"],
        ...["minutes.saved", "minutes.sent", "session.closed", "minutes.sideConfirmed", "minutes.sideConfirmed"],
        ...["minutes.confirmed", "minutes.stepDone", "feedback.given"],
      ].reverse(),
    );
    expect(replaySession(await log(sessionId))).toBe("closed");
    expect(replayMeeting(await log(second))).toEqual({
      state: "no_show",
      sequence: 1,
      responses: { need: "none", offering: "confirmed" },
    });
    expect(replayMinutes(await log(first))).toEqual({
      state: "confirmed",
      revision: 2,
      answers: { need: "confirmed", offering: "confirmed" },
    });
    expect(await meetingsOfCase(broker(), one.caseId)).toMatchObject([
      { id: first, state: "held", minutes: { state: "confirmed", outcome: "negotiate" } },
    ]);
    expect(await meetingFacts(db(), first)).toMatchObject({
      caseId: one.caseId,
      state: "held",
      minutes: { outcome: "negotiate", state: "confirmed" },
      sides: [{ organisationId: one.need.organisationId }, { organisationId: one.offering.organisationId }],
    });
    const printed = await printSession(broker(), sessionId);
    expect(printed?.pairs).toHaveLength(2);
    expect(printed?.organisations).toHaveLength(3);
    expect(await listSessions(broker(), { past: true })).toMatchObject({
      rows: [{ id: sessionId, state: "closed", meetings: 2, toWrite: 0 }],
      counts: { mine: 0, coming: 0, past: 1 },
    });
  });
});
