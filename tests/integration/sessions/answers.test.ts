import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayMeeting } from "~/modules/sessions/domain/meeting-states";
import {
  cancelMeeting,
  meetingToken,
  minutesToken,
  moveMeeting,
  recordPhoneResponse,
  respondByLink,
  respondToMeeting,
  viewMeeting,
  viewMeetingLink,
} from "~/modules/sessions/index.server";
import { createLimits } from "~/platform/adapters/limits.server";
import { makeColleague, makePerson, must } from "../../factories/people";
import {
  anInvited,
  atBeginning,
  COMING,
  type Invited,
  meetingAt,
  NOT_COMING,
  revisionOf,
  sequenceOf,
} from "../../factories/sessions";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const db = () => world.container.ports.db;
const code = (key: string) => ({ ok: false, code: `sessions:error.${key}` });
const sideRow = (meetingId: string, side: "need" | "offering") =>
  db().meetingParticipant.findUniqueOrThrow({ where: { meetingId_side: { meetingId, side } } });
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );
const caller = () => ({ remoteAddress: `192.0.2.${Math.floor(Math.random() * 250)}` });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
});
afterAll(() => world.close());

describe("by page and by phone", () => {
  let invited: Invited;
  beforeAll(async () => {
    invited = await anInvited(world);
  });
  it("both sides at once: both count, one story", async () => {
    for (let round = 0; round < 4; round++) {
      const fresh = await anInvited(world);
      const answer = { meetingId: fresh.meetingId, sequence: 0 };
      const results = await Promise.all([
        respondToMeeting(world.ctx(fresh.need.manager), { ...answer, side: "need", ...COMING }),
        respondToMeeting(world.ctx(fresh.offering.manager), { ...answer, side: "offering", ...NOT_COMING }),
      ]);
      expect(results.every((result) => result.ok)).toBe(true);
      const log = await db().auditEntry.findMany({ where: { subjectId: fresh.meetingId }, orderBy: { seq: "asc" } });
      expect(replayMeeting(log)).toMatchObject({ responses: { need: "confirmed", offering: "declined" } });
      expect(await events(fresh.meetingId, "meeting.answered")).toHaveLength(2);
    }
  });

  it("an answer against a move: whoever is second hears about the other", async () => {
    for (let round = 0; round < 4; round++) {
      const fresh = await anInvited(world);
      const to = await meetingAt(world, fresh.sessionId, fresh.introductionId, { start: "10:00", end: "10:30" });
      const [answer, move] = await Promise.all([
        respondToMeeting(world.ctx(fresh.need.manager), {
          meetingId: fresh.meetingId,
          sequence: 0,
          side: "need",
          ...COMING,
        }),
        moveMeeting(world.ctx(fresh.broker), { ...to, ...(await revisionOf(world, fresh.meetingId)) }),
      ]);
      must(move);
      // whichever came first, the answer never stands for the new time
      if (!answer.ok) expect(answer).toMatchObject({ ...code("movedMeanwhile"), params: { at: "10:00 30/11/2026" } });
      expect((await sideRow(fresh.meetingId, "need")).response).toBe("none");
    }
  });

  it("belongs to the side's members; others find nothing", async () => {
    const stranger = (await makePerson(world)).actor;
    const answer = { meetingId: invited.meetingId, sequence: 0, ...COMING };
    expect(await respondToMeeting(world.ctx(stranger), { ...answer, side: "need" })).toMatchObject({
      code: "common:notFound",
    });
    expect(await respondToMeeting(world.ctx(invited.offering.manager), { ...answer, side: "need" })).toMatchObject({
      code: "common:notFound",
    });
    expect(await respondToMeeting(world.ctx(), { ...answer, side: "need" })).toMatchObject({ code: "common:notFound" });
    expect(await respondToMeeting(world.ctx(invited.broker), { ...answer, side: "need" })).toMatchObject({
      code: "common:notFound",
    });
  });

  it("may change its mind until the meeting begins; the owner hears of each change once", async () => {
    const answer = { meetingId: invited.meetingId, sequence: 0, side: "need" as const };
    const own = world.ctx(invited.need.manager);
    must(await respondToMeeting(own, { ...answer, ...COMING }));
    must(await respondToMeeting(own, { ...answer, ...COMING }));
    const colleague = await makeColleague(world, invited.need.manager, invited.need.organisationId);
    const because = { ...NOT_COMING, note: "Trùng lịch đoàn thanh tra" };
    must(await respondToMeeting(world.ctx(colleague), { ...answer, ...because }));
    expect(await sideRow(invited.meetingId, "need")).toMatchObject({
      response: "declined",
      declineReason: "time",
      respondedById: colleague.personId,
      channel: "page",
    });
    must(await respondToMeeting(own, { ...answer, ...COMING }));
    expect(await sideRow(invited.meetingId, "need")).toMatchObject({ declineReason: null, responseNote: null });
    expect(await events(invited.meetingId, "meeting.answered")).toHaveLength(3);
  });

  it("by phone, the broker's note is the record; the side hears of it, the owner does not of the own entry", async () => {
    const fresh = await anInvited(world);
    const side = await sideRow(fresh.meetingId, "offering");
    const note = "Ông B gọi 9 giờ sáng, xác nhận đến";
    must(
      await recordPhoneResponse(world.ctx(fresh.broker), {
        meetingId: fresh.meetingId,
        side: "offering",
        sequence: 0,
        ...COMING,
        note,
      }),
    );
    expect(await events(fresh.meetingId, "meeting.answered")).toEqual([{ participantId: side.id }]);
    expect(await viewMeeting(world.ctx(fresh.offering.manager), fresh.meetingId)).toMatchObject({
      mine: { response: "confirmed", channel: "phone", responseNote: note, respondedBy: fresh.broker.fullName },
    });
    // what the broker noted of one side is not for the other
    expect(JSON.stringify(await viewMeeting(world.ctx(fresh.need.manager), fresh.meetingId))).not.toContain(note);
  });
});

describe("one-tap links", () => {
  it("answer once, for one person and one thing; a move opens them anew", async () => {
    const invited = await anInvited(world);
    const { meetingId, need } = invited;
    const side = await sideRow(meetingId, "need");
    const token = meetingToken(world.env, side.id, need.manager.personId);
    const ready = await viewMeetingLink(world.ctx(), token);
    expect(ready).toMatchObject({ state: "ready", meeting: { id: meetingId, mine: { side: "need" } } });
    // looking changes nothing
    expect((await sideRow(meetingId, "need")).response).toBe("none");
    must(await respondByLink(world.ctx(), { token, ...caller(), sequence: 0, ...COMING }));
    expect(await sideRow(meetingId, "need")).toMatchObject({
      response: "confirmed",
      channel: "link",
      respondedById: need.manager.personId,
    });
    const audit = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: meetingId, action: "meeting.answered" },
    });
    expect(audit).toMatchObject({ actorKind: "anonymous", actorId: null, onBehalfOfId: need.manager.personId });
    expect(await viewMeetingLink(world.ctx(), token)).toEqual({ state: "answered", answer: "confirmed", meetingId });
    expect(await respondByLink(world.ctx(), { token, ...caller(), sequence: 0, ...NOT_COMING })).toMatchObject({
      ...code("linkAnswered.confirmed"),
      params: { name: need.manager.fullName },
    });
    // a table alone asks nobody again; another time does
    const move = async (at: object) =>
      must(
        await moveMeeting(world.ctx(invited.broker), {
          ...(await meetingAt(world, invited.sessionId, invited.introductionId, at)),
          ...(await revisionOf(world, meetingId)),
        }),
      );
    await move({ table: "2" });
    expect(await viewMeetingLink(world.ctx(), token)).toMatchObject({ state: "answered" });
    await move({ start: "09:00", end: "09:30" });
    expect(await viewMeetingLink(world.ctx(), token)).toMatchObject({ state: "ready" });
    expect(await respondByLink(world.ctx(), { token, ...caller(), sequence: 1, ...COMING })).toMatchObject(
      code("movedMeanwhile"),
    );
    must(await respondByLink(world.ctx(), { token, ...caller(), sequence: 2, ...NOT_COMING }));
    expect(await viewMeetingLink(world.ctx(), token)).toEqual({ state: "answered", answer: "declined", meetingId });
  });

  it("do not work for another purpose, side, stranger, former member, or when forged", async () => {
    const { meetingId, need, offering } = await anInvited(world);
    const [own, other] = [await sideRow(meetingId, "need"), await sideRow(meetingId, "offering")];
    const colleague = await makeColleague(world, need.manager, need.organisationId);
    const good = meetingToken(world.env, own.id, colleague.personId);
    const wrong = [
      minutesToken(world.env, own.id, colleague.personId),
      meetingToken(world.env, other.id, colleague.personId),
      meetingToken(world.env, own.id, offering.manager.personId),
      meetingToken({ ...world.env, SESSION_SECRET: "x".repeat(40) }, own.id, colleague.personId),
      `${good.slice(0, -2)}AA`,
      "",
      "a.b",
    ];
    for (const token of wrong) {
      expect(await viewMeetingLink(world.ctx(), token)).toEqual({ state: "wrong" });
      expect(await respondByLink(world.ctx(), { token, ...caller(), sequence: 0, ...COMING })).toMatchObject(
        code("linkWrong"),
      );
    }
    await db().membership.updateMany({ where: { personId: colleague.personId }, data: { state: "ended" } });
    expect(await viewMeetingLink(world.ctx(), good)).toEqual({ state: "wrong" });
    expect(await respondByLink(world.ctx(), { token: good, ...caller(), sequence: 0, ...COMING })).toMatchObject(
      code("linkWrong"),
    );
  });

  it("are over once the meeting begins or is called off", async () => {
    const begun = await anInvited(world);
    const side = await sideRow(begun.meetingId, "need");
    const token = meetingToken(world.env, side.id, begun.need.manager.personId);
    await atBeginning(world, begun.meetingId);
    expect(await viewMeetingLink(world.ctx(), token)).toEqual({ state: "over", meetingId: begun.meetingId });
    expect(await respondByLink(world.ctx(), { token, ...caller(), sequence: 0, ...COMING })).toMatchObject(
      code("meetingBegun"),
    );
    world.clock.set(TEST_START);
    const cancel = { ...(await revisionOf(world, begun.meetingId)), reasonCode: "office" as const };
    must(await cancelMeeting(world.ctx(begun.broker), cancel));
    expect(await viewMeetingLink(world.ctx(), token)).toEqual({ state: "over", meetingId: begun.meetingId });
    const sequence = await sequenceOf(world, begun.meetingId);
    expect(await respondByLink(world.ctx(), { token, ...caller(), sequence, ...COMING })).toMatchObject(
      code("meetingCancelled"),
    );
  });

  it("slow down who guesses", async () => {
    // the limits of production, where tests allow a thousand times as much; an address gets ten times the points
    const limits = createLimits(world.env, { rules: { "one-time-link": { points: 1, seconds: 60 } } });
    const codes: string[] = [];
    for (let tries = 0; tries < 11; tries++) {
      const guess = { token: "a.b", remoteAddress: "198.51.100.7", sequence: 0, ...COMING };
      const result = await respondByLink({ ...world.ctx(), limits }, guess);
      codes.push(result.ok ? "ok" : result.code);
    }
    await limits.close();
    expect(new Set(codes.slice(0, 10))).toEqual(new Set(["sessions:error.linkWrong"]));
    expect(codes.at(-1)).toBe("common:tooMany");
  });
});
