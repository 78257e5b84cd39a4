import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FUNNEL } from "~/modules/reports/domain/funnel";
import { funnel, funnelRecords } from "~/modules/reports/index.server";
import {
  closeSession,
  confirmSession,
  correctAttendance,
  holdSession,
  meetingsOfCase,
  recordAttendance,
  saveMinutes,
  viewBrokerMeeting,
} from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { makeBroker, makeStaff, must } from "../../factories/people";
import {
  type Accepted,
  aHeld,
  aMinuted,
  anAccepted,
  anInvited,
  atBeginning,
  bothComing,
  minutesForm,
  revisionOf,
  stepOf,
} from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let accepted: Accepted;
const db = () => world.container.ports.db;
const code = (key: string) => ({ ok: false, code: `sessions:error.${key}` });
const MET = FUNNEL.find((one) => one.step === "met");
const BOTH = { need: true, offering: true };
const NEED_ONLY = { need: true, offering: false };

/** Each meeting on a day of its own: two organisations meet again and again. */
let lastDay = Date.UTC(2027, 0, 6);
const at = () => {
  lastDay += 3 * 86_400_000;
  return { accepted, session: { date: new Date(lastDay).toISOString().slice(0, 10) } };
};
const correct = async (actor: PersonActor, meetingId: string, came: { need: boolean; offering: boolean }) =>
  correctAttendance(world.ctx(actor), { ...(await revisionOf(world, meetingId)), ...came });
const dueOf = (meetingId: string) =>
  db().due.findFirst({ where: { kind: "minutes.write", subjectId: meetingId }, select: { state: true, dueOn: true } });
const actionsOf = async (meetingId: string) =>
  (
    await db().auditEntry.findMany({
      where: {
        subjectId: meetingId,
        action: { in: ["meeting.held", "meeting.no-show", "meeting.attendance-corrected"] },
      },
      orderBy: { seq: "asc" },
    })
  ).map(({ action, after }) => [action, (after as { state: string }).state]);

/** A meeting that somebody missed; the clock stands at its beginning. */
async function aMissed() {
  const invited = await anInvited(world, at());
  await bothComing(world, invited);
  must(await confirmSession(world.ctx(invited.broker), await stepOf(world, invited.sessionId)));
  await atBeginning(world, invited.meetingId);
  must(
    await recordAttendance(world.ctx(invited.broker), {
      ...(await revisionOf(world, invited.meetingId)),
      ...NEED_ONLY,
    }),
  );
  return invited;
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  accepted = await anAccepted(world);
});
afterAll(() => world.close());

describe("a correction of who came", () => {
  it("missed to held: both came, the minutes are due from now on and can be written", async () => {
    const { meetingId, broker, caseId } = await aMissed();
    expect(await dueOf(meetingId)).toBeNull();
    expect((await viewBrokerMeeting(world.ctx(broker), meetingId))?.may).toMatchObject({
      correct: true,
      attendance: false,
      writeMinutes: false,
    });
    const checkedIn = async () =>
      (await db().meetingParticipant.findMany({ where: { meetingId }, orderBy: { side: "asc" } })).map((one) => [
        one.attended,
        one.checkedInAt,
      ]);
    const [[, cameAt]] = (await checkedIn()) as [[boolean, Date]];
    world.clock.advanceDays(1);
    expect(must(await correct(broker, meetingId, BOTH))).toEqual({ state: "held" });
    expect(await checkedIn()).toEqual([
      [true, cameAt],
      [true, world.clock.now()],
    ]);
    const due = await dueOf(meetingId);
    expect(due?.state).toBe("open");
    expect(due?.dueOn.getTime()).toBeGreaterThan(world.clock.now().getTime());
    expect(await actionsOf(meetingId)).toEqual([
      ["meeting.no-show", "no_show"],
      ["meeting.attendance-corrected", "held"],
      ["meeting.held", "held"],
    ]);
    const story = (await viewBrokerMeeting(world.ctx(broker), meetingId))?.story.map((item) => item.key);
    expect(story?.slice(0, 2)).toEqual(["meeting.correctedHeld", "meeting.noShow"]);
    must(await saveMinutes(world.ctx(broker), { ...minutesForm(world), meetingId, send: false }));
    expect((await meetingsOfCase(world.ctx(broker), caseId)).find((one) => one.id === meetingId)?.minutes?.state).toBe(
      "draft",
    );
  });

  it("held to missed: nothing is due, the draft stays but says nothing; back again it counts", async () => {
    const { meetingId, sessionId, broker, caseId } = await aHeld(world, at());
    must(await saveMinutes(world.ctx(broker), { ...minutesForm(world), meetingId, send: false }));
    expect(must(await correct(broker, meetingId, NEED_ONLY))).toEqual({ state: "no_show" });
    expect(await dueOf(meetingId)).toMatchObject({ state: "cancelled" });
    expect(await db().minutes.count({ where: { meetingId } })).toBe(1);
    const listed = async () =>
      (await meetingsOfCase(world.ctx(broker), caseId)).find((one) => one.id === meetingId)?.minutes;
    expect(await listed()).toBeNull();
    const draft = { ...minutesForm(world, { revision: "1" }), meetingId, send: true };
    expect(await saveMinutes(world.ctx(broker), draft)).toMatchObject(code("minutesOnlyHeld"));
    // the other side was missed, not this one
    expect(must(await correct(broker, meetingId, { need: false, offering: true }))).toEqual({ state: "no_show" });
    // a session whose only meeting was missed is held and closed; then nothing is put right any more
    must(await correct(broker, meetingId, BOTH));
    expect(await dueOf(meetingId)).toMatchObject({ state: "open" });
    expect((await listed())?.state).toBe("draft");
    must(await holdSession(world.ctx(broker), await stepOf(world, sessionId)));
    expect(await closeSession(world.ctx(broker), await stepOf(world, sessionId))).toMatchObject(code("minutesMissing"));
    must(await correct(broker, meetingId, NEED_ONLY));
    must(await closeSession(world.ctx(broker), await stepOf(world, sessionId)));
    expect(await correct(broker, meetingId, BOTH)).toMatchObject(code("sessionClosed"));
    expect((await viewBrokerMeeting(world.ctx(broker), meetingId))?.may.correct).toBe(false);
  });

  it("is refused before attendance, for the same again, and once minutes were sent", async () => {
    // an introduction has one planned meeting at a time: this one is of another
    const planned = await anInvited(world);
    expect(await correct(planned.broker, planned.meetingId, BOTH)).toMatchObject(code("attendanceFirst"));
    const held = await aHeld(world, at());
    expect(await correct(held.broker, held.meetingId, BOTH)).toMatchObject(code("attendanceSame"));
    const missed = await aMissed();
    expect(await correct(missed.broker, missed.meetingId, NEED_ONLY)).toMatchObject(code("attendanceSame"));
    const minuted = await aMinuted(world, at());
    expect(await correct(minuted.broker, minuted.meetingId, NEED_ONLY)).toMatchObject(code("attendanceMinuted"));
    expect(await actionsOf(minuted.meetingId)).toEqual([["meeting.held", "held"]]);
  });

  it("is a broker's of the office, not one of a side's; of two at once one wins and the other hears who", async () => {
    const { meetingId, broker, need } = await aHeld(world, at());
    const stranger = { ...(await makeBroker(world)), officeId: "0198a000-0000-7000-8000-000000000000" };
    for (const actor of [need.manager, await makeStaff(world, "leader"), stranger])
      expect(await correct(actor, meetingId, NEED_ONLY)).toMatchObject({ code: "common:notFound" });
    const own: PersonActor = {
      ...broker,
      memberships: [{ organisationId: need.organisationId, role: "member", verified: true, name: "…" }],
    };
    expect(await correct(own, meetingId, NEED_ONLY)).toMatchObject(code("ownOrganisation"));
    const other = await makeBroker(world);
    const revision = await revisionOf(world, meetingId);
    const tries = await Promise.all([
      correctAttendance(world.ctx(broker), { ...revision, ...NEED_ONLY }),
      correctAttendance(world.ctx(other), { ...revision, need: false, offering: true }),
    ]);
    expect(tries.filter((one) => one.ok)).toHaveLength(1);
    const winner = tries[0]?.ok ? broker : other;
    expect(tries.find((one) => !one.ok)).toMatchObject({
      ...code("changedMeanwhile"),
      params: { name: winner.fullName },
    });
  });
});

describe("the figure of held meetings", () => {
  /** From the log alone: what its last word about each meeting is. */
  async function counted(): Promise<string[]> {
    const rows = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM (
        SELECT DISTINCT ON (subject_id) subject_id AS id, after->>'state' AS state FROM audit_entry
         WHERE action IN ('meeting.held', 'meeting.attendance-corrected') ORDER BY subject_id, seq DESC
      ) last WHERE state = 'held'`;
    return rows.map((row) => row.id).sort();
  }
  async function shown(year: number | null = null): Promise<string[]> {
    const ask = { year, mine: false };
    const figure = (await funnel(world.ctx(accepted.broker), ask))?.steps.find((one) => one.step === "met")?.count;
    const page = await funnelRecords(world.ctx(accepted.broker), { ...ask, step: "met", page: 1 });
    expect(page?.total).toBe(figure);
    expect(page?.rows).toHaveLength(figure ?? -1);
    return (page?.rows ?? []).map((row) => row.id).sort();
  }
  const stored = async () =>
    (await db().meeting.findMany({ where: { state: "held" }, select: { id: true } })).map((row) => row.id).sort();

  it("agrees with the log and with the meetings after every correction, there and back", async () => {
    expect(MET?.action).toBe("meeting.held");
    const { meetingId, broker } = await aHeld(world, at());
    for (const [came, counts] of [
      [BOTH, true],
      [NEED_ONLY, false],
      [{ need: false, offering: false }, false],
      [BOTH, true],
      [{ need: false, offering: true }, false],
      [BOTH, true],
    ] as const) {
      const held = (await stored()).includes(meetingId);
      if (!(held && counts)) must(await correct(broker, meetingId, came));
      const now = await shown();
      expect(now.includes(meetingId)).toBe(counts);
      expect(now).toEqual(await counted());
      expect(now).toEqual(await stored());
    }
    expect((await shown()).length).toBeGreaterThan(1);
  });

  it("counts a meeting in the year in which it was found to be held", async () => {
    const { meetingId, broker } = await aMissed();
    world.clock.set(new Date("2028-01-03T02:00:00.000Z"));
    must(await correct(broker, meetingId, BOTH));
    expect(await shown(2028)).toEqual([meetingId]);
    expect((await shown(2027)).length + 1).toBe((await shown()).length);
    must(await correct(broker, meetingId, NEED_ONLY));
    expect(await shown(2028)).toEqual([]);
  });
});
