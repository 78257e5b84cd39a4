import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChaseAnswer } from "~/generated/prisma/enums";
import { endMembership } from "~/modules/accounts/index.server";
import {
  answerOutcome,
  answerOutcomeByLink,
  caseOfOutcome,
  openOutcomesOf,
  outcomesOfCase,
  outcomesToResolve,
  outcomeToken,
  resolveOutcome,
  viewOutcome,
  viewOutcomeLink,
} from "~/modules/deals/index.server";
import { outcomeAnswerSchema, resolveOutcomeSchema } from "~/modules/deals/schemas";
import { createLimits } from "~/platform/adapters/limits.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { aPair, type Pair } from "../../factories/cases";
import { type Agreed, aMeeting, anAgreed, chase, questionsOf } from "../../factories/outcomes";
import { makeBroker, makeColleague, makeOrganisation, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
let lastAddress = 0;
const db = () => world.container.ports.db;
// another visitor each time: how often one address may try is tested elsewhere
const remoteAddress = () => `198.51.100.${++lastAddress}`;
const SAID = (answer: ChaseAnswer, note: string | null = null) => ({ answer, note });
const NOTE = "Gọi cả hai bên ngày hôm nay: hợp đồng chưa ký.";
const eventsOf = async (id: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map((row) => ({
    type: row.type,
    payload: row.payload,
  }));
const auditOf = async (id: string) =>
  (
    await db().auditEntry.findMany({
      where: { subjectKind: "outcome-question", subjectId: id },
      orderBy: { seq: "asc" },
    })
  ).map((row) => ({ action: row.action, after: row.after }));

/** A held meeting about which both sides have just been asked. */
async function asked(own: Pair = pair): Promise<Agreed & { need: string; offering: string; meetingId: string }> {
  const agreed = await anAgreed(world, own);
  const meetingId = await aMeeting(world, agreed);
  world.clock.advanceDays(7);
  await chase(world);
  const [need, offering] = await questionsOf(world, agreed.caseId);
  return { ...agreed, meetingId, need: need.id, offering: offering.id };
}
const answer = (actor: PersonActor, questionId: string, said: ChaseAnswer) =>
  answerOutcome(world.ctx(actor), { questionId, ...SAID(said) });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  const secret = (name: string) => ({
    contactName: `Canary ${name}`,
    contactPhone: "0999 123 456",
    contactEmail: `canary-${name}@example.invalid`,
  });
  pair = await aPair(world, { need: secret("need"), offering: secret("offering") });
});
afterAll(() => world.close());

describe("the question", () => {
  it("is seen and answered by members of its side, once, and by nobody else", async () => {
    const { need, offering, caseId, meetingId } = await asked();
    const view = await viewOutcome(world.ctx(pair.need.owner), need);
    expect(view).toMatchObject({ state: "open", subjectKind: "meeting", subjectId: meetingId, days: 7, answer: null });
    expect(view?.broker.fullName).toBe(pair.broker.fullName);
    expect(JSON.stringify(view)).not.toMatch(/Canary|canary-|0999/);
    for (const actor of [
      pair.offering.owner,
      pair.broker,
      (await makeOrganisation(world, { broker: pair.broker })).manager,
    ]) {
      expect(await viewOutcome(world.ctx(actor), need)).toBeNull();
      expect(await answer(actor, need, "signed")).toMatchObject({ code: "common:notFound" });
    }
    expect(await answerOutcome(world.ctx(), { questionId: need, ...SAID("signed") })).toMatchObject({
      code: "common:notFound",
    });
    expect(await answer(pair.need.owner, newId(), "signed")).toMatchObject({ code: "common:notFound" });
    expect(await answer(pair.need.owner, "no id", "signed")).toMatchObject({ code: "common:notFound" });

    expect((await openOutcomesOf(world.ctx(pair.need.owner))).map((one) => one.id)).toContain(need);
    expect(must(await answer(pair.need.owner, need, "talking"))).toEqual({ answer: "talking", conflict: false });
    expect(await answer(pair.need.owner, need, "signed")).toMatchObject({
      code: "outcomes:error.alreadyAnswered",
      params: { name: pair.need.owner.fullName },
    });
    expect((await openOutcomesOf(world.ctx(pair.need.owner))).map((one) => one.id)).not.toContain(need);
    // what one side said is not told to the other
    expect(JSON.stringify(await viewOutcome(world.ctx(pair.offering.owner), offering))).not.toContain("talking");

    expect(await caseOfOutcome(world.ctx(pair.broker), need)).toBe(caseId);
    expect(await caseOfOutcome(world.ctx(await makeStaff(world, "leader")), need)).toBe(caseId);
    expect(await caseOfOutcome(world.ctx(pair.need.owner), need)).toBeNull();
    expect(await caseOfOutcome(world.ctx(await makeStaff(world, "registrar")), need)).toBeNull();
  });

  it("leaves facts in the log and tells the broker only of what needs a deal", async () => {
    const { need, offering, caseId } = await asked();
    must(await answer(pair.need.owner, need, "talking"));
    expect(await auditOf(need)).toEqual([
      { action: "outcome.asked", after: expect.objectContaining({ state: "asked", days: 7, side: "need", caseId }) },
      {
        action: "outcome.answered",
        after: { state: "answered", answer: "talking", channel: "page", side: "need", days: 7, caseId },
      },
    ]);
    expect((await eventsOf(need)).map((event) => event.type)).toEqual(["outcome.asked"]);
    must(await answer(pair.offering.owner, offering, "agreed"));
    expect((await eventsOf(offering)).at(-1)).toEqual({
      type: "outcome.answered",
      payload: { brokerId: pair.broker.personId },
    });
    const tasks = await outcomesToResolve(world.ctx(pair.broker));
    expect(tasks?.agreements.find((one) => one.caseId === caseId)).toMatchObject({
      answer: "agreed",
      mine: true,
      dealId: null,
    });
  });

  it("gives way to the next one: an old link or page answers nothing any more", async () => {
    const { need, caseId } = await asked();
    const token = outcomeToken(world.env, need, pair.need.owner.personId);
    world.clock.advanceDays(23);
    await chase(world);
    expect(await viewOutcome(world.ctx(pair.need.owner), need)).toMatchObject({ state: "superseded" });
    expect(await viewOutcomeLink(world.ctx(), token)).toEqual({ state: "superseded", questionId: need });
    const late = { token, remoteAddress: remoteAddress(), ...SAID("signed") };
    expect(await answerOutcomeByLink(world.ctx(), late)).toMatchObject({ code: "outcomes:error.superseded" });
    const [newest] = await questionsOf(world, caseId);
    must(await answer(pair.need.owner, newest.id, "talking"));
  });
});

describe("the one-tap link", () => {
  it("answers without a sign-in, once; looking at it answers nothing and tells no contact", async () => {
    const { need } = await asked();
    const { owner } = pair.need;
    const token = outcomeToken(world.env, need, owner.personId);
    for (let look = 0; look < 3; look++) {
      const view = await viewOutcomeLink(world.ctx(), token);
      expect(view).toMatchObject({ state: "ready", question: { id: need, other: null } });
      expect(JSON.stringify(view)).not.toMatch(/Canary|canary-|0999/);
    }
    expect((await db().outcomeQuestion.findUniqueOrThrow({ where: { id: need } })).answer).toBeNull();
    const said = { token, remoteAddress: remoteAddress(), ...SAID("talking", "Đang thử mẫu.") };
    expect(must(await answerOutcomeByLink(world.ctx(), said))).toEqual({ answer: "talking", conflict: false });
    expect(await answerOutcomeByLink(world.ctx(), { ...said, answer: "signed" })).toMatchObject({
      code: "outcomes:error.alreadyAnswered",
      params: { name: owner.fullName },
    });
    expect(await viewOutcomeLink(world.ctx(), token)).toEqual({
      state: "answered",
      answer: "talking",
      questionId: need,
    });
    expect(await db().outcomeQuestion.findUniqueOrThrow({ where: { id: need } })).toMatchObject({
      channel: "link",
      answeredById: owner.personId,
      note: "Đang thử mẫu.",
    });
    const entry = await db().auditEntry.findFirstOrThrow({ where: { subjectId: need, action: "outcome.answered" } });
    expect(entry).toMatchObject({ actorId: null, actorKind: "anonymous", onBehalfOfId: owner.personId });
    expect(JSON.stringify(entry.after)).not.toContain("Đang thử");
  });

  it("cannot be forged, turned to another question, or used by who has left", async () => {
    const { need, offering } = await asked();
    const colleague = await makeColleague(world, pair.need.owner, pair.need.organisationId);
    const good = outcomeToken(world.env, need, colleague.personId);
    const [ids = "", mac = ""] = good.split(".");
    const wrong = [
      "nonsense",
      `${ids}.${mac.slice(0, -2)}AA`,
      `${outcomeToken(world.env, offering, colleague.personId).split(".")[0]}.${mac}`,
      // ours, but the person does not belong to that side, or there is no such question
      outcomeToken(world.env, offering, colleague.personId),
      outcomeToken(world.env, newId(), colleague.personId),
    ];
    for (const token of wrong) {
      expect(await viewOutcomeLink(world.ctx(), token)).toEqual({ state: "wrong" });
      expect(
        await answerOutcomeByLink(world.ctx(), { token, remoteAddress: remoteAddress(), ...SAID("signed") }),
      ).toMatchObject({ code: "outcomes:error.linkWrong" });
    }
    const membership = await db().membership.findFirstOrThrow({ where: { personId: colleague.personId } });
    must(await endMembership(world.ctx(pair.need.owner), { membershipId: membership.id }));
    expect(await viewOutcomeLink(world.ctx(), good)).toEqual({ state: "wrong" });
    expect(
      await answerOutcomeByLink(world.ctx(), { token: good, remoteAddress: remoteAddress(), ...SAID("signed") }),
    ).toMatchObject({ code: "outcomes:error.linkWrong" });
    for (const id of [need, offering])
      expect((await db().outcomeQuestion.findUniqueOrThrow({ where: { id } })).answer).toBeNull();
  });

  it("is not tried more often than an address may", async () => {
    // the limits of production, where tests allow a thousand times as much; an address gets ten times the points
    const limits = createLimits(world.env, { rules: { "one-time-link": { points: 1, seconds: 60 } } });
    const address = remoteAddress();
    const codes: string[] = [];
    for (let tries = 0; tries < 11; tries++) {
      const tried = { token: "x", remoteAddress: address, ...SAID("talking") };
      const result = await answerOutcomeByLink({ ...world.ctx(), limits }, tried);
      codes.push(result.ok ? "ok" : result.code);
    }
    await limits.close();
    expect(new Set(codes.slice(0, 10))).toEqual(new Set(["outcomes:error.linkWrong"]));
    expect(codes.at(-1)).toBe("common:tooMany");
  });
});

describe("two stories", () => {
  it("two sides answering at the same moment: one conflict on both rows, told once, whoever came first", async () => {
    for (let round = 0; round < 6; round++) {
      const { need, offering } = await asked();
      const answers = await Promise.all([
        answer(pair.need.owner, need, "signed"),
        answer(pair.offering.owner, offering, round % 2 === 0 ? "stopped" : "talking"),
      ]);
      expect(answers.map((one) => must(one).conflict).sort()).toEqual([false, true]);
      const rows = await db().outcomeQuestion.findMany({ where: { id: { in: [need, offering] } } });
      expect(rows.map((row) => row.conflict)).toEqual([true, true]);
      const events = [...(await eventsOf(need)), ...(await eventsOf(offering))];
      expect(events.filter((event) => event.type === "outcome.conflict")).toEqual([
        { type: "outcome.conflict", payload: { brokerId: pair.broker.personId } },
      ]);
      const log = await db().auditEntry.findMany({
        where: { action: "outcome.conflict", subjectId: { in: [need, offering] } },
      });
      expect(log.map((entry) => entry.subjectId).sort()).toEqual([need, offering].sort());
    }
  });

  it("one side pressing twice at the same moment: one wins, the other hears who was quicker", async () => {
    const { need } = await asked();
    const tries = await Promise.all([1, 2, 3].map(() => answer(pair.need.owner, need, "talking")));
    expect(tries.filter((one) => one.ok)).toHaveLength(1);
    for (const one of tries.filter((result) => !result.ok))
      expect(one).toMatchObject({ code: "outcomes:error.alreadyAnswered", params: { name: pair.need.owner.fullName } });
  });

  it("talking and agreed are two views of one thing", async () => {
    const { need, offering, caseId } = await asked();
    must(await answer(pair.need.owner, need, "agreed"));
    expect(must(await answer(pair.offering.owner, offering, "talking")).conflict).toBe(false);
    expect((await outcomesToResolve(world.ctx(pair.broker)))?.conflicts.map((one) => one.caseId)).not.toContain(caseId);
  });

  it("a broker resolves with what was found; it counts for both sides, what they said stays", async () => {
    const { need, offering, caseId } = await asked();
    must(await answer(pair.need.owner, need, "signed"));
    must(await answer(pair.offering.owner, offering, "stopped"));
    const conflict = (await outcomesToResolve(world.ctx(pair.broker)))?.conflicts.find((one) => one.caseId === caseId);
    expect(conflict).toMatchObject({ mine: true, ownSide: false, step: { days: 7, conflict: true } });
    const due = () => db().due.findFirstOrThrow({ where: { kind: "outcome.resolve", subjectId: need } });
    expect(await due()).toMatchObject({ state: "open", dueOn: conflict?.dueOn, personId: pair.broker.personId });
    expect(conflict?.dueOn?.getTime()).toBeGreaterThan(world.clock.now().getTime());
    expect(conflict?.step.sides.map((side) => side.answer)).toEqual(["signed", "stopped"]);

    const input = { questionId: offering, resolution: "signed" as const, note: NOTE };
    for (const actor of [pair.need.owner, await makeStaff(world, "leader"), await makeStaff(world, "registrar")])
      expect(await resolveOutcome(world.ctx(actor), input)).toMatchObject({ code: "common:notFound" });
    const other = await makeBroker(world);
    const tries = await Promise.all([
      resolveOutcome(world.ctx(pair.broker), input),
      resolveOutcome(world.ctx(other), { ...input, resolution: "stopped" }),
    ]);
    expect(tries.filter((one) => one.ok)).toHaveLength(1);
    expect(await due()).toMatchObject({ state: "done" });
    const winner = tries[0]?.ok ? pair.broker : other;
    expect(tries.find((one) => !one.ok)).toMatchObject({
      code: "outcomes:error.alreadyResolved",
      params: { name: winner.fullName },
    });
    const rows = await db().outcomeQuestion.findMany({ where: { caseId }, orderBy: { side: "asc" } });
    const resolution = winner === other ? "stopped" : "signed";
    expect(rows.map((row) => [row.answer, row.resolution, row.resolvedById])).toEqual([
      ["signed", resolution, winner.personId],
      ["stopped", resolution, winner.personId],
    ]);
    expect((await outcomesToResolve(world.ctx(pair.broker)))?.conflicts.map((one) => one.caseId)).not.toContain(caseId);
    expect((await auditOf(need)).at(-1)).toMatchObject({
      action: "outcome.resolved",
      after: { state: "resolved", resolution },
    });
    expect(await outcomesOfCase(world.ctx(pair.broker), caseId)).toMatchObject({
      steps: [{ days: 7, conflict: true, resolution, resolvedBy: winner.fullName, resolvedNote: NOTE }],
    });
    expect(await outcomesOfCase(world.ctx(pair.need.owner), caseId)).toEqual({ steps: [], next: null });
  });

  it("only a contradiction is resolved, and not by a broker who belongs to one side", async () => {
    const { need, offering } = await asked();
    must(await answer(pair.need.owner, need, "talking"));
    const input = { questionId: need, resolution: "talking" as const, note: NOTE };
    expect(await resolveOutcome(world.ctx(pair.broker), input)).toMatchObject({ code: "outcomes:error.noConflict" });
    must(await answer(pair.offering.owner, offering, "stopped"));
    const both: PersonActor = {
      ...pair.broker,
      memberships: [{ organisationId: pair.need.organisationId, role: "member", verified: true, name: "…" }],
    };
    expect(await resolveOutcome(world.ctx(both), input)).toMatchObject({ code: "outcomes:error.ownOrganisation" });
    // nor does that broker read what the other side wrote to the Department
    await db().outcomeQuestion.updateMany({ where: { id: { in: [need, offering] } }, data: { note: "Chỉ Sở đọc" } });
    const { caseId } = await db().outcomeQuestion.findUniqueOrThrow({ where: { id: need } });
    const notes = async (actor: PersonActor) =>
      (await outcomesOfCase(world.ctx(actor), caseId)).steps[0]?.sides.map((side) => side.note);
    expect(await notes(both)).toEqual(["Chỉ Sở đọc", null]);
    expect(await notes(pair.broker)).toEqual(["Chỉ Sở đọc", "Chỉ Sở đọc"]);
    must(await resolveOutcome(world.ctx(pair.broker), input));
  });
});

describe("the forms", () => {
  it("ask for one of four answers, and the broker for what was found out", () => {
    expect(outcomeAnswerSchema.safeParse({ answer: "perhaps" }).success).toBe(false);
    expect(outcomeAnswerSchema.parse({ answer: "agreed", note: "  " })).toEqual({ answer: "agreed", note: null });
    expect(outcomeAnswerSchema.safeParse({ answer: "agreed", note: "x".repeat(1_001) }).success).toBe(false);
    const short = resolveOutcomeSchema.safeParse({ questionId: newId(), resolution: "signed", note: "gọi rồi" });
    expect(short.error?.issues.map((issue) => issue.message)).toEqual(["outcomes:error.noteNeeded"]);
  });
});
