import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChaseAnswer, DealStage, DealStatus } from "~/generated/prisma/enums";
import {
  answerOutcome,
  openOutcomesOf,
  outcomesOfCase,
  resolveOutcome,
  sweepOutcomes,
} from "~/modules/deals/index.server";
import { newId } from "~/platform/ids";
import { aPair, type Pair } from "../../factories/cases";
import { type Agreed, aMeeting, anAgreed, chase, questionsOf } from "../../factories/outcomes";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
let serial = 0;
const db = () => world.container.ports.db;
const at = (day: string, hour = "02:00") => world.clock.set(new Date(`${day}T${hour}:00.000Z`));
const daysAsked = async (caseId: string) =>
  (await db().outcomeQuestion.findMany({ where: { caseId, side: "need" }, orderBy: { askedAt: "asc" } })).map(
    (row) => row.days,
  );
const both = async (agreed: Agreed, need: ChaseAnswer, offering: ChaseAnswer) => {
  const [ours, theirs] = await questionsOf(world, agreed.caseId);
  must(await answerOutcome(world.ctx(pair.need.owner), { questionId: ours.id, answer: need, note: null }));
  return must(
    await answerOutcome(world.ctx(pair.offering.owner), { questionId: theirs.id, answer: offering, note: null }),
  );
};

/** A deal of a case as its own commands leave it at a stage; these are tested elsewhere. */
async function aDeal(caseId: string, stage: DealStage, status: DealStatus = "active"): Promise<void> {
  const now = world.clock.now();
  const signed = ["signed", "performing"].includes(stage);
  await db().deal.create({
    data: {
      id: newId(),
      officeId: pair.broker.officeId,
      reference: `TV-22-2026-9${String(++serial).padStart(5, "0")}`,
      title: "Thương vụ thử",
      origin: "introduction",
      caseId,
      stage,
      status,
      reasonCode: status === "active" ? null : "price",
      transferorId: pair.offering.organisationId,
      transfereeId: pair.need.organisationId,
      brokerId: pair.broker.personId,
      createdAt: now,
      createdById: pair.broker.personId,
      ...(signed
        ? {
            value: 500_000_000n,
            signedOn: now,
            registrationDuty: "voluntary",
            registrationReason: "domestic",
            registrationRuleVersion: 1,
          }
        : {}),
    },
  });
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  pair = await aPair(world);
});
afterAll(() => world.close());
// each test has the chase for itself
beforeEach(async () => {
  await db().outcomeQuestion.deleteMany({});
  await db().meeting.updateMany({ data: { state: "cancelled", cancelReason: "other" } });
  await db().introduction.updateMany({ data: { state: "withdrawn" } });
});

describe("the clock of the chase", () => {
  it("asks both sides 7, 30, 90 and 180 days after the second yes, each once, and never again", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-29", "16:59");
    expect(await chase(world)).toBe(0);
    // the seventh day begins at midnight in Việt Nam
    at("2026-11-29", "17:00");
    expect(await chase(world)).toBe(1);
    expect(await chase(world)).toBe(0);
    const questions = await questionsOf(world, agreed.caseId);
    expect(questions.map(({ side, organisationId, days }) => ({ side, organisationId, days }))).toEqual([
      { side: "need", organisationId: pair.need.organisationId, days: 7 },
      { side: "offering", organisationId: pair.offering.organisationId, days: 7 },
    ]);
    for (const { id, organisationId } of questions)
      expect(await db().outboxEvent.findMany({ where: { subjectId: id } })).toMatchObject([
        { type: "outcome.asked", payload: { organisationId } },
      ]);
    const days = ["2026-12-22", "2026-12-23", "2027-02-20", "2027-02-21", "2027-05-21", "2027-05-22", "2028-11-20"];
    const asked: number[] = [];
    for (const day of days) {
      at(day);
      asked.push(await chase(world));
    }
    expect(asked).toEqual([0, 1, 0, 1, 0, 1, 0]);
    expect(await daysAsked(agreed.caseId)).toEqual([7, 30, 90, 180]);
  });

  it("counts calendar days, over Tết too", async () => {
    at("2027-01-30");
    const agreed = await anAgreed(world, pair);
    const tet = await db().calendarDay.findUnique({ where: { day: new Date("2027-02-06") } });
    expect(tet?.working ?? false).toBe(false);
    at("2027-02-05");
    expect(await chase(world)).toBe(0);
    at("2027-02-06");
    expect(await chase(world)).toBe(1);
    expect(await daysAsked(agreed.caseId)).toEqual([7]);
  });

  it("asks only the newest step when nobody swept for months", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2027-03-15");
    expect(await chase(world)).toBe(1);
    expect(await daysAsked(agreed.caseId)).toEqual([90]);
    expect(await chase(world)).toBe(0);
    at("2027-06-30");
    expect(await chase(world)).toBe(1);
    expect(await daysAsked(agreed.caseId)).toEqual([90, 180]);
  });

  it("asks once although two workers sweep at the same moment", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-12-01");
    const asked = await Promise.all([chase(world), chase(world), chase(world)]);
    expect(asked.sort()).toEqual([0, 0, 1]);
    expect(await db().outcomeQuestion.count({ where: { caseId: agreed.caseId } })).toBe(2);
  });

  it("belongs to the system, and follows the rule in force", async () => {
    expect(await sweepOutcomes(world.ctx(pair.broker))).toMatchObject({ code: "common:forbidden" });
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    const rule = { key: "outcome.askAfterDays", version: 2, source: "test" };
    await db().ruleParameter.create({ data: { ...rule, value: [10, 20], validFrom: new Date("2026-11-24") } });
    at("2026-12-02");
    expect(await chase(world)).toBe(0);
    at("2026-12-03");
    expect(await chase(world)).toBe(1);
    expect(await daysAsked(agreed.caseId)).toEqual([10]);
    await db().ruleParameter.delete({ where: { key_version: { key: rule.key, version: 2 } } });
  });
});

describe("what is asked about", () => {
  it("a held meeting takes the introduction's place; a planned one lets it rest; a missed one does not count", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-26");
    const missed = await aMeeting(world, agreed, "no_show");
    at("2026-11-30");
    expect(await chase(world)).toBe(1);
    expect((await questionsOf(world, agreed.caseId))[0]).toMatchObject({ subjectKind: "introduction", days: 7 });
    at("2026-12-20", "03:00");
    const meetingId = await aMeeting(world, agreed, "planned");
    at("2026-12-23");
    expect(await chase(world)).toBe(0);
    await db().meeting.update({ where: { id: meetingId }, data: { state: "held" } });
    at("2026-12-26");
    expect(await chase(world)).toBe(0);
    at("2026-12-27");
    expect(await chase(world)).toBe(1);
    const [question] = await questionsOf(world, agreed.caseId);
    expect(question).toMatchObject({ subjectKind: "meeting", subjectId: meetingId, days: 7 });
    expect(await db().outcomeQuestion.count({ where: { subjectId: missed } })).toBe(0);
    // only the newest question of a case waits
    expect((await openOutcomesOf(world.ctx(pair.need.owner))).map((one) => one.id)).toEqual([question.id]);
  });

  it("a second meeting takes the first one's place: nobody is asked about both", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-24", "03:00");
    await aMeeting(world, agreed);
    at("2026-12-01");
    expect(await chase(world)).toBe(1);
    at("2026-12-20", "03:00");
    const second = await aMeeting(world, agreed);
    at("2026-12-24");
    expect(await chase(world)).toBe(0);
    at("2026-12-27");
    expect(await chase(world)).toBe(1);
    expect((await questionsOf(world, agreed.caseId))[0]).toMatchObject({ subjectId: second, days: 7 });
  });

  it("nothing, while an introduction waits or came to nothing", async () => {
    at("2026-11-23");
    await anAgreed(world, pair);
    await db().introduction.updateMany({ where: { state: "accepted" }, data: { state: "declined" } });
    at("2027-01-23");
    expect(await chase(world)).toBe(0);
  });
});

describe("the chase stops", () => {
  it("when both sides' last word is that it stopped, also at different steps", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-30");
    await chase(world);
    expect(await both(agreed, "stopped", "stopped")).toEqual({ answer: "stopped", conflict: false });
    expect(await outcomesOfCase(world.ctx(pair.broker), agreed.caseId)).toMatchObject({ next: null });
    at("2026-12-23");
    expect(await chase(world)).toBe(0);
  });

  it("when the broker finds out that it did; goes on when it did not", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-30");
    await chase(world);
    expect(await both(agreed, "stopped", "talking")).toEqual({ answer: "talking", conflict: true });
    const [{ id: questionId }] = await questionsOf(world, agreed.caseId);
    const note = "Gọi bên cung cấp: hai bên vẫn trao đổi.";
    must(await resolveOutcome(world.ctx(pair.broker), { questionId, resolution: "talking", note }));
    at("2026-12-23");
    expect(await chase(world)).toBe(1);
    await both(agreed, "talking", "stopped");
    const [{ id: second }] = await questionsOf(world, agreed.caseId);
    must(await resolveOutcome(world.ctx(pair.broker), { questionId: second, resolution: "stopped", note }));
    at("2027-02-21");
    expect(await chase(world)).toBe(0);
  });

  it("not for one side's no, nor for silence", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-30");
    await chase(world);
    const [ours] = await questionsOf(world, agreed.caseId);
    must(await answerOutcome(world.ctx(pair.need.owner), { questionId: ours.id, answer: "stopped", note: null }));
    at("2026-12-23");
    expect(await chase(world)).toBe(1);
  });

  it.each([
    ["signed", "active"],
    ["signed", "terminated"],
    ["performing", "active"],
    ["negotiation", "lost"],
  ] as const)("when the case has a deal at %s, %s: nothing is asked or answered any more", async (stage, status) => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    at("2026-11-30");
    await chase(world);
    const [ours] = await questionsOf(world, agreed.caseId);
    await aDeal(agreed.caseId, stage, status);
    expect(await openOutcomesOf(world.ctx(pair.need.owner))).toEqual([]);
    expect(
      await answerOutcome(world.ctx(pair.need.owner), { questionId: ours.id, answer: "talking", note: null }),
    ).toMatchObject({ code: "outcomes:error.over" });
    at("2026-12-23");
    expect(await chase(world)).toBe(0);
  });

  it("not for a deal that is still being negotiated or paused", async () => {
    at("2026-11-23");
    const agreed = await anAgreed(world, pair);
    await aDeal(agreed.caseId, "drafting", "paused");
    at("2026-11-30");
    expect(await chase(world)).toBe(1);
  });
});
