import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayMinutes } from "~/modules/sessions/domain/minutes-states";
import {
  answerMinutes,
  answerMinutesByLink,
  brokerSessionTasks,
  completeStep,
  giveFeedback,
  minutesToken,
  openMeetingsOf,
  recordPhoneMinutesAnswer,
  saveMinutes,
  viewBrokerMeeting,
  viewMeeting,
  viewMinutesLink,
} from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { makeBroker, makeColleague, must } from "../../factories/people";
import { aHeld, aMinuted, dayAhead, type Invited, minutesForm } from "../../factories/sessions";
import { openTestWorld, TEST_START, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const db = () => world.container.ports.db;
const code = (key: string) => ({ ok: false, code: `sessions:error.${key}` });
const log = (id: string) => db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );
const due = async (id: string, kind: string) => (await db().due.findFirst({ where: { subjectId: id, kind } }))?.state;
const yes = (one: Invited, side: "need" | "offering", revision = 1) => ({
  meetingId: one.meetingId,
  side,
  revision,
  answer: "confirmed" as const,
  remark: null,
});
const no = (one: Invited, side: "need" | "offering", revision = 1) => ({
  ...yes(one, side, revision),
  answer: "disputed" as const,
  remark: "Giá nêu trong biên bản là giá chưa thuế",
});
const save = (one: Invited, actor: PersonActor, revision: number, send: boolean, over: object = {}) =>
  saveMinutes(world.ctx(actor), {
    ...minutesForm(world, { revision: String(revision), ...over }),
    meetingId: one.meetingId,
    send,
  });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10, start: TEST_START });
});
afterAll(() => world.close());

/** A held meeting with sent minutes on a world whose clock begins anew. */
const minuted = async (over: Parameters<typeof aMinuted>[1] = {}) => {
  world.clock.set(TEST_START);
  return aMinuted(world, over);
};

describe("minutes", () => {
  it("disputed → corrected → sent again → both confirm", async () => {
    const one = await minuted();
    must(await answerMinutes(world.ctx(one.need.manager), yes(one, "need")));
    expect(must(await answerMinutes(world.ctx(one.offering.manager), no(one, "offering")))).toEqual({
      state: "disputed",
    });
    expect([await due(one.meetingId, "minutes.write"), await due(one.meetingId, "minutes.confirm")]).toEqual([
      "open",
      "cancelled",
    ]);
    expect((await brokerSessionTasks(world.ctx(one.broker), { mine: true })).map((task) => task.kind)).toEqual([
      "disputed",
    ]);
    // the other side does not read the remark
    expect(JSON.stringify(await viewMeeting(world.ctx(one.need.manager), one.meetingId))).not.toContain("chưa thuế");
    // a correction that is only saved stays on the broker's desk
    must(await save(one, one.broker, 1, false, { decisions: "Bản đang sửa" }));
    const seen = await viewMeeting(world.ctx(one.need.manager), one.meetingId);
    expect(seen).toMatchObject({ minutes: null, minutesBeingRevised: true });
    expect(await answerMinutes(world.ctx(one.need.manager), yes(one, "need"))).toMatchObject(code("minutesDisputed"));
    must(await save(one, one.broker, 2, true, { decisions: "Giá đã gồm thuế" }));
    expect(await answerMinutes(world.ctx(one.need.manager), yes(one, "need"))).toMatchObject(code("minutesReplaced"));
    must(await answerMinutes(world.ctx(one.need.manager), yes(one, "need", 3)));
    expect(must(await answerMinutes(world.ctx(one.offering.manager), yes(one, "offering", 3)))).toEqual({
      state: "confirmed",
    });
    expect(replayMinutes(await log(one.meetingId))).toEqual({
      state: "confirmed",
      revision: 3,
      answers: { need: "confirmed", offering: "confirmed" },
    });
    const view = await viewBrokerMeeting(world.ctx(one.broker), one.meetingId);
    expect(view?.remarks.map((remark) => [remark.revision, remark.side, remark.confirmed])).toEqual([
      [3, "offering", true],
      [3, "need", true],
      [1, "offering", false],
      [1, "need", true],
    ]);
    expect(await save(one, one.broker, 3, true)).toMatchObject(code("minutesConfirmed"));
    expect(await events(one.meetingId, "minutes.sent")).toHaveLength(4);
    expect(await events(one.meetingId, "minutes.answered")).toHaveLength(4);
  });

  it("both sides at once: both count, confirmed once; a yes against a no ends disputed", async () => {
    for (let round = 0; round < 4; round++) {
      const one = await minuted();
      await Promise.all([
        answerMinutes(world.ctx(one.need.manager), yes(one, "need")).then(must),
        answerMinutes(world.ctx(one.offering.manager), yes(one, "offering")).then(must),
      ]);
      expect(await events(one.meetingId, "minutes.confirmed")).toHaveLength(2);
      expect(await due(one.meetingId, "minutes.confirm")).toBe("done");
      const two = await minuted();
      const [need, offering] = await Promise.all([
        answerMinutes(world.ctx(two.need.manager), yes(two, "need")),
        answerMinutes(world.ctx(two.offering.manager), no(two, "offering")),
      ]);
      must(offering);
      if (!need.ok) expect(need).toMatchObject(code("minutesDisputed"));
      expect(replayMinutes(await log(two.meetingId))?.state).toBe("disputed");
    }
  });

  it("pressed twice by colleagues: one answer, the other hears whose", async () => {
    const one = await minuted();
    const colleague = await makeColleague(world, one.need.manager, one.need.organisationId);
    const results = await Promise.all(
      [one.need.manager, colleague].map((who) => answerMinutes(world.ctx(who), yes(one, "need"))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const winner = results[0]?.ok ? one.need.manager : colleague;
    expect(results.find((result) => !result.ok)).toMatchObject({
      ...code("minutesAnswered.confirmed"),
      params: { name: winner.fullName },
    });
  });

  it("two brokers writing: one wins, the other keeps what was typed; sent minutes are corrected by sending only", async () => {
    world.clock.set(TEST_START);
    const one = await aHeld(world);
    const colleague = await makeBroker(world);
    const results = await Promise.all([one.broker, colleague].map((who) => save(one, who, 0, false)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const winner = results[0]?.ok ? one.broker : colleague;
    expect(results.find((result) => !result.ok)).toMatchObject({
      ...code("changedMeanwhile"),
      params: { name: winner.fullName },
    });
    expect(await answerMinutes(world.ctx(one.need.manager), yes(one, "need"))).toMatchObject(code("minutesNotSent"));
    must(await save(one, one.broker, 1, true));
    expect(await save(one, one.broker, 2, false)).toMatchObject(code("minutesSentAlready"));
    must(await save(one, one.broker, 2, true, { decisions: "Sửa lỗi chính tả" }));
    const early = await save(one, one.broker, 3, true, { nextOn: "2026-11-01" });
    expect(early).toMatchObject({ fields: { nextOn: ["sessions:error.nextOnEarly"] } });
  });

  it("by link: once per revision, one person's, for this purpose", async () => {
    const one = await minuted();
    const side = await db().meetingParticipant.findFirstOrThrow({ where: { meetingId: one.meetingId, side: "need" } });
    const token = minutesToken(world.env, side.id, one.need.manager.personId);
    const call = { token, remoteAddress: "192.0.2.9" };
    expect(await viewMinutesLink(world.ctx(), token)).toMatchObject({
      state: "ready",
      meeting: { minutes: { revision: 1, decisions: expect.stringContaining("mô-đun") } },
    });
    const { side: _side, meetingId: _id, ...disputed } = no(one, "need");
    must(await answerMinutesByLink(world.ctx(), { ...call, ...disputed }));
    expect(await viewMinutesLink(world.ctx(), token)).toMatchObject({ state: "answered", answer: "disputed" });
    expect(await answerMinutesByLink(world.ctx(), { ...call, ...disputed })).toMatchObject({
      ...code("minutesAnswered.disputed"),
      params: { name: one.need.manager.fullName },
    });
    must(await save(one, one.broker, 1, true));
    expect(await viewMinutesLink(world.ctx(), token)).toMatchObject({ state: "ready" });
    const wrong = minutesToken(world.env, side.id, one.offering.manager.personId);
    expect(await viewMinutesLink(world.ctx(), wrong)).toEqual({ state: "wrong" });
    expect(await answerMinutesByLink(world.ctx(), { ...call, ...disputed, token: wrong })).toMatchObject(
      code("linkWrong"),
    );
  });

  it("by phone, for a side that has nobody on the exchange; the note is the record", async () => {
    const one = await minuted();
    const short = { ...yes(one, "offering"), remark: "ok" };
    expect(await recordPhoneMinutesAnswer(world.ctx(one.broker), short)).toMatchObject({
      fields: { remark: ["sessions:error.phoneNoteShort"] },
    });
    const said = { ...yes(one, "offering"), remark: "Bà C đồng ý toàn bộ, gọi 15 giờ" };
    expect(must(await recordPhoneMinutesAnswer(world.ctx(one.broker), said))).toEqual({ state: "sent" });
    expect(await recordPhoneMinutesAnswer(world.ctx(one.need.manager), said)).toMatchObject({
      code: "common:notFound",
    });
  });
});

describe("after the meeting", () => {
  it("the next step is its owner's or a broker's to finish, once", async () => {
    const one = await minuted();
    expect(await completeStep(world.ctx(one.need.manager), { meetingId: one.meetingId })).toMatchObject({
      code: "common:notFound",
    });
    expect((await openMeetingsOf(world.ctx(one.offering.manager))).map((item) => item.kind)).toEqual([
      "minutes",
      "step",
      "feedback",
    ]);
    const results = await Promise.all(
      [one.offering.manager, one.broker].map((who) => completeStep(world.ctx(who), { meetingId: one.meetingId })),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const winner = results[0]?.ok ? one.offering.manager : one.broker;
    expect(results.find((result) => !result.ok)).toMatchObject({
      ...code("stepDone"),
      params: { name: winner.fullName },
    });
    // the same step sent again stays done; another one is to do
    must(await save(one, one.broker, 1, true));
    expect(await completeStep(world.ctx(one.broker), { meetingId: one.meetingId })).toMatchObject(code("stepDone"));
    must(await save(one, one.broker, 2, true, { nextStep: "Ký biên bản ghi nhớ", nextOwner: "broker" }));
    expect(await due(one.meetingId, "minutes.step")).toBe("open");
    must(await completeStep(world.ctx(one.broker), { meetingId: one.meetingId }));
    must(await save(one, one.broker, 3, true, { outcome: "not_suitable", nextStep: "", nextOwner: "", nextOn: "" }));
    expect(await completeStep(world.ctx(one.broker), { meetingId: one.meetingId })).toMatchObject(code("stepNone"));
  });

  it("a step changed in a draft is due on its new day once the draft is sent; the same one keeps its day", async () => {
    const one = await minuted();
    const stepDue = () => db().due.findFirstOrThrow({ where: { subjectId: one.meetingId, kind: "minutes.step" } });
    const first = await stepDue();
    must(await answerMinutes(world.ctx(one.need.manager), no(one, "need")));
    // a draft with the same step leaves its day alone
    must(await save(one, one.broker, 1, false, { decisions: "Bản đang sửa" }));
    expect(await stepDue()).toMatchObject({ state: "open", dueOn: first.dueOn });
    const later = { nextOn: dayAhead(world, 21), nextOwner: "broker" };
    must(await save(one, one.broker, 2, false, later));
    expect((await stepDue()).state).toBe("cancelled");
    must(await save(one, one.broker, 3, true, later));
    expect(await stepDue()).toMatchObject({
      state: "open",
      dueOn: new Date(later.nextOn),
      personId: one.broker.personId,
    });
  });

  it("feedback once per side, read by brokers, not by the other side", async () => {
    const one = await minuted();
    const feedback = { meetingId: one.meetingId, side: "need" as const, score: 2, comment: "Chưa đúng chuyên môn" };
    expect(await giveFeedback(world.ctx(one.offering.manager), feedback)).toMatchObject({ code: "common:notFound" });
    const results = await Promise.all([1, 2].map(() => giveFeedback(world.ctx(one.need.manager), feedback)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({
      ...code("feedbackGiven"),
      params: { name: one.need.manager.fullName },
    });
    expect(JSON.stringify(await viewMeeting(world.ctx(one.offering.manager), one.meetingId))).not.toContain(
      "chuyên môn",
    );
    expect(await viewBrokerMeeting(world.ctx(one.broker), one.meetingId)).toMatchObject({ feedback: [{ score: 2 }] });
  });
});
