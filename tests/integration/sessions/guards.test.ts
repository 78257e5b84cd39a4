import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addMeeting,
  cancelMeeting,
  cancelSession,
  closeSession,
  confirmSession,
  createSession,
  editSession,
  giveFeedback,
  holdSession,
  moveMeeting,
  recordAttendance,
  recordPhoneResponse,
  respondToMeeting,
  saveMinutes,
  sendInvitations,
} from "~/modules/sessions/index.server";
import { editSessionSchema, minutesSchema, respondSchema, sessionSchema } from "~/modules/sessions/schemas";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { aBareCase, proposed } from "../../factories/cases";
import { makeColleague, must, refreshed } from "../../factories/people";
import {
  type Accepted,
  aHeld,
  aMeeting,
  anAccepted,
  anInvited,
  aSession,
  atBeginning,
  bothComing,
  COMING,
  meetingAt,
  minutesForm,
  NOT_COMING,
  revisionOf,
  sessionForm,
  stepOf,
} from "../../factories/sessions";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let accepted: Accepted;
let broker: PersonActor;
const db = () => world.container.ports.db;
const as = (actor: PersonActor = broker) => world.ctx(actor);
const code = (key: string) => ({ ok: false, code: `sessions:error.${key}` });
const edited = async (sessionId: string, over: Record<string, unknown> = {}) => ({
  ...editSessionSchema.parse({ ...sessionForm(world, over), revision: (await stepOf(world, sessionId)).revision }),
  sessionId,
});

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  accepted = await anAccepted(world);
  broker = accepted.broker;
});
afterAll(() => world.close());

describe("what is typed", () => {
  const issues = (form: Record<string, unknown>) => {
    const parsed = sessionSchema.safeParse(sessionForm(world, form));
    return parsed.success ? [] : parsed.error.issues.map((issue) => [issue.path[0], issue.message]);
  };
  it("reads days and times as people write them, in Việt Nam", () => {
    const parsed = sessionSchema.parse(sessionForm(world, { date: "30/11/2026", startTime: "8h", endTime: "11.30" }));
    expect(parsed.startsAt.toISOString()).toBe("2026-11-30T01:00:00.000Z");
    expect(parsed.endsAt.toISOString()).toBe("2026-11-30T04:30:00.000Z");
    expect(issues({ date: "31/02/2027" })).toEqual([["date", "sessions:error.date"]]);
    expect(issues({ startTime: "25:00" })).toEqual([["startTime", "sessions:error.time"]]);
    expect(issues({ startTime: "11:30", endTime: "08:00" })).toEqual([["endTime", "sessions:error.endBeforeStart"]]);
    expect(issues({ onlineUrl: "javascript:alert(1)" })).toEqual([["onlineUrl", "sessions:error.url"]]);
    expect(issues({ tables: "1000" })).toEqual([["tables", "sessions:error.tables"]]);
  });
  it("wants a reason with a no, and a next step unless nothing follows", () => {
    const no = { side: "need", sequence: "0", answer: "declined" };
    expect(respondSchema.safeParse(no).error?.issues.map((issue) => issue.path[0])).toEqual(["reasonCode"]);
    expect(respondSchema.safeParse({ ...no, reasonCode: "other" }).error?.issues[0]?.path).toEqual(["note"]);
    const minutes = { revision: "0", decisions: "…", outcome: "trial" };
    expect(minutesSchema.safeParse(minutes).error?.issues).toHaveLength(3);
    expect(minutesSchema.safeParse({ ...minutes, outcome: "not_suitable" }).success).toBe(true);
  });
});

describe("the session's own steps", () => {
  it("do not begin in the past", async () => {
    const input = sessionSchema.parse(sessionForm(world, { date: "2026-11-20" }));
    expect(await createSession(as(), input)).toMatchObject({
      code: "common:invalid",
      fields: { date: ["sessions:error.datePast"] },
    });
  });

  it("say what comes first in every state", async () => {
    const sessionId = await aSession(world, broker, { place: "", onlineUrl: "" });
    const step = () => stepOf(world, sessionId);
    expect(await confirmSession(as(), await step())).toMatchObject(code("inviteFirst"));
    expect(await holdSession(as(), await step())).toMatchObject(code("inviteFirst"));
    expect(await closeSession(as(), await step())).toMatchObject(code("inviteFirst"));
    const meetingId = await aMeeting(world, sessionId, accepted);
    expect(await sendInvitations(as(), await step())).toMatchObject(code("placeNeeded"));
    must(await editSession(as(), await edited(sessionId, { onlineUrl: "" })));
    const came = { need: true, offering: true };
    expect(await recordAttendance(as(), { ...(await revisionOf(world, meetingId)), ...came })).toMatchObject(
      code("inviteFirst"),
    );
    must(await sendInvitations(as(), await step()));
    expect(await sendInvitations(as(), await step())).toMatchObject(code("alreadyInvited"));
    expect(await holdSession(as(), await step())).toMatchObject(code("confirmFirst"));
    expect(await recordAttendance(as(), { ...(await revisionOf(world, meetingId)), ...came })).toMatchObject(
      code("confirmFirst"),
    );
    // the place can be changed but not taken away
    expect(await editSession(as(), await edited(sessionId, { place: "", onlineUrl: "" }))).toMatchObject(
      code("placeFixed"),
    );
    must(await cancelMeeting(as(), { ...(await revisionOf(world, meetingId)), reasonCode: "postponed" }));
    expect(await confirmSession(as(), await step())).toMatchObject(code("plannedNeeded"));
    const again = await aMeeting(world, sessionId, accepted);
    must(await confirmSession(as(), await step()));
    expect(await confirmSession(as(), await step())).toMatchObject(code("alreadyConfirmed"));
    expect(await closeSession(as(), await step())).toMatchObject(code("holdFirst"));
    must(await cancelMeeting(as(), { ...(await revisionOf(world, again)), reasonCode: "weather" }));
    const { startsAt } = await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
    world.clock.set(startsAt);
    expect(await holdSession(as(), await step())).toMatchObject(code("nothingHeld"));
    world.clock.set(TEST_START);
    expect(must(await cancelSession(as(), { ...(await step()), reasonCode: "too_few" }))).toEqual({ cancelled: 0 });
    for (const act of [sendInvitations, confirmSession, holdSession, closeSession])
      expect(await act(as(), await step())).toMatchObject(code("sessionCancelled"));
    expect(await addMeeting(as(), await meetingAt(world, sessionId, accepted.introductionId))).toMatchObject(
      code("sessionCancelled"),
    );
  });

  it("refuse a stale page by name, and the absent like the unseen", async () => {
    const sessionId = await aSession(world, broker);
    const step = await stepOf(world, sessionId);
    must(await editSession(as(), await edited(sessionId, { title: "Đổi tên" })));
    expect(await sendInvitations(as(), step)).toMatchObject({
      ...code("changedMeanwhile"),
      params: { name: broker.fullName },
    });
    expect(await sendInvitations(as(), { sessionId: newId(), revision: 0 })).toMatchObject({ code: "common:notFound" });
    expect(await sendInvitations(as(), { sessionId: "x", revision: 0 })).toMatchObject({ code: "common:notFound" });
    expect(await sendInvitations(as(accepted.need.manager), await stepOf(world, sessionId))).toMatchObject({
      code: "common:notFound",
    });
  });

  it("cancelling calls the meetings off, but not what has taken place", async () => {
    const held = await aHeld(world);
    expect(
      await cancelSession(as(held.broker), { ...(await stepOf(world, held.sessionId)), reasonCode: "office" }),
    ).toMatchObject(code("meetingsTookPlace"));
    world.clock.set(TEST_START);
    const coming = await anInvited(world);
    must(await cancelSession(as(coming.broker), { ...(await stepOf(world, coming.sessionId)), reasonCode: "office" }));
    expect(await db().meeting.findUniqueOrThrow({ where: { id: coming.meetingId } })).toMatchObject({
      state: "cancelled",
      sequence: 1,
      cancelReason: "office",
    });
    expect(await db().meetingParticipant.count({ where: { meetingId: coming.meetingId, active: true } })).toBe(0);
    expect(await db().outboxEvent.count({ where: { subjectId: coming.meetingId, type: "meeting.cancelled" } })).toBe(2);
  });
});

describe("planning meetings", () => {
  it("asks for an accepted introduction, a place inside the session, and a time to come", async () => {
    const fresh = await anAccepted(world, { broker });
    const sessionId = await aSession(world, broker, { onlineUrl: "" });
    const add = async (at: object, introductionId = fresh.introductionId) =>
      addMeeting(as(), await meetingAt(world, sessionId, introductionId, at));
    const bare = await aBareCase(world);
    const { introductionId } = await proposed(world, bare.broker, bare.caseId);
    expect(await add({}, introductionId)).toMatchObject(code("introductionNotAccepted"));
    expect(await add({}, newId())).toMatchObject({ code: "common:notFound" });
    expect(await add({ start: "07:30", end: "08:30" })).toMatchObject({
      ...code("outsideSession"),
      params: { from: "08:00", to: "11:30" },
    });
    expect(await add({ start: "11:15", end: "11:45" })).toMatchObject(code("outsideSession"));
    expect(await add({ table: "3" })).toMatchObject({ ...code("tableUnknown"), params: { max: 2 } });
    expect(await add({ table: "" })).toMatchObject(code("onlineUrlNeeded"));
    must(await add({}));
    expect(await add({ start: "09:00", end: "09:30" })).toMatchObject({
      ...code("alreadyPlanned"),
      params: { at: "08:00 30/11/2026", session: "Phiên kết nối công nghệ chế biến" },
    });
    // who met at a table without an appointment is written down the same day, not later; nobody is invited to what is over
    world.clock.set(new Date("2026-11-30T03:00:00.000Z"));
    const late = await anAccepted(world, { broker });
    const walkIn = must(await add({ start: "09:00", end: "09:30" }, late.introductionId));
    expect(await db().outboxEvent.count({ where: { subjectId: walkIn.id, type: "meeting.invited" } })).toBe(0);
    world.clock.set(new Date("2026-11-30T17:30:00.000Z"));
    const tooLate = await anAccepted(world, { broker });
    expect(await add({ start: "10:00", end: "10:30" }, tooLate.introductionId)).toMatchObject({
      fields: { startTime: ["sessions:error.datePast"] },
    });
    world.clock.set(TEST_START);
  });

  it("leaves meetings of a broker's own organisation to a colleague", async () => {
    const held = await aHeld(world);
    world.clock.set(TEST_START);
    const member = await makeColleague(world, held.need.manager, held.need.organisationId);
    await db().grant.create({
      data: {
        id: newId(),
        officeId: member.officeId,
        personId: member.personId,
        role: "broker",
        createdAt: world.clock.now(),
      },
    });
    const own = as(await refreshed(world, member));
    const { meetingId } = held;
    const revision = (await revisionOf(world, meetingId)).revision;
    const refused = code("ownOrganisation");
    expect(await saveMinutes(own, { ...minutesForm(world), meetingId, send: true })).toMatchObject(refused);
    const times = { startsAt: new Date(), endsAt: new Date(), tableNumber: 1 };
    expect(await moveMeeting(own, { meetingId, revision, ...times })).toMatchObject(refused);
    expect(await cancelMeeting(own, { meetingId, revision, reasonCode: "other" })).toMatchObject(refused);
    expect(await recordAttendance(own, { meetingId, revision, need: true, offering: true })).toMatchObject(refused);
    const phone = { ...COMING, note: "gọi lúc 9 giờ, đồng ý" };
    expect(await recordPhoneResponse(own, { meetingId, side: "offering", sequence: 0, ...phone })).toMatchObject(
      refused,
    );
    const again = await anAccepted(world, { need: held.need, offering: held.offering });
    const sessionId = await aSession(world, broker);
    expect(await addMeeting(own, await meetingAt(world, sessionId, again.introductionId))).toMatchObject(refused);
  });

  it("keeps what took place as it was", async () => {
    const held = await aHeld(world);
    const { meetingId } = held;
    const revision = (await revisionOf(world, meetingId)).revision;
    const times = await meetingAt(world, held.sessionId, held.introductionId, { start: "10:00", end: "10:30" });
    expect(await moveMeeting(as(held.broker), { ...times, meetingId, revision })).toMatchObject(code("meetingHeld"));
    expect(await cancelMeeting(as(held.broker), { meetingId, revision, reasonCode: "other" })).toMatchObject(
      code("meetingHeld"),
    );
    const late = { meetingId, side: "need" as const, sequence: 0, ...NOT_COMING };
    expect(await respondToMeeting(as(held.need.manager), late)).toMatchObject(code("meetingHeld"));
    must(await holdSession(as(held.broker), await stepOf(world, held.sessionId)));
    expect(await addMeeting(as(held.broker), times)).toMatchObject(code("sessionHeld"));
    expect(await editSession(as(held.broker), await edited(held.sessionId))).toMatchObject(code("sessionHeld"));
    world.clock.set(TEST_START);
  });

  it("takes no answer once the meeting begins, nor feedback and minutes of one that was missed", async () => {
    const invited = await anInvited(world);
    await bothComing(world, invited);
    must(await confirmSession(as(invited.broker), await stepOf(world, invited.sessionId)));
    await atBeginning(world, invited.meetingId);
    const { meetingId } = invited;
    expect(
      await respondToMeeting(as(invited.need.manager), { meetingId, side: "need", sequence: 0, ...NOT_COMING }),
    ).toMatchObject(code("meetingBegun"));
    const missed = { ...(await revisionOf(world, meetingId)), need: false, offering: true };
    must(await recordAttendance(as(invited.broker), missed));
    const feedback = { meetingId, side: "need" as const, score: 3, comment: null };
    expect(await giveFeedback(as(invited.need.manager), feedback)).toMatchObject(code("feedbackOnlyHeld"));
    expect(await saveMinutes(as(invited.broker), { ...minutesForm(world), meetingId, send: true })).toMatchObject(
      code("minutesOnlyHeld"),
    );
    world.clock.set(TEST_START);
  });
});
