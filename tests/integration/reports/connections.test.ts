import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOutcome, openDeal } from "~/modules/deals/index.server";
import { openDealSchema } from "~/modules/deals/schemas";
import { brokerHome, caseFile, desk, funnel, memberHome } from "~/modules/reports/index.server";
import type { PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { aDealAt, aDealScene, move, paper } from "../../factories/deals";
import { chase, questionsOf } from "../../factories/outcomes";
import { makeStaff, must } from "../../factories/people";
import { aMinuted, anInvited, type Invited } from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
});
afterAll(() => world.close());

async function memberKeys(actor: PersonActor): Promise<string[]> {
  return ((await memberHome(world.ctx(actor)))?.waiting ?? []).map((item) => item.key);
}
async function brokerItems(actor: PersonActor) {
  return ((await brokerHome(world.ctx(actor)))?.waiting ?? []).filter((item) => !item.key.startsWith("case"));
}
async function fileOf(actor: PersonActor, caseId: string) {
  const file = await caseFile(world.ctx(actor), caseId);
  if (!file) throw new Error("no case");
  return file;
}

describe("homes and the case's file, from an invitation to a deal", () => {
  let held: Invited;

  it("an invitation waits for both sides, and their silence for the broker", async () => {
    const invited = await anInvited(world);
    const home = await memberHome(world.ctx(invited.need.manager));
    expect(home?.waiting.find((item) => item.key === "meeting.answer")).toMatchObject({
      to: `/meetings/${invited.meetingId}`,
      who: "you",
      params: { at: "08:00" },
    });
    expect(await brokerItems(invited.broker)).toMatchObject([
      { key: "session.unanswered", to: `/broker/meetings/${invited.meetingId}` },
    ]);
    const file = await fileOf(invited.broker, invited.caseId);
    expect(file.meetings).toMatchObject([{ id: invited.meetingId, state: "planned" }]);
    expect(file.next).toEqual({ arrange: false, openDeal: true });
  });

  it("minutes wait for both sides, and next steps for whose they are", async () => {
    held = await aMinuted(world);
    expect(await memberKeys(held.need.manager)).toContain("meeting.minutes");
    expect(await memberKeys(held.offering.manager)).toEqual(
      expect.arrayContaining(["meeting.minutes", "meeting.step"]),
    );
    const file = await fileOf(held.broker, held.caseId);
    expect(file.meetings).toMatchObject([{ state: "held", minutes: { state: "sent" } }]);
    expect(file.outcomes).toMatchObject({ steps: [], next: { days: 7 } });
    expect(file.next.arrange).toBe(true);
  });

  it("a week after the meeting both are asked; an agreement asks the broker for a deal, once", async () => {
    world.clock.advanceDays(7);
    expect(await chase(world)).toBeGreaterThan(0);
    const [ours, theirs] = await questionsOf(world, held.caseId);
    expect(ours.subjectId).toBe(held.meetingId);
    expect((await memberHome(world.ctx(held.need.manager)))?.waiting).toContainEqual(
      expect.objectContaining({ key: "outcome.meeting", to: `/outcomes/${ours.id}` }),
    );
    for (const [who, id] of [
      [held.need.manager, ours.id],
      [held.offering.manager, theirs.id],
    ] as const)
      must(await answerOutcome(world.ctx(who), { questionId: id, answer: "agreed", note: null }));
    expect(await memberKeys(held.need.manager)).not.toContain("outcome.meeting");
    const asking = await brokerItems(held.broker);
    expect(asking.filter((item) => item.key === "outcome.agreed")).toMatchObject([
      { to: `/deals/new?case=${held.caseId}` },
    ]);
    const form = openDealSchema.parse({
      title: "Chuyển giao sau cuộc gặp",
      origin: "meeting",
      meetingId: held.meetingId,
      transferorId: held.offering.organisationId,
      transfereeId: held.need.organisationId,
      nextAction: "Gửi dự thảo",
      nextActionOn: localDay(world.clock.now()),
    });
    const { id } = must(await openDeal(world.ctx(held.broker), form));
    const items = await brokerItems(held.broker);
    expect(items.map((item) => item.key)).not.toContain("outcome.agreed");
    expect(items).toContainEqual(expect.objectContaining({ key: "dealTask.next_action", to: `/deals/${id}` }));
    expect(await memberKeys(held.need.manager)).toContain("deal.follow");
    const file = await fileOf(held.broker, held.caseId);
    expect(file.deals).toMatchObject([{ id, stage: "negotiation" }]);
    expect(file.next.openDeal).toBe(false);
    expect(file.outcomes.steps).toHaveLength(1);
  });

  it("is not for the parties; a leader reads it and does nothing", async () => {
    expect(await caseFile(world.ctx(held.need.manager), held.caseId)).toBeNull();
    const file = await fileOf(await makeStaff(world, "leader"), held.caseId);
    expect(file.next).toEqual({ arrange: false, openDeal: false });
    expect(file.meetings).toHaveLength(1);
    expect(file.outcomes.steps).toHaveLength(1);
  });

  it("counts the held meeting in the funnel, as the audit log does", async () => {
    const steps = (await funnel(world.ctx(held.broker), { year: null, mine: false }))?.steps;
    const log = await db().auditEntry.findMany({ where: { action: "meeting.held" }, distinct: ["subjectId"] });
    expect(log).toHaveLength(1);
    expect(steps?.find((one) => one.step === "met")?.count).toBe(log.length);
  });
});

describe("the desk of who is no broker", () => {
  it("shows a registrar the contracts to register and the files to process", async () => {
    const scene = await aDealScene(world);
    const registrar = world.ctx(scene.registrar);
    expect(await desk(registrar)).toEqual({ registrations: [], unattended: [], funnel: null, mayReadCases: false });
    const dealId = await aDealAt(world, scene, "signed", { terms: { transferorCountry: "KR" } });
    expect((await desk(registrar))?.registrations).toEqual([]);
    world.clock.advanceDays(70);
    expect((await desk(registrar))?.registrations).toMatchObject([
      { key: "dealTask.registration_deadline", to: `/deals/${dealId}`, who: "you" },
    ]);
    await paper(world, scene.broker, dealId, "registration_file");
    must(await move(world, scene.broker, dealId, "file_registration", { filedOn: localDay(world.clock.now()) }));
    expect((await desk(registrar))?.registrations).toMatchObject([{ key: "dealTask.registration_process" }]);
  });

  it("shows a leader this year's figures, and is nothing for others", async () => {
    const leader = await desk(world.ctx(await makeStaff(world, "leader")));
    expect(leader).toMatchObject({ registrations: null, mayReadCases: true, funnel: { year: 2027 } });
    for (const role of ["broker", "administrator"] as const)
      expect(await desk(world.ctx(await makeStaff(world, role)))).toBeNull();
    expect(await desk(world.ctx())).toBeNull();
  });
});
