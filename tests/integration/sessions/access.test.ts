import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addMeeting,
  brokerSessionTasks,
  cancelSession,
  createSession,
  editSession,
  listSessions,
  maySeeMeeting,
  meetingsOfCase,
  openMeetingsOf,
  prepareMeeting,
  printSession,
  recordPhoneResponse,
  saveMinutes,
  sessionOfMeeting,
  viewBrokerMeeting,
  viewMeeting,
  viewSession,
} from "~/modules/sessions/index.server";
import { editSessionSchema, sessionSchema } from "~/modules/sessions/schemas";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { makeColleague, makePerson, makeStaff, refreshed } from "../../factories/people";
import {
  aMeeting,
  aMinuted,
  anAccepted,
  anInvited,
  aSession,
  COMING,
  type Invited,
  meetingAt,
  minutesForm,
  sessionForm,
  stepOf,
} from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let one: Invited;
let leader: PersonActor;
let registrar: PersonActor;
let stranger: PersonActor;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  one = await anInvited(world);
  leader = await makeStaff(world, "leader");
  registrar = await makeStaff(world, "registrar");
  stranger = (await makePerson(world)).actor;
});
afterAll(() => world.close());

describe("who sees what", () => {
  it("brokers work, leaders read, everybody else finds nothing", async () => {
    const seen = async (actor: PersonActor | undefined) => {
      const ctx = world.ctx(actor);
      return [
        await listSessions(ctx, {}),
        await viewSession(ctx, one.sessionId),
        await printSession(ctx, one.sessionId),
        await viewBrokerMeeting(ctx, one.meetingId),
        await sessionOfMeeting(ctx, one.meetingId),
        (await meetingsOfCase(ctx, one.caseId))[0] ?? null,
        (await brokerSessionTasks(ctx))[0] ?? null,
      ].map((found) => found !== null);
    };
    const all = Array.from({ length: 7 }, () => true);
    expect(await seen(one.broker)).toEqual(all);
    expect(await seen(leader)).toEqual(all);
    for (const actor of [registrar, stranger, one.need.manager, undefined])
      expect(await seen(actor)).toEqual(all.map(() => false));
    expect(await prepareMeeting(world.ctx(leader), one.sessionId)).toBeNull();
    expect(await viewSession(world.ctx(leader), one.sessionId)).toMatchObject({
      may: { work: false, edit: false, addMeeting: false, cancel: false },
    });
    expect(await viewBrokerMeeting(world.ctx(leader), one.meetingId)).toMatchObject({
      contacts: null,
      slots: [],
      may: { move: false, cancel: false, phone: [], attendance: false, writeMinutes: false, completeStep: false },
    });
  });

  it("leaders and parties change nothing of a session", async () => {
    const step = await stepOf(world, one.sessionId);
    const edit = { ...editSessionSchema.parse({ ...sessionForm(world), revision: "1" }), sessionId: one.sessionId };
    const absent = { code: "common:notFound" };
    for (const actor of [leader, registrar, stranger, one.need.manager]) {
      const ctx = world.ctx(actor);
      expect(await createSession(ctx, sessionSchema.parse(sessionForm(world)))).toMatchObject(absent);
      expect(await editSession(ctx, edit)).toMatchObject(absent);
      expect(await cancelSession(ctx, { ...step, reasonCode: "other" })).toMatchObject(absent);
      expect(
        await addMeeting(
          ctx,
          await meetingAt(world, one.sessionId, one.introductionId, { start: "10:00", end: "10:30" }),
        ),
      ).toMatchObject(absent);
      const phone = {
        meetingId: one.meetingId,
        side: "need" as const,
        sequence: 0,
        ...COMING,
        note: "nghe điện thoại",
      };
      expect(await recordPhoneResponse(ctx, phone)).toMatchObject(absent);
      expect(await saveMinutes(ctx, { ...minutesForm(world), meetingId: one.meetingId, send: true })).toMatchObject(
        absent,
      );
    }
  });

  it("parties see their own meeting from the invitation on, never another's, never a draft", async () => {
    const other = await anAccepted(world, { broker: one.broker, offering: one.offering });
    const hidden = await aSession(world, one.broker, { date: "2026-12-10" });
    const draft = await aMeeting(world, hidden, other);
    for (const who of [other.need.manager, other.offering.manager]) {
      expect(await viewMeeting(world.ctx(who), draft)).toBeNull();
      expect((await openMeetingsOf(world.ctx(who))).map((item) => item.meetingId)).not.toContain(draft);
    }
    expect(await viewMeeting(world.ctx(other.need.manager), one.meetingId)).toBeNull();
    expect(await viewMeeting(world.ctx(stranger), one.meetingId)).toBeNull();
    expect(await viewMeeting(world.ctx(leader), one.meetingId)).toBeNull();
    expect(await viewMeeting(world.ctx(one.need.manager), "no-id")).toBeNull();
    expect(await viewMeeting(world.ctx(one.need.manager), newId())).toBeNull();
    const meeting = { officeId: one.broker.officeId, invitedAt: null, participants: [one.need, one.offering] };
    expect(maySeeMeeting(one.need.manager, meeting)).toBe(false);
    expect(maySeeMeeting(one.need.manager, { ...meeting, invitedAt: new Date() })).toBe(true);
    expect(maySeeMeeting(one.broker, meeting)).toBe(true);
    expect(maySeeMeeting(stranger, { ...meeting, invitedAt: new Date() })).toBe(false);
  });

  it("a party's view holds the other side's name and no contact of anybody but the broker", async () => {
    for (const side of ["need", "offering"] as const) {
      const view = await viewMeeting(world.ctx(one[side].manager), one.meetingId);
      const text = JSON.stringify(view);
      const other = one[side === "need" ? "offering" : "need"];
      const named = await db().organisation.findUniqueOrThrow({ where: { id: other.organisationId } });
      expect(view?.other.organisation).toBe(named.nameVi);
      for (const secret of ["0203 777", "Đầu mối", other.manager.email, other.manager.fullName, other.organisationId])
        expect(text).not.toContain(secret);
    }
    // the broker does see whom to call
    expect(await viewBrokerMeeting(world.ctx(one.broker), one.meetingId)).toMatchObject({
      contacts: [
        { side: "need", name: "Đầu mối A", phone: "0203 777 1111" },
        { side: "offering", name: "Đầu mối B", phone: "0203 777 2222" },
      ],
    });
  });

  it("introductions that are not accepted are offered to nobody for planning", async () => {
    const sessionId = await aSession(world, one.broker, { date: "2026-12-11" });
    const waiting = await anAccepted(world, { broker: one.broker });
    await db().introduction.update({ where: { id: waiting.introductionId }, data: { state: "proposed" } });
    const prepared = await prepareMeeting(world.ctx(one.broker), sessionId);
    const offered = prepared?.introductions.map((choice) => choice.introductionId);
    expect(offered).not.toContain(waiting.introductionId);
    expect(offered).not.toContain(one.introductionId);
  });

  it("a broker who belongs to one side reads, may do nothing, and does not see the other side's feedback", async () => {
    const held = await aMinuted(world);
    await db().meetingFeedback.create({
      data: {
        id: newId(),
        meetingId: held.meetingId,
        side: "offering",
        score: 1,
        comment: "Đối tác chưa chuẩn bị",
        channel: "page",
        byId: held.offering.manager.personId,
        at: world.clock.now(),
      },
    });
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
    const own = await refreshed(world, member);
    const view = await viewBrokerMeeting(world.ctx(own), held.meetingId);
    expect(view).toMatchObject({ ownSide: true, feedback: [], may: { writeMinutes: false, phoneMinutes: [] } });
    expect(JSON.stringify(view)).not.toContain("chưa chuẩn bị");
  });
});
