import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replayDeal } from "~/modules/deals/domain/replay";
import {
  completeMilestone,
  confirmAcceptance,
  loseDeal,
  moveDeal,
  pauseDeal,
  resumeDeal,
  saveMilestones,
  terminateDeal,
  viewDeal,
} from "~/modules/deals/index.server";
import { milestonesSchema, pauseSchema } from "~/modules/deals/schemas";
import { localDay } from "~/platform/ports/clock";
import {
  aDeal,
  aDealAt,
  aDealScene,
  type DealScene,
  move,
  moveInput,
  paper,
  revisionOf,
  setTerms,
} from "../../factories/deals";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
const db = () => world.container.ports.db;
const at = (day: string) => world.clock.set(new Date(`${day}T02:00:00.000Z`));
const today = () => localDay(world.clock.now());
const dealOf = (id: string) => db().deal.findUniqueOrThrow({ where: { id } });
const dueOf = (subjectId: string, kind: string) => db().due.findFirst({ where: { subjectId, kind } });
const view = async (id: string) => {
  const found = await viewDeal(world.ctx(scene.broker), id);
  if (!found) throw new Error("the broker sees no deal");
  return found;
};
const actions = async (id: string) =>
  (await db().auditEntry.findMany({ where: { subjectKind: "deal", subjectId: id }, orderBy: { seq: "asc" } })).map(
    (entry) => entry.action,
  );

/** The history folds to the row, and every state change is in the audit log. */
async function replays(id: string): Promise<void> {
  const [row, history, log] = await Promise.all([
    dealOf(id),
    db().dealEvent.findMany({ where: { dealId: id }, orderBy: { number: "asc" } }),
    db().auditEntry.findMany({ where: { subjectKind: "deal", subjectId: id }, orderBy: { seq: "asc" } }),
  ]);
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
  expect(replayDeal(history)).toMatchObject({
    stage: row.stage,
    status: row.status,
    revision: row.revision,
    reasonCode: row.reasonCode,
    duty: row.registrationDuty,
    signedOn: day(row.signedOn),
    filedOn: day(row.filedOn),
    certificateOn: day(row.certificateOn),
    effectiveOn: day(row.effectiveOn),
    liquidatedOn: day(row.liquidatedOn),
    accepted: { transferor: row.transferorAcceptedAt !== null, transferee: row.transfereeAcceptedAt !== null },
  });
  expect(log.at(-1)?.after).toMatchObject({ stage: row.stage, status: row.status });
}

async function acceptAndLiquidate(id: string): Promise<void> {
  const { transferor, transferee, broker } = scene;
  expect(must(await confirmAcceptance(world.ctx(transferor.manager), { dealId: id, side: null }))).toEqual({
    accepted: false,
  });
  expect(must(await confirmAcceptance(world.ctx(transferee.manager), { dealId: id, side: null }))).toEqual({
    accepted: true,
  });
  await paper(world, broker, id, "liquidation_record");
  must(await move(world, broker, id, "liquidate", { liquidatedOn: today() }));
}

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  scene = await aDealScene(world);
});
afterAll(() => world.close());

describe("a deal's life", () => {
  it("from abroad: must be registered, takes effect with its certificate, ends liquidated", async () => {
    at("2026-11-23");
    const { broker, registrar } = scene;
    const id = await aDeal(world, scene);
    expect((await dealOf(id)).reference).toBe("TV-22-2026-000001");
    await paper(world, broker, id, "mou");
    must(await move(world, broker, id, "agree_mou"));
    at("2026-12-01");
    await setTerms(world, scene, id, { transferorCountry: "JP", value: "120.000,50", currency: "USD" });
    expect(await dealOf(id)).toMatchObject({ value: 12_000_050n, currency: "USD", transferorCountry: "JP" });
    expect((await view(id)).duty).toMatchObject({
      answer: { duty: "mandatory", reason: "inbound", filedBy: "transferee" },
    });
    must(await move(world, broker, id, "start_drafting"));
    await paper(world, broker, id, "signed_contract");
    must(await move(world, broker, id, "sign", { signedOn: "2026-11-30", contractNumber: "07/2026/HĐ-CGCN" }));
    const signed = await view(id);
    expect(signed.registration).toMatchObject({ duty: "mandatory", reason: "inbound", ruleVersion: 1, wish: false });
    expect(signed.registration?.deadline).toMatchObject({
      lastDay: "2027-02-28",
      dueOn: "2027-03-01",
      moved: true,
      days: 90,
      state: "open",
    });
    expect(signed.effectiveOn).toBeNull();
    // not before the certificate, whatever the parties wish
    expect(await move(world, broker, id, "start_performing")).toMatchObject({ code: "deals:error.dutyDone" });
    at("2026-12-14");
    await paper(world, broker, id, "registration_file");
    must(await move(world, broker, id, "file_registration", { filedOn: "2026-12-14" }));
    expect(await dueOf(id, "registration.file")).toMatchObject({ state: "done" });
    expect(await dueOf(id, "registration.process")).toMatchObject({ state: "open", dueOn: new Date("2026-12-21") });
    at("2026-12-18");
    await paper(world, registrar, id, "certificate");
    must(await move(world, registrar, id, "register", { certificateNumber: "15/GCN", certificateOn: "2026-12-17" }));
    expect(await dealOf(id)).toMatchObject({ stage: "registered", effectiveOn: new Date("2026-12-17") });
    expect(await dueOf(id, "registration.process")).toMatchObject({ state: "done" });
    must(await move(world, broker, id, "start_performing"));
    const plan = milestonesSchema.parse({
      revision: await revisionOf(world, id),
      currency: "USD",
      milestones: [
        { label: "Thanh toán đợt 1", dueOn: "15/01/2027", amount: "60.000" },
        { label: "Bàn giao tài liệu", dueOn: "01/03/2027" },
        { label: "" },
      ],
    });
    must(await saveMilestones(world.ctx(broker), { dealId: id, ...plan }));
    at("2027-03-10");
    const [first, second] = (await view(id)).milestones;
    expect(first).toMatchObject({ number: 1, amount: 6_000_000n, overdue: true });
    must(
      await completeMilestone(world.ctx(broker), {
        dealId: id,
        milestoneId: first?.id ?? "",
        outcome: "done",
        on: "2027-01-14",
        note: null,
      }),
    );
    await acceptFails(id);
    must(await confirmAcceptance(world.ctx(scene.transferee.manager), { dealId: id, side: null }));
    must(await confirmAcceptance(world.ctx(scene.transferor.manager), { dealId: id, side: null }));
    await paper(world, broker, id, "liquidation_record");
    // one milestone is still open
    expect(await move(world, broker, id, "liquidate", { liquidatedOn: today() })).toMatchObject({
      code: "deals:error.milestonesDone",
    });
    must(
      await completeMilestone(world.ctx(broker), {
        dealId: id,
        milestoneId: second?.id ?? "",
        outcome: "waived",
        on: null,
        note: "Hai bên thỏa thuận bỏ mốc này.",
      }),
    );
    must(await move(world, broker, id, "liquidate", { liquidatedOn: "2027-03-10" }));
    expect(await dealOf(id)).toMatchObject({ stage: "liquidated", status: "closed" });
    expect(await actions(id)).toEqual([
      "deal.opened",
      "deal.document-added",
      "deal.mou-agreed",
      "deal.terms-set",
      "deal.drafting",
      "deal.document-added",
      "deal.signed",
      "deal.document-added",
      "deal.filed",
      "deal.document-added",
      "deal.registered",
      "deal.performing",
      "deal.milestone-planned",
      "deal.milestone-done",
      "deal.acceptance-given",
      "deal.accepted",
      "deal.document-added",
      "deal.milestone-waived",
      "deal.liquidated",
    ]);
    const story = (await view(id)).timeline;
    expect(story[0]).toMatchObject({ command: "liquidate", stage: "liquidated", by: broker.fullName });
    expect(story.at(-1)).toMatchObject({ command: "open", number: 0 });
    await replays(id);
  });

  async function acceptFails(id: string): Promise<void> {
    // a broker does not accept for who can do so themselves
    expect(await confirmAcceptance(world.ctx(scene.broker), { dealId: id, side: "transferee" })).toMatchObject({
      code: "deals:error.sideWithoutMembers",
    });
    expect(await confirmAcceptance(world.ctx(scene.registrar), { dealId: id, side: "transferee" })).toMatchObject({
      code: "deals:error.role",
    });
  }

  it("with state money: mandatory at home; with a certificate of task results it is not", async () => {
    at("2026-11-23");
    const money = await aDealAt(world, scene, "signed", { terms: { stateMoney: "yes" } });
    expect(await dealOf(money)).toMatchObject({ registrationDuty: "mandatory", registrationReason: "stateMoney" });
    const results = await aDealAt(world, scene, "signed", { terms: { stateMoney: "yes", taskCertificate: "yes" } });
    expect(await dealOf(results)).toMatchObject({
      registrationDuty: "voluntary",
      registrationReason: "taskCertificate",
    });
    expect(await dueOf(results, "registration.file")).toBeNull();
    const out = await aDealAt(world, scene, "signed", { terms: { transfereeCountry: "LA" } });
    expect((await view(out)).registration).toMatchObject({
      duty: "mandatory",
      reason: "outbound",
      filedBy: "transferor",
    });
    for (const id of [money, results, out]) await replays(id);
  });

  it("voluntary: takes effect as agreed, may wish to be registered, goes on without", async () => {
    at("2026-11-23");
    const id = await aDealAt(world, scene, "signed", { sign: { effectiveOn: "2026-12-01" } });
    expect(await dealOf(id)).toMatchObject({ registrationDuty: "voluntary", effectiveOn: new Date("2026-12-01") });
    expect(await move(world, scene.broker, id, "start_performing")).toMatchObject({
      code: "deals:error.effectiveReached",
    });
    at("2026-12-01");
    must(await move(world, scene.broker, id, "start_performing"));
    await acceptAndLiquidate(id);
    await replays(id);

    const wished = await aDealAt(world, scene, "signed", { sign: { wishToRegister: "on" } });
    expect((await view(wished)).registration).toMatchObject({ duty: "voluntary", wish: true });
    expect(await dueOf(wished, "registration.file")).toMatchObject({ state: "open" });
    must(await move(world, scene.broker, wished, "start_performing"));
    expect(await dueOf(wished, "registration.file")).toMatchObject({ state: "cancelled" });
    await replays(wished);

    const registered = await aDealAt(world, scene, "registered", { sign: { wishToRegister: "on" } });
    expect(await dealOf(registered)).toMatchObject({ stage: "registered", effectiveOn: new Date("2026-12-01") });
    await replays(registered);
  });

  it("restricted technology goes by its licence: nothing to register", async () => {
    at("2026-11-23");
    const id = await aDealAt(world, scene, "signed", { terms: { restrictedList: "yes", transferorCountry: "DE" } });
    expect(await dealOf(id)).toMatchObject({ registrationDuty: "licence", registrationReason: "restricted" });
    await paper(world, scene.broker, id, "registration_file");
    expect(await move(world, scene.broker, id, "file_registration", { filedOn: today() })).toMatchObject({
      code: "deals:error.noLicenceDuty",
    });
    must(await move(world, scene.broker, id, "start_performing"));
    await acceptAndLiquidate(id);
    await replays(id);
  });

  it("the registrar sends the file back: signed again, the same last day counts, then it is registered", async () => {
    at("2026-11-23");
    const { broker, registrar } = scene;
    const id = await aDealAt(world, scene, "registration_filed", { terms: { stateMoney: "yes" } });
    const before = await dueOf(id, "registration.file");
    at("2026-11-26");
    const back = { reasonCode: "file_incomplete", note: "Thiếu bản dịch hợp đồng." };
    expect(await move(world, broker, id, "return_registration", back)).toMatchObject({ code: "deals:error.role" });
    must(await move(world, registrar, id, "return_registration", back));
    expect(await dealOf(id)).toMatchObject({ stage: "signed", filedOn: null });
    expect(await dueOf(id, "registration.file")).toMatchObject({ state: "open", dueOn: before?.dueOn });
    expect(await dueOf(id, "registration.process")).toMatchObject({ state: "done" });
    const party = await viewDeal(world.ctx(scene.transferee.manager), id);
    expect(party?.registration?.returned).toMatchObject({ reasonCode: "file_incomplete", note: back.note });
    must(await move(world, registrar, id, "file_registration", { filedOn: "2026-11-26" }));
    expect(await dueOf(id, "registration.process")).toMatchObject({ state: "open", dueOn: new Date("2026-12-03") });
    await paper(world, registrar, id, "certificate");
    must(await move(world, registrar, id, "register", { certificateNumber: "16/GCN", certificateOn: "2026-11-26" }));
    await replays(id);
  });

  it("rests and goes on where it stood; is lost before signing, ended after it; deadlines end with it", async () => {
    at("2026-11-23");
    const { broker } = scene;
    const id = await aDeal(world, scene);
    const pause = async (dealId: string) =>
      pauseDeal(world.ctx(broker), {
        dealId,
        ...pauseSchema.parse({ revision: await revisionOf(world, dealId), reasonCode: "finance" }),
      });
    must(await pause(id));
    expect(await dealOf(id)).toMatchObject({ status: "paused", stage: "negotiation", reasonCode: "finance" });
    expect(await pause(id)).toMatchObject({ code: "deals:error.status" });
    expect(await move(world, broker, id, "start_drafting")).toMatchObject({ code: "deals:error.status" });
    must(await resumeDeal(world.ctx(broker), { dealId: id, revision: await revisionOf(world, id) }));
    expect(await dealOf(id)).toMatchObject({ status: "active", reasonCode: null, reasonNote: null });
    const reason = async (dealId: string, reasonCode: "price" | "other", note: string | null = null) => ({
      dealId,
      revision: await revisionOf(world, dealId),
      reasonCode,
      note,
    });
    expect(await terminateDeal(world.ctx(broker), await reason(id, "price"))).toMatchObject({
      code: "deals:error.stage",
    });
    must(await loseDeal(world.ctx(broker), await reason(id, "other", "Bên nhận đã tự nghiên cứu.")));
    expect(await dealOf(id)).toMatchObject({ status: "lost", reasonCode: "other" });
    await replays(id);

    const signed = await aDealAt(world, scene, "signed", { terms: { stateMoney: "yes" } });
    expect(await loseDeal(world.ctx(broker), await reason(signed, "price"))).toMatchObject({
      code: "deals:error.stage",
    });
    must(await terminateDeal(world.ctx(broker), await reason(signed, "price")));
    expect(await dueOf(signed, "registration.file")).toMatchObject({ state: "cancelled" });
    expect(await move(world, broker, signed, "start_performing")).toMatchObject({ code: "deals:error.status" });
    await replays(signed);
  });

  it("keeps its history as it was written, and the row to the law", async () => {
    const id = await aDealAt(world, scene, "signed", { terms: { stateMoney: "yes" } });
    await expect(db().dealEvent.updateMany({ where: { dealId: id }, data: { byRole: "x" } })).rejects.toThrow();
    await expect(db().dealEvent.deleteMany({ where: { dealId: id } })).rejects.toThrow();
    await expect(db().$executeRaw`TRUNCATE deal_event`).rejects.toThrow();
    await expect(db().deal.update({ where: { id }, data: { stage: "registered" } })).rejects.toThrow();
    await expect(db().deal.update({ where: { id }, data: { effectiveOn: new Date("2026-11-23") } })).rejects.toThrow();
    await expect(db().deal.update({ where: { id }, data: { stage: "accepted" } })).rejects.toThrow();
    const stale = await moveInput(world, id, "start_performing");
    expect(await moveDeal(world.ctx(scene.other), { ...stale, revision: stale.revision - 1 })).toMatchObject({
      code: "deals:error.changedMeanwhile",
      params: { name: scene.broker.fullName },
    });
  });
});
