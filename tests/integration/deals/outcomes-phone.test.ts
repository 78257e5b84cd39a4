import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChaseAnswer } from "~/generated/prisma/enums";
import {
  answerOutcome,
  outcomesOfCase,
  outcomesToResolve,
  recordPhoneOutcome,
  viewOutcome,
  viewPhoneOutcome,
} from "~/modules/deals/index.server";
import { phoneOutcomeSchema } from "~/modules/deals/schemas";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { aPair, type Pair } from "../../factories/cases";
import { aDealAt, aDealScene } from "../../factories/deals";
import { aMeeting, anAgreed, chase, questionsOf } from "../../factories/outcomes";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
let other: PersonActor;
const db = () => world.container.ports.db;
const NOTE = "Bà Lan, phó giám đốc, gọi đến sáng nay: vẫn đang chờ báo giá.";
const phone = (actor: PersonActor, questionId: string, answer: ChaseAnswer) =>
  recordPhoneOutcome(world.ctx(actor), { questionId, answer, note: NOTE });
const onPage = (actor: PersonActor, questionId: string, answer: ChaseAnswer) =>
  answerOutcome(world.ctx(actor), { questionId, answer, note: null });
const told = async (id: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } }))
    .map((row) => ({ type: row.type, payload: row.payload }))
    .filter((one) => one.type !== "outcome.asked");
/** A broker who also belongs to this side. */
const belonging = (side: "need" | "offering"): PersonActor => ({
  ...other,
  memberships: [{ organisationId: pair[side].organisationId, role: "member", verified: true, name: "…" }],
});

/** A held meeting about which both sides have just been asked. */
async function asked() {
  const agreed = await anAgreed(world, pair);
  await aMeeting(world, agreed);
  world.clock.advanceDays(7);
  await chase(world);
  const [need, offering] = await questionsOf(world, agreed.caseId);
  return { caseId: agreed.caseId, need: need.id, offering: offering.id };
}
/** Questions whose card on the case page leads to the form. */
const links = async (actor: PersonActor, caseId: string) =>
  (await outcomesOfCase(world.ctx(actor), caseId)).steps.flatMap((step) =>
    step.sides.filter((side) => side.phone).map((side) => side.questionId),
  );

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  pair = await aPair(world);
  other = await makeBroker(world);
});
afterAll(() => world.close());

describe("an answer by phone", () => {
  it("is written down by a broker of the office with the record of the call, which the organisation can read", async () => {
    const { need, offering, caseId } = await asked();
    expect(await viewPhoneOutcome(world.ctx(other), need)).toMatchObject({
      state: "open",
      caseId,
      side: "need",
      ownSide: false,
      days: 7,
    });
    expect(await links(other, caseId)).toEqual([need, offering]);
    expect(must(await phone(other, need, "talking"))).toEqual({ answer: "talking", conflict: false, caseId });
    expect(await db().outcomeQuestion.findUniqueOrThrow({ where: { id: need } })).toMatchObject({
      answer: "talking",
      channel: "phone",
      note: NOTE,
      answeredById: other.personId,
      answeredAt: world.clock.now(),
    });
    const entry = await db().auditEntry.findFirstOrThrow({ where: { subjectId: need, action: "outcome.answered" } });
    expect(entry).toMatchObject({
      actorId: other.personId,
      onBehalfOfId: null,
      after: { state: "answered", answer: "talking", channel: "phone", side: "need", days: 7, caseId },
    });
    expect(JSON.stringify(entry.after)).not.toContain("Bà Lan");
    expect(await told(need)).toEqual([]);
    expect(await viewOutcome(world.ctx(pair.need.owner), need)).toMatchObject({
      state: "answered",
      channel: "phone",
      note: NOTE,
      answeredBy: other.fullName,
    });
    expect(JSON.stringify(await viewOutcome(world.ctx(pair.offering.owner), offering))).not.toContain("Bà Lan");
    expect(await links(other, caseId)).toEqual([offering]);
    expect((await viewPhoneOutcome(world.ctx(other), need))?.state).toBe("answered");
  });

  it("contradicts the other side as any answer does: a conflict on both rows, told once, due once", async () => {
    const { need, offering, caseId } = await asked();
    must(await onPage(pair.need.owner, need, "talking"));
    expect(must(await phone(other, offering, "stopped")).conflict).toBe(true);
    const rows = await db().outcomeQuestion.findMany({ where: { id: { in: [need, offering] } } });
    expect(rows.map((row) => row.conflict)).toEqual([true, true]);
    expect([...(await told(need)), ...(await told(offering))]).toEqual([
      { type: "outcome.conflict", payload: { brokerId: pair.broker.personId } },
    ]);
    expect(await db().due.count({ where: { kind: "outcome.resolve", subjectId: need, state: "open" } })).toBe(1);
    const conflict = (await outcomesToResolve(world.ctx(other)))?.conflicts.find((one) => one.caseId === caseId);
    expect(conflict?.step.sides.map((side) => side.channel)).toEqual(["page", "phone"]);
  });

  it("that they agreed or signed asks the case's broker for a deal", async () => {
    const { offering } = await asked();
    expect(must(await phone(other, offering, "agreed")).conflict).toBe(false);
    expect(await told(offering)).toEqual([{ type: "outcome.answered", payload: { brokerId: pair.broker.personId } }]);
  });

  it("and one on the page at the same moment: one wins, the other hears who was quicker", async () => {
    const { need } = await asked();
    const tries = await Promise.all([phone(other, need, "talking"), onPage(pair.need.owner, need, "signed")]);
    expect(tries.filter((one) => one.ok)).toHaveLength(1);
    const winner = tries[0]?.ok ? other : pair.need.owner;
    expect(tries.find((one) => !one.ok)).toMatchObject({
      code: "outcomes:error.alreadyAnswered",
      params: { name: winner.fullName },
    });
  });
});

describe("it is refused", () => {
  it("to whoever is no broker of the office, as absent", async () => {
    const { need, caseId } = await asked();
    const elsewhere = { ...other, officeId: newId() };
    for (const actor of [
      elsewhere,
      pair.need.owner,
      await makeStaff(world, "leader"),
      await makeStaff(world, "registrar"),
    ]) {
      expect(await phone(actor, need, "signed")).toMatchObject({ code: "common:notFound" });
      expect(await viewPhoneOutcome(world.ctx(actor), need)).toBeNull();
      expect(await links(actor, caseId)).toEqual([]);
    }
    for (const id of [newId(), "no id"])
      expect(await phone(other, id, "signed")).toMatchObject({ code: "common:notFound" });
  });

  it("to a broker who belongs to either side, for both sides", async () => {
    const { need, offering, caseId } = await asked();
    for (const actor of [belonging("need"), belonging("offering")]) {
      for (const id of [need, offering]) {
        expect(await phone(actor, id, "signed")).toMatchObject({ code: "outcomes:error.ownOrganisation" });
        expect((await viewPhoneOutcome(world.ctx(actor), id))?.ownSide).toBe(true);
      }
      expect(await links(actor, caseId)).toEqual([]);
    }
    expect(await db().outcomeQuestion.count({ where: { caseId, answer: { not: null } } })).toBe(0);
  });

  it("once answered, asked anew, or told by a deal", async () => {
    const { need, offering, caseId } = await asked();
    must(await onPage(pair.need.owner, need, "talking"));
    expect(await phone(other, need, "signed")).toMatchObject({
      code: "outcomes:error.alreadyAnswered",
      params: { name: pair.need.owner.fullName },
    });
    world.clock.advanceDays(23);
    await chase(world);
    expect(await phone(other, offering, "signed")).toMatchObject({ code: "outcomes:error.superseded" });
    const newest = (await questionsOf(world, caseId)).map((one) => one.id);
    expect(await links(other, caseId)).toEqual(newest);
    const dealId = await aDealAt(world, await aDealScene(world), "signed");
    await db().deal.update({ where: { id: dealId }, data: { caseId } });
    expect(await phone(other, newest[0] ?? "", "signed")).toMatchObject({ code: "outcomes:error.over" });
    expect(await links(other, caseId)).toEqual([]);
  });

  it("without a record of the call", () => {
    const short = phoneOutcomeSchema.safeParse({ answer: "talking", note: "gọi rồi" });
    expect(short.error?.issues.map((issue) => issue.message)).toEqual(["outcomes:error.phoneNoteShort"]);
    expect(phoneOutcomeSchema.safeParse({ answer: "perhaps", note: NOTE }).success).toBe(false);
    expect(phoneOutcomeSchema.parse({ answer: "stopped", note: `  ${NOTE} ` }).note).toBe(NOTE);
  });
});
