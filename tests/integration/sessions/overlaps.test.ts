import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayMeeting } from "~/modules/sessions/domain/meeting-states";
import { addMeeting, editSession, moveMeeting, sendInvitations } from "~/modules/sessions/index.server";
import { editSessionSchema } from "~/modules/sessions/schemas";
import { makeBroker, must } from "../../factories/people";
import {
  type Accepted,
  aMeeting,
  anAccepted,
  anInvited,
  aSession,
  meetingAt,
  revisionOf,
  sessionForm,
  stepOf,
} from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let one: Accepted;
/** another pair: nobody of the first */
let two: Accepted;
/** the first pair's need with somebody else */
let three: Accepted;
const db = () => world.container.ports.db;
const as = () => world.ctx(one.broker);
const name = async (id: string) => (await db().organisation.findUniqueOrThrow({ where: { id } })).nameVi;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  one = await anAccepted(world);
  two = await anAccepted(world, { broker: one.broker });
  three = await anAccepted(world, { broker: one.broker, need: one.need });
});
afterAll(async () => {
  await world.close();
});

describe("one meeting at a time", () => {
  it("names the table that is taken and until when; the neighbour's time and the next table are free", async () => {
    const sessionId = await aSession(world, one.broker, { date: "2026-12-01" });
    await aMeeting(world, sessionId, one);
    const taken = await addMeeting(
      as(),
      await meetingAt(world, sessionId, two.introductionId, { start: "08:15", end: "08:45" }),
    );
    expect(taken).toMatchObject({
      code: "sessions:error.tableTaken",
      params: {
        table: 1,
        sides: `${await name(one.need.organisationId)} – ${await name(one.offering.organisationId)}`,
        from: "08:00",
        until: "08:30",
      },
    });
    await aMeeting(world, sessionId, two, { start: "08:30", end: "09:00" });
  });

  it("names the organisation that sits elsewhere, also in another session and online", async () => {
    const sessionId = await aSession(world, one.broker, { date: "2026-12-01", title: "Phiên khác" });
    const clash = { start: "08:10", end: "08:20" };
    for (const table of ["1", ""])
      expect(
        await addMeeting(as(), await meetingAt(world, sessionId, three.introductionId, { ...clash, table })),
      ).toMatchObject({
        code: "sessions:error.organisationTaken",
        params: {
          name: await name(one.need.organisationId),
          from: "08:00 01/12/2026",
          until: "08:30",
          session: "Phiên kết nối công nghệ chế biến",
        },
      });
    const third = await aMeeting(world, sessionId, three, { start: "09:00", end: "09:30", table: "" });
    // moving there is refused alike, and changes nothing
    const to = await meetingAt(world, sessionId, three.introductionId, { start: "08:00", end: "08:30", table: "2" });
    expect(await moveMeeting(as(), { ...to, ...(await revisionOf(world, third)) })).toMatchObject({
      code: "sessions:error.organisationTaken",
    });
    expect(await db().meeting.findUniqueOrThrow({ where: { id: third } })).toMatchObject({ sequence: 0, revision: 0 });
  });

  it("two plans for one table, or one organisation, at once: one winner, one clear message", async () => {
    for (let round = 0; round < 4; round++) {
      const sessionId = await aSession(world, one.broker, { date: `2026-12-1${round}` });
      const pairs = await Promise.all([1, 2].map(() => anAccepted(world, { broker: one.broker })));
      const same = await Promise.all(
        pairs.map(async (pair) => addMeeting(as(), await meetingAt(world, sessionId, pair.introductionId))),
      );
      expect(same.filter((result) => result.ok)).toHaveLength(1);
      expect(same.find((result) => !result.ok)).toMatchObject({
        code: "sessions:error.tableTaken",
        params: { table: 1, until: "08:30" },
      });
    }
    for (let round = 0; round < 4; round++) {
      const need = (await anAccepted(world, { broker: one.broker })).need;
      const pairs = await Promise.all([1, 2].map(() => anAccepted(world, { broker: one.broker, need })));
      const sessions = await Promise.all([1, 2].map(() => aSession(world, one.broker, { date: `2026-12-1${round}` })));
      const both = await Promise.all(
        pairs.map(async (pair, index) =>
          addMeeting(as(), await meetingAt(world, sessions[index] ?? "", pair.introductionId)),
        ),
      );
      expect(both.filter((result) => result.ok)).toHaveLength(1);
      expect(both.find((result) => !result.ok)).toMatchObject({
        code: "sessions:error.organisationTaken",
        params: { name: await name(need.organisationId), until: "08:30" },
      });
    }
  });

  it("one introduction planned twice at once: one meeting", async () => {
    const pair = await anAccepted(world, { broker: one.broker });
    const sessionId = await aSession(world, one.broker, { date: "2026-12-05" });
    const results = await Promise.all(
      ["08:00", "09:00"].map(async (start) =>
        addMeeting(
          as(),
          await meetingAt(world, sessionId, pair.introductionId, { start, end: `${start.slice(0, 2)}:30` }),
        ),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({ code: "sessions:error.alreadyPlanned" });
  });

  it("two brokers moving one meeting: one wins, the other hears who", async () => {
    const invited = await anInvited(world, { accepted: await anAccepted(world, { broker: one.broker }) });
    const colleague = await makeBroker(world);
    const revision = await revisionOf(world, invited.meetingId);
    const move = async (who: typeof colleague, start: string) => {
      const at = { start, end: `${start.slice(0, 2)}:30`, table: "2" };
      const to = await meetingAt(world, invited.sessionId, invited.introductionId, at);
      return { who, result: await moveMeeting(world.ctx(who), { ...to, ...revision }) };
    };
    const moves = await Promise.all([move(colleague, "09:00"), move(one.broker, "10:00")]);
    const winner = moves.find(({ result }) => result.ok);
    expect(moves.filter(({ result }) => result.ok)).toHaveLength(1);
    expect(moves.find(({ result }) => !result.ok)?.result).toMatchObject({
      code: "sessions:error.changedMeanwhile",
      params: { name: winner?.who.fullName },
    });
  });
});

describe("changing the session", () => {
  const edit = async (sessionId: string, over: Record<string, unknown>) => {
    const form = { ...sessionForm(world, over), revision: (await stepOf(world, sessionId)).revision };
    return editSession(as(), { ...editSessionSchema.parse(form), sessionId });
  };
  it("names the meeting that would not fit any more", async () => {
    const pair = await anAccepted(world, { broker: one.broker });
    const other = await anAccepted(world, { broker: one.broker });
    const sessionId = await aSession(world, one.broker, { date: "2026-12-21" });
    await aMeeting(world, sessionId, pair, { start: "11:00", end: "11:30", table: "2" });
    await aMeeting(world, sessionId, other, { table: "" });
    expect(await edit(sessionId, { date: "2026-12-21", endTime: "11:00" })).toMatchObject({
      code: "sessions:error.meetingOutside",
      params: { at: "11:00 21/12/2026" },
    });
    expect(await edit(sessionId, { date: "2026-12-21", tables: "1" })).toMatchObject({
      code: "sessions:error.tableInUse",
      params: { table: 2 },
    });
    expect(await edit(sessionId, { date: "2026-12-21", onlineUrl: "" })).toMatchObject({
      code: "sessions:error.onlineInUse",
    });
    must(await edit(sessionId, { date: "2026-12-21", endTime: "12:00", tables: "5" }));
  });

  it("put off to another day, takes its meetings along and asks again; a new place keeps the answers", async () => {
    const invited = await anInvited(world, {
      accepted: await anAccepted(world, { broker: one.broker }),
      session: { date: "2026-12-22" },
    });
    const next = await anAccepted(world, { broker: one.broker, need: invited.need });
    const second = await aMeeting(world, invited.sessionId, next, { start: "08:30", end: "09:00" });
    must(await edit(invited.sessionId, { date: "2026-12-22", place: "Phòng họp 3" }));
    must(
      await edit(invited.sessionId, { date: "2026-12-23", startTime: "13:30", endTime: "17:00", place: "Phòng họp 3" }),
    );
    const rows = await db().meeting.findMany({
      where: { sessionId: invited.sessionId },
      orderBy: { startsAt: "asc" },
      include: { participants: true },
    });
    expect(rows.map((row) => [row.id, row.startsAt.toISOString(), row.sequence])).toEqual([
      [invited.meetingId, "2026-12-23T06:30:00.000Z", 2],
      [second, "2026-12-23T07:00:00.000Z", 2],
    ]);
    for (const row of rows)
      for (const side of row.participants) expect(side.startsAt.getTime()).toBe(row.startsAt.getTime());
    const log = await db().auditEntry.findMany({ where: { subjectId: second }, orderBy: { seq: "asc" } });
    expect(log.map((entry) => entry.after)).toMatchObject([{}, { asksAgain: false }, { asksAgain: true }]);
    expect(replayMeeting(log)).toMatchObject({ state: "planned", sequence: 2 });
    expect(await db().outboxEvent.count({ where: { subjectId: second, type: "meeting.moved" } })).toBe(4);
  });

  it("put off onto a day on which a side sits elsewhere, says so and moves nothing", async () => {
    const pair = await anAccepted(world, { broker: one.broker });
    const other = await anAccepted(world, { broker: one.broker, need: pair.need });
    const busy = await aSession(world, one.broker, { date: "2026-12-28", title: "Phiên cuối năm" });
    await aMeeting(world, busy, other);
    const sessionId = await aSession(world, one.broker, { date: "2026-12-27" });
    const meetingId = await aMeeting(world, sessionId, pair);
    must(await sendInvitations(as(), await stepOf(world, sessionId)));
    expect(await edit(sessionId, { date: "2026-12-28" })).toMatchObject({
      code: "sessions:error.organisationTaken",
      params: { session: "Phiên cuối năm", from: "08:00 28/12/2026" },
    });
    expect(await db().meeting.findUniqueOrThrow({ where: { id: meetingId } })).toMatchObject({ sequence: 0 });
  });
});
