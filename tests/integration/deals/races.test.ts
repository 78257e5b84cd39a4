import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayDeal } from "~/modules/deals/domain/replay";
import {
  addDealDocument,
  completeMilestone,
  confirmAcceptance,
  loseDeal,
  moveDeal,
  pauseDeal,
  planDeal,
  resumeDeal,
  saveMilestones,
  terminateDeal,
} from "~/modules/deals/index.server";
import { milestonesSchema } from "~/modules/deals/schemas";
import type { PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { Result } from "~/platform/result";
import {
  aDeal,
  aDealAt,
  aDealScene,
  type DealScene,
  moveInput,
  paper,
  revisionOf,
  setTerms,
  move as step,
} from "../../factories/deals";
import { PDF } from "../../factories/files";
import { makeColleague, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
const db = () => world.container.ports.db;
const today = () => localDay(world.clock.now());
const stageOf = async (id: string) => (await db().deal.findUniqueOrThrow({ where: { id } })).stage;
const eventsOf = (dealId: string, command: string) => db().dealEvent.count({ where: { dealId, command } });
const told = (subjectId: string, type: string) => db().outboxEvent.count({ where: { subjectId, type } });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 12 });
  scene = await aDealScene(world);
});
afterAll(() => world.close());

/** Both press at once with the same form: one is done, the other hears who was quicker. */
async function onlyOne(id: string, act: (who: PersonActor) => Promise<Result<unknown>>): Promise<void> {
  const pair = [scene.broker, scene.other];
  const before = await revisionOf(world, id);
  const answers = await Promise.all(pair.map(act));
  const winner = answers.findIndex((answer) => answer.ok);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers[1 - winner]).toMatchObject({
    code: "deals:error.changedMeanwhile",
    params: { name: pair[winner]?.fullName },
  });
  expect(await revisionOf(world, id)).toBe(before + 1);
}

describe("two brokers on one deal", () => {
  it("one winner and one clear message, whatever the command", async () => {
    const { broker, registrar } = scene;
    const id = await aDeal(world, scene, {});
    const move = async (command: Parameters<typeof moveInput>[2], form: Record<string, unknown> = {}) => {
      const input = await moveInput(world, id, command, form);
      await onlyOne(id, (who) => moveDeal(world.ctx(who), input));
    };
    const plan = { dealId: id, revision: 0, nextAction: "Gọi", nextActionOn: today() };
    await onlyOne(id, (who) => planDeal(world.ctx(who), plan));
    await paper(world, broker, id, "mou");
    await move("agree_mou");
    const at = async () => ({ dealId: id, revision: await revisionOf(world, id) });
    const rest = { ...(await at()), reasonCode: "timing" as const, note: null };
    await onlyOne(id, (who) => pauseDeal(world.ctx(who), rest));
    const again = await at();
    await onlyOne(id, (who) => resumeDeal(world.ctx(who), again));
    await setTerms(world, scene, id, { stateMoney: "yes" });
    await move("start_drafting");
    await paper(world, broker, id, "signed_contract");
    await move("sign", { signedOn: today(), contractNumber: "1" });
    await paper(world, broker, id, "registration_file");
    await move("file_registration", { filedOn: today() });
    // one due, whoever was quicker
    expect(await db().due.count({ where: { subjectId: id, kind: "registration.process" } })).toBe(1);
    await paper(world, registrar, id, "certificate");
    must(await step(world, registrar, id, "register", { certificateNumber: "1", certificateOn: today() }));
    await move("start_performing");
    const rows = milestonesSchema.parse({ ...(await at()), milestones: [{ label: "Bàn giao" }] });
    await onlyOne(id, (who) => saveMilestones(world.ctx(who), { dealId: id, ...rows }));
    const stop = { ...(await at()), reasonCode: "mutual" as const, note: null };
    await onlyOne(id, (who) => terminateDeal(world.ctx(who), stop));
    const lost = await aDeal(world, scene);
    await onlyOne(lost, (who) =>
      loseDeal(world.ctx(who), { dealId: lost, revision: 0, reasonCode: "price", note: null }),
    );
    for (const one of [id, lost])
      replayDeal(await db().dealEvent.findMany({ where: { dealId: one }, orderBy: { number: "asc" } }));
  });

  it("papers and milestones commute: nobody's upload is lost, a milestone is done once", async () => {
    const id = await aDealAt(world, scene, "performing");
    const uploads = await Promise.all(
      [scene.broker, scene.other, scene.transferor.manager, scene.transferee.manager].map((who) =>
        addDealDocument(world.ctx(who), {
          dealId: id,
          kind: "handover",
          title: null,
          upload: { name: "a.pdf", bytes: PDF },
        }),
      ),
    );
    expect(uploads.every((answer) => answer.ok)).toBe(true);
    expect(await db().dealDocument.count({ where: { dealId: id, kind: "handover" } })).toBe(4);
    const rows = milestonesSchema.parse({ revision: await revisionOf(world, id), milestones: [{ label: "Đợt 1" }] });
    must(await saveMilestones(world.ctx(scene.broker), { dealId: id, ...rows }));
    const { id: milestoneId } = await db().dealMilestone.findFirstOrThrow({ where: { dealId: id } });
    const done = { dealId: id, milestoneId, outcome: "done" as const, on: today(), note: null };
    const answers = await Promise.all(
      [scene.broker, scene.other].map((who) => completeMilestone(world.ctx(who), done)),
    );
    expect(answers.map((answer) => (answer.ok ? "done" : answer.code)).sort()).toEqual([
      "deals:error.milestoneSettled",
      "done",
    ]);
    const history = await db().dealEvent.findMany({ where: { dealId: id }, orderBy: { number: "asc" } });
    expect(replayDeal(history).revision).toBe(await revisionOf(world, id));
  });
});

describe("acceptance", () => {
  it("both parties at once: both count, the stage changes once", async () => {
    for (let round = 0; round < 4; round++) {
      const id = await aDealAt(world, scene, "performing");
      const answers = await Promise.all(
        [scene.transferor, scene.transferee].map(({ manager }) =>
          confirmAcceptance(world.ctx(manager), { dealId: id, side: null }),
        ),
      );
      expect(answers.map((answer) => answer.ok && answer.value.accepted).sort()).toEqual([false, true]);
      expect(await stageOf(id)).toBe("accepted");
      expect(await eventsOf(id, "confirm_acceptance")).toBe(2);
      // the first is told to the other side and the broker, the second likewise
      expect([await told(id, "deal.acceptance-given"), await told(id, "deal.accepted")]).toEqual([2, 2]);
    }
  });

  it("two colleagues of one party: once, and the later one hears who it was", async () => {
    const colleague = await makeColleague(world, scene.transferor.manager, scene.transferor.organisationId);
    const people = [scene.transferor.manager, colleague];
    for (let round = 0; round < 3; round++) {
      const id = await aDealAt(world, scene, "performing");
      const answers = await Promise.all(
        people.map((who) => confirmAcceptance(world.ctx(who), { dealId: id, side: null })),
      );
      const winner = answers.findIndex((answer) => answer.ok);
      expect(answers[1 - winner]).toMatchObject({
        code: "deals:error.alreadyAccepted",
        params: { name: people[winner]?.fullName },
      });
      expect(await eventsOf(id, "confirm_acceptance")).toBe(1);
      expect(await stageOf(id)).toBe("performing");
    }
  });
});

describe("registrar and broker", () => {
  it("registering against an early end: one of them, and the deal is what the history says", async () => {
    for (let round = 0; round < 4; round++) {
      const id = await aDealAt(world, scene, "registration_filed", { terms: { stateMoney: "yes" } });
      await paper(world, scene.registrar, id, "certificate");
      const register = await moveInput(world, id, "register", { certificateNumber: "9", certificateOn: today() });
      const [registered, ended] = await Promise.all([
        moveDeal(world.ctx(scene.registrar), register),
        terminateDeal(world.ctx(scene.broker), {
          ...{ dealId: id, revision: register.revision, reasonCode: "breach" as const, note: null },
        }),
      ]);
      const row = await db().deal.findUniqueOrThrow({ where: { id } });
      expect([registered.ok, ended.ok].filter(Boolean)).toHaveLength(1);
      expect([row.stage, row.status]).toEqual(
        registered.ok ? ["registered", "active"] : ["registration_filed", "terminated"],
      );
      const loser = registered.ok ? ended : registered;
      expect(loser).toMatchObject({
        code: "deals:error.changedMeanwhile",
        params: { name: (registered.ok ? scene.registrar : scene.broker).fullName },
      });
      const open = await db().due.count({ where: { subjectId: id, state: "open" } });
      expect(open).toBe(0);
    }
  });
});
