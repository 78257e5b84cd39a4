import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cancelMeeting,
  completeStep,
  moveMeeting,
  respondToMeeting,
  saveMinutes,
  sweepMeetings,
} from "~/modules/sessions/index.server";
import { must } from "../../factories/people";
import {
  aMinuted,
  anInvited,
  bothComing,
  type Invited,
  meetingAt,
  minutesForm,
  NOT_COMING,
  revisionOf,
} from "../../factories/sessions";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const db = () => world.container.ports.db;
/** nine in the morning, Việt Nam */
const at = (day: string) => world.clock.set(new Date(`${day}T02:00:00.000Z`));
const sweep = async () => must(await sweepMeetings(world.system));
const NOTHING = { reminded: 0, stepsDue: 0, failed: 0 };
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );
const sideId = async (meetingId: string, side: "need" | "offering") =>
  (await db().meetingParticipant.findUniqueOrThrow({ where: { meetingId_side: { meetingId, side } } })).id;
const callOff = async ({ broker, meetingId }: Invited) =>
  must(await cancelMeeting(world.ctx(broker), { ...(await revisionOf(world, meetingId)), reasonCode: "office" }));
/** Sweeps once on each of these days; the days on which somebody was reminded. */
async function days(from: string, to: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
    const name = new Date(day).toISOString().slice(0, 10);
    at(name);
    const { reminded } = await sweep();
    if (reminded > 0) found[name] = reminded;
  }
  return found;
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
});
afterAll(() => world.close());

describe("reminders of a meeting to come", () => {
  it("go out 7 days and 1 day before; of a weekend on the Friday, when they are read", async () => {
    world.clock.set(TEST_START);
    const one = await anInvited(world, { session: { date: "2026-12-07" } });
    expect(await days("2026-11-23", "2026-12-06")).toEqual({ "2026-11-30": 2, "2026-12-04": 2 });
    const sides = [await sideId(one.meetingId, "need"), await sideId(one.meetingId, "offering")];
    expect(await events(one.meetingId, "meeting.reminder-due")).toEqual(
      [...sides, ...sides].map((participantId) => ({ participantId })),
    );
    // on the day itself, and while it runs, nobody is reminded any more
    world.clock.set(new Date("2026-12-07T00:59:00.000Z"));
    expect(await sweep()).toEqual(NOTHING);
    world.clock.set(new Date("2026-12-07T01:10:00.000Z"));
    expect(await sweep()).toEqual(NOTHING);
    at("2026-12-06");
    await callOff(one);
  });

  it("reach who comes or has not answered, not who declined, and not twice with two workers", async () => {
    world.clock.set(TEST_START);
    const one = await anInvited(world, { session: { date: "2026-12-07" } });
    await bothComing(world, one);
    const no = { meetingId: one.meetingId, side: "offering" as const, sequence: 0, ...NOT_COMING };
    must(await respondToMeeting(world.ctx(one.offering.manager), no));
    at("2026-11-30");
    const both = await Promise.all([sweep(), sweep()]);
    expect(both.map((report) => report.reminded).sort()).toEqual([0, 1]);
    expect(await events(one.meetingId, "meeting.reminder-due")).toEqual([
      { participantId: await sideId(one.meetingId, "need") },
    ]);
    await callOff(one);
  });

  it("after a pause only the newest, no pile; none that the invitation itself has said", async () => {
    world.clock.set(TEST_START);
    const paused = await anInvited(world, { session: { date: "2026-12-07" } });
    at("2026-12-03");
    const late = await anInvited(world, { session: { date: "2026-12-08" } });
    at("2026-12-05");
    // the day-before step came on Friday; the seven-day step is not made up for
    expect(await sweep()).toEqual({ ...NOTHING, reminded: 2 });
    expect(await sweep()).toEqual(NOTHING);
    expect(await events(paused.meetingId, "meeting.reminder-due")).toHaveLength(2);
    expect(await days("2026-12-06", "2026-12-07")).toEqual({ "2026-12-07": 2 });
    expect(await events(late.meetingId, "meeting.reminder-due")).toHaveLength(2);
    at("2026-12-06");
    await callOff(paused);
    await callOff(late);
  });

  it("wait for nobody who holds a meeting that has had its reminder, or whose day has not come", async () => {
    world.clock.set(TEST_START);
    const one = await anInvited(world, { session: { date: "2026-12-07" } });
    const held = (work: () => Promise<unknown>) =>
      db().$transaction(async (tx) => {
        await tx.$queryRaw`SELECT id FROM meeting WHERE id = ${one.meetingId}::uuid FOR UPDATE`;
        await work();
      });
    await held(async () => expect(await sweep()).toEqual(NOTHING));
    at("2026-11-30");
    expect(await sweep()).toEqual({ ...NOTHING, reminded: 2 });
    await held(async () => expect(await sweep()).toEqual(NOTHING));
    await callOff(one);
  });

  it("begin anew when the meeting is put off, and are silent on the day both hear of it", async () => {
    world.clock.set(TEST_START);
    const one = await anInvited(world, { session: { date: "2026-12-15" } });
    expect(await days("2026-12-07", "2026-12-13")).toEqual({ "2026-12-08": 2 });
    // Monday is the day before: what moved today has been told today
    at("2026-12-14");
    const to = await meetingAt(world, one.sessionId, one.introductionId, { start: "10:00", end: "10:30" });
    must(await moveMeeting(world.ctx(one.broker), { ...to, ...(await revisionOf(world, one.meetingId)) }));
    expect(await sweep()).toEqual(NOTHING);
    await callOff(one);
  });

  it("of a meeting after Tết go out on the last working day before it", async () => {
    at("2027-01-20");
    const one = await anInvited(world, { session: { date: "2027-02-12" } });
    expect(await days("2027-01-28", "2027-02-11")).toEqual({ "2027-02-04": 2 });
    await callOff(one);
  });

  it("belong to the system", async () => {
    const one = await anInvited(world, { session: { date: "2027-03-08" } });
    expect(await sweepMeetings(world.ctx(one.broker))).toMatchObject({ code: "common:forbidden" });
    await callOff(one);
  });
});

describe("next steps", () => {
  it("are told to their owner on the day, once, also by a worker that was away", async () => {
    world.clock.set(TEST_START);
    const side = await aMinuted(world, { minutes: { nextOwner: "offering", nextOn: "2026-12-12" } });
    world.clock.set(TEST_START);
    const broker = await aMinuted(world, { minutes: { nextOwner: "broker", nextOn: "2026-12-14" } });
    at("2026-12-11");
    expect(await sweep()).toEqual(NOTHING);
    at("2026-12-12");
    expect(await sweep()).toEqual({ ...NOTHING, stepsDue: 1 });
    expect(await events(side.meetingId, "minutes.step-due")).toEqual([
      { participantId: await sideId(side.meetingId, "offering") },
    ]);
    at("2026-12-20");
    const both = await Promise.all([sweep(), sweep()]);
    expect(both.map((report) => report.stepsDue).sort()).toEqual([0, 1]);
    expect(await events(broker.meetingId, "minutes.step-due")).toEqual([{ brokerId: broker.broker.personId }]);
    expect(await sweep()).toEqual(NOTHING);
  });

  it("are not told when done, or agreed anew; a new date is told again", async () => {
    world.clock.set(TEST_START);
    const done = await aMinuted(world, { minutes: { nextOn: "2026-12-12" } });
    must(await completeStep(world.ctx(done.broker), { meetingId: done.meetingId }));
    world.clock.set(TEST_START);
    const moved = await aMinuted(world, { minutes: { nextOn: "2026-12-12" } });
    at("2026-12-12");
    expect(await sweep()).toEqual({ ...NOTHING, stepsDue: 1 });
    const later = { ...minutesForm(world, { revision: "1", nextOn: "2026-12-16" }), meetingId: moved.meetingId };
    must(await saveMinutes(world.ctx(moved.broker), { ...later, send: true }));
    at("2026-12-15");
    expect(await sweep()).toEqual(NOTHING);
    at("2026-12-16");
    expect(await sweep()).toEqual({ ...NOTHING, stepsDue: 1 });
    expect(await events(done.meetingId, "minutes.step-due")).toEqual([]);
  });
});
