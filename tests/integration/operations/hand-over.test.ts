import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endAppointment } from "~/modules/accounts/index.server";
import { handOverDeal } from "~/modules/deals/index.server";
import { notifyEvent } from "~/modules/notifications/index.server";
import { fileHolders, handOverAll, operatorOverview } from "~/modules/operations/index.server";
import { brokerHome, desk, unattendedFiles } from "~/modules/reports/index.server";
import { handOverSession } from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { aBareCase } from "../../factories/cases";
import { aDeal, aDealAt, aDealScene, type DealScene, revisionOf } from "../../factories/deals";
import { makeBroker, makeOrganisation, makeStaff, must } from "../../factories/people";
import { aSession } from "../../factories/sessions";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
let colleague: PersonActor;
let administrator: PersonActor;
beforeAll(async () => {
  world = await openTestWorld();
  scene = await aDealScene(world);
  colleague = await makeBroker(world);
  administrator = await makeStaff(world, "administrator");
});
afterAll(() => world?.close());
const db = () => world.container.ports.db;
const NOTE = "Đã hẹn hai bên gặp lại thứ Năm.";

/** What the two people are told by the events of this kind. */
async function told(type: string, subjectId: string): Promise<[string, string][]> {
  const events = await db().outboxEvent.findMany({ where: { type, subjectId }, orderBy: { seq: "asc" } });
  for (const event of events) await notifyEvent(world.system, event.id);
  const notices = await db().notice.findMany({ where: { eventId: { in: events.map((event) => event.id) } } });
  return notices.map((notice): [string, string] => [notice.personId, notice.kind]).sort();
}

describe("a deal", () => {
  it("goes to another broker with its deadlines; both are told, the history has it, the note stays with the staff", async () => {
    const dealId = await aDealAt(world, scene, "signed", { terms: { transferorCountry: "KR" } });
    const revision = await revisionOf(world, dealId);
    const before = await db().due.findMany({ where: { subjectId: dealId, state: "open" } });
    expect(before.map((due) => due.personId)).toContain(scene.broker.personId);
    const input = { dealId, revision, toBrokerId: colleague.personId, note: NOTE };
    must(await handOverDeal(world.ctx(scene.broker), input));
    const row = await db().deal.findUniqueOrThrow({ where: { id: dealId } });
    expect(row).toMatchObject({ brokerId: colleague.personId, revision: revision + 1, stage: "signed" });
    const dues = await db().due.findMany({ where: { subjectId: dealId, state: "open" } });
    expect(dues.map((due) => [due.personId, due.dueOn])).toEqual(before.map((due) => [colleague.personId, due.dueOn]));
    expect(await told("deal.handed-over", dealId)).toEqual(
      [
        [scene.broker.personId, "deal-given"],
        [colleague.personId, "deal-received"],
      ].sort(),
    );
    // who was slower is told who was quicker
    expect(await handOverDeal(world.ctx(scene.broker), input)).toMatchObject({
      code: "deals:error.changedMeanwhile",
      params: { name: expect.any(String) },
    });
  });

  it("is given to brokers of the office only, by brokers only", async () => {
    const dealId = await aDeal(world, scene);
    const revision = await revisionOf(world, dealId);
    const member = (await makeOrganisation(world)).manager;
    for (const toBrokerId of [member.personId, administrator.personId, scene.broker.personId])
      expect(await handOverDeal(world.ctx(scene.broker), { dealId, revision, toBrokerId, note: NOTE })).toMatchObject({
        code: "common:invalid",
      });
    for (const actor of [undefined, member, administrator, await makeStaff(world, "leader")])
      expect(
        await handOverDeal(world.ctx(actor), { dealId, revision, toBrokerId: colleague.personId, note: NOTE }),
      ).toMatchObject({ code: "common:notFound" });
  });
});

describe("a session", () => {
  it("goes to another broker; both are told", async () => {
    const sessionId = await aSession(world, scene.broker);
    const { revision } = await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } });
    const input = { sessionId, revision, toBrokerId: colleague.personId };
    expect(await handOverSession(world.ctx(administrator), input)).toMatchObject({ code: "common:notFound" });
    must(await handOverSession(world.ctx(scene.broker), input));
    expect(await db().connectionSession.findUniqueOrThrow({ where: { id: sessionId } })).toMatchObject({
      ownerId: colleague.personId,
      revision: revision + 1,
    });
    expect((await told("session.handed-over", sessionId)).map(([, kind]) => kind).sort()).toEqual([
      "session-given",
      "session-received",
    ]);
    expect(await handOverSession(world.ctx(scene.broker), input)).toMatchObject({
      code: "sessions:error.changedMeanwhile",
    });
  });
});

describe("when a broker's grant ends", () => {
  it("everything open shows as without a broker, the law's deadline included, until the administrator hands it over", async () => {
    const { caseId, broker } = await aBareCase(world);
    const own: DealScene = { ...scene, broker };
    const dealId = await aDealAt(world, own, "signed", { terms: { transferorCountry: "KR" } });
    const sessionId = await aSession(world, broker);
    const leader = await makeStaff(world, "leader");
    expect(await unattendedFiles(world.ctx(leader))).toEqual([]);

    const { email } = await db().person.findUniqueOrThrow({ where: { id: broker.personId } });
    must(await endAppointment(world.system, { email, role: "broker" }));
    const files = await unattendedFiles(world.ctx(leader));
    expect(files.map((file) => file.id).sort()).toEqual([caseId, dealId, sessionId].sort());
    const due = await db().due.findFirstOrThrow({
      where: { subjectId: dealId, kind: "registration.file", state: "open" },
    });
    const deal = files.find((file) => file.id === dealId);
    expect(deal?.dueOn && deal.dueOn <= due.dueOn).toBe(true);
    for (const actor of [undefined, await makeStaff(world, "registrar"), (await makeOrganisation(world)).manager])
      expect(await unattendedFiles(world.ctx(actor))).toEqual([]);
    const home = (await brokerHome(world.ctx(colleague)))?.waiting.filter((item) => item.key.startsWith("unattended"));
    expect(home?.map((item) => item.key).sort()).toEqual(["unattended-case", "unattended-deal", "unattended-session"]);
    expect((await desk(world.ctx(leader)))?.unattended).toHaveLength(3);
    expect((await operatorOverview(world.ctx(administrator)))?.attention).toContain("unattended");

    const holder = (await fileHolders(world.ctx(administrator)))?.find((one) => one.personId === broker.personId);
    expect(holder).toMatchObject({ broker: false, cases: 1, sessions: 1, deals: 1, dueOn: due.dueOn });
    const input = { fromId: broker.personId, toBrokerId: colleague.personId, note: NOTE };
    for (const actor of [undefined, colleague, leader]) {
      expect(await fileHolders(world.ctx(actor))).toBeNull();
      expect(await handOverAll(world.ctx(actor), input)).toMatchObject({ code: "common:notFound" });
    }
    expect(must(await handOverAll(world.ctx(administrator), input))).toEqual({ cases: 1, sessions: 1, deals: 1 });
    // pressing again does no harm
    expect(must(await handOverAll(world.ctx(administrator), input))).toEqual({ cases: 0, sessions: 0, deals: 0 });
    expect(await unattendedFiles(world.ctx(leader))).toEqual([]);
    const audit = await db().auditEntry.findMany({
      where: { subjectId: { in: [caseId, dealId, sessionId] }, action: { endsWith: ".handed-over" } },
    });
    expect(audit.map((one) => [one.action, one.actorId]).sort()).toEqual(
      ["case", "deal", "session"].map((kind) => [`${kind}.handed-over`, administrator.personId]),
    );
    expect(await db().due.count({ where: { personId: broker.personId, state: "open", subjectId: dealId } })).toBe(0);
  });
});
