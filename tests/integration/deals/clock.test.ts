import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  completeMilestone,
  dealTasks,
  editTerms,
  openDealsOf,
  pauseDeal,
  resumeDeal,
  saveMilestones,
  sweepDeals,
  terminateDeal,
  viewDeal,
} from "~/modules/deals/index.server";
import { milestonesSchema, termsSchema } from "~/modules/deals/schemas";
import { aDealAt, aDealScene, type DealScene, move, paper, revisionOf, termsForm } from "../../factories/deals";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
const db = () => world.container.ports.db;
const at = (day: string) => world.clock.set(new Date(`${day}T02:00:00.000Z`));
const sweep = async () => must(await sweepDeals(world.system));
const NOTHING = { registration: 0, milestones: 0, royalties: 0, failed: 0 };
const told = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );
const MANDATORY = { terms: { stateMoney: "yes" } };
/** Ends a deal so that later sweeps have nothing to do with it. */
const end = async (dealId: string) =>
  must(
    await terminateDeal(world.ctx(scene.broker), {
      ...{ dealId, revision: await revisionOf(world, dealId), reasonCode: "mutual" as const, note: null },
    }),
  );

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  scene = await aDealScene(world);
});
afterAll(() => world.close());

describe("the ninety days over Tết", () => {
  it("end after the holiday; broker, registrars and who files are reminded at each step, once", async () => {
    at("2026-11-10");
    const id = await aDealAt(world, scene, "signed", MANDATORY);
    const due = await db().due.findFirstOrThrow({ where: { subjectId: id, kind: "registration.file" } });
    expect(due).toMatchObject({
      dueOn: new Date("2027-02-12"),
      ruleKey: "registration.daysAfterSigning",
      ruleVersion: 1,
    });
    // the reader is told both dates
    const seen = async () => (await viewDeal(world.ctx(scene.transferee.manager), id))?.registration?.deadline;
    expect(await seen()).toMatchObject({ lastDay: "2027-02-08", dueOn: "2027-02-12", moved: true, daysLeft: 94 });
    const readers = [
      { organisationId: scene.transferee.organisationId },
      { brokerId: scene.broker.personId },
      { registrars: "all" },
    ];
    let sent = 0;
    for (const [day, reminds] of [
      ["2027-01-12", false],
      ["2027-01-13", true],
      ["2027-01-14", false],
      ["2027-01-29", true],
      ["2027-02-09", true],
      ["2027-02-12", true],
      ["2027-02-13", false],
      ["2027-02-15", true],
      ["2027-03-30", false],
    ] as const) {
      at(day);
      expect(await sweep(), day).toEqual({ ...NOTHING, registration: reminds ? 1 : 0 });
      expect(await sweep(), day).toEqual(NOTHING);
      if (reminds) sent += 1;
      const payloads = await told(id, "deal.registration-reminder");
      expect(payloads).toHaveLength(sent * 3);
      if (reminds) expect(payloads.slice(-3)).toEqual(readers);
    }
    expect(await seen()).toMatchObject({ daysLeft: -46, state: "open" });
    expect(await dealTasks(world.ctx(scene.registrar))).toMatchObject([
      { kind: "registration_deadline", dealId: id, overdue: true, dueOn: "2027-02-12" },
    ]);
    expect((await openDealsOf(world.ctx(scene.transferee.manager)))[0]).toMatchObject({
      kind: "file_registration",
      overdue: true,
    });
    // the other side files nothing
    expect((await openDealsOf(world.ctx(scene.transferor.manager)))[0]).toMatchObject({ kind: "follow" });
    // late is late, and is said so
    await paper(world, scene.broker, id, "registration_file");
    must(await move(world, scene.broker, id, "file_registration", { filedOn: "2027-03-30" }));
    expect((await viewDeal(world.ctx(scene.broker), id))?.registration).toMatchObject({
      late: true,
      processBy: "2027-04-06",
    });
    at("2027-06-01");
    expect(await sweep()).toEqual(NOTHING);
    await end(id);
  });

  it("outbound: the transferor is reminded", async () => {
    at("2026-11-10");
    const id = await aDealAt(world, scene, "signed", { terms: { transfereeCountry: "LA" } });
    at("2027-02-12");
    expect(await sweep()).toEqual({ ...NOTHING, registration: 1 });
    expect((await told(id, "deal.registration-reminder"))[0]).toEqual({
      organisationId: scene.transferor.organisationId,
    });
    await end(id);
  });

  it("after weeks without a sweep one reminder goes out, by two workers at once too; it runs on while a deal rests", async () => {
    at("2026-11-10");
    const id = await aDealAt(world, scene, "signed", MANDATORY);
    must(
      await pauseDeal(world.ctx(scene.broker), {
        ...{ dealId: id, revision: await revisionOf(world, id), reasonCode: "finance" as const, note: null },
      }),
    );
    at("2027-02-10");
    const soon = expect.objectContaining({ dealId: id, dueOn: "2027-02-12" });
    for (const who of [scene.broker, scene.registrar]) expect(await dealTasks(world.ctx(who))).toContainEqual(soon);
    expect(await openDealsOf(world.ctx(scene.transferee.manager))).toContainEqual(soon);
    const both = await Promise.all([sweep(), sweep()]);
    expect(both.map((report) => report.registration).sort()).toEqual([0, 1]);
    expect(await told(id, "deal.registration-reminder")).toHaveLength(3);
    await end(id);
    at("2027-02-12");
    expect(await sweep()).toEqual(NOTHING);
  });

  it("a file that came back goes on with the next step, not with those that passed", async () => {
    at("2026-11-10");
    const id = await aDealAt(world, scene, "registration_filed", MANDATORY);
    at("2027-02-01");
    must(await move(world, scene.registrar, id, "return_registration", { reasonCode: "not_certified" }));
    expect(await sweep()).toEqual(NOTHING);
    at("2027-02-09");
    expect(await sweep()).toEqual({ ...NOTHING, registration: 1 });
    await end(id);
  });
});

describe("milestones", () => {
  it("are reminded to both parties and the broker by their rule; not while the deal rests, not once done", async () => {
    at("2027-05-03");
    const id = await aDealAt(world, scene, "performing");
    const save = async (rows: { id?: string; label: string; dueOn?: string }[]) =>
      must(
        await saveMilestones(world.ctx(scene.broker), {
          dealId: id,
          ...milestonesSchema.parse({ revision: await revisionOf(world, id), milestones: rows }),
        }),
      );
    await save([{ label: "Bàn giao", dueOn: "2027-06-15" }, { label: "Đào tạo" }]);
    const [first, second] = await db().dealMilestone.findMany({ where: { dealId: id }, orderBy: { number: "asc" } });
    at("2027-06-01");
    expect(await sweep()).toEqual({ ...NOTHING, milestones: 1 });
    expect(await told(id, "deal.milestone-reminder")).toEqual([
      { organisationId: scene.transferor.organisationId, milestoneId: first?.id },
      { organisationId: scene.transferee.organisationId, milestoneId: first?.id },
      { brokerId: scene.broker.personId, milestoneId: first?.id },
    ]);
    // a plan saved as it is keeps what was reminded; another day begins anew
    await save([
      { id: first?.id ?? "", label: "Bàn giao hồ sơ", dueOn: "2027-06-15" },
      { id: second?.id ?? "", label: "Đào tạo" },
    ]);
    expect(await sweep()).toEqual(NOTHING);
    at("2027-06-12");
    const rest = { dealId: id, revision: await revisionOf(world, id) };
    must(await pauseDeal(world.ctx(scene.broker), { ...rest, reasonCode: "timing", note: null }));
    expect(await sweep()).toEqual(NOTHING);
    at("2027-06-20");
    must(await resumeDeal(world.ctx(scene.broker), { dealId: id, revision: await revisionOf(world, id) }));
    expect(await sweep()).toEqual({ ...NOTHING, milestones: 1 });
    expect(await dealTasks(world.ctx(scene.broker))).toMatchObject([
      { kind: "next_action" },
      { kind: "milestone", what: "Bàn giao hồ sơ" },
    ]);
    const done = { dealId: id, milestoneId: first?.id ?? "", outcome: "done" as const, on: "2027-06-20", note: null };
    expect(await completeMilestone(world.ctx(scene.broker), { ...done, on: "2027-07-01" })).toMatchObject({
      fields: { on: ["deals:error.dateFuture"] },
    });
    must(await completeMilestone(world.ctx(scene.broker), done));
    expect(await completeMilestone(world.ctx(scene.other), done)).toMatchObject({
      code: "deals:error.milestoneSettled",
    });
    expect(await completeMilestone(world.ctx(scene.transferor.manager), done)).toMatchObject({
      code: "deals:error.role",
    });
    at("2027-06-30");
    expect(await sweep()).toEqual(NOTHING);
    // done rows stay, whatever a later plan says
    await save([]);
    expect(await db().dealMilestone.findMany({ where: { dealId: id } })).toMatchObject([
      { number: 1, doneOn: new Date("2027-06-20") },
    ]);
    await end(id);
  });

  it("the sweep belongs to the system", async () => {
    expect(await sweepDeals(world.ctx(scene.broker))).toMatchObject({ code: "common:forbidden" });
  });

  it("the same row twice in a form is one that was there and a new one", async () => {
    const id = await aDealAt(world, scene, "drafting");
    const save = async (rows: { id?: string; label: string }[]) => {
      const form = milestonesSchema.parse({ revision: await revisionOf(world, id), milestones: rows });
      must(await saveMilestones(world.ctx(scene.broker), { dealId: id, ...form }));
      return db().dealMilestone.findMany({ where: { dealId: id }, orderBy: { number: "asc" } });
    };
    const [first] = await save([{ label: "Đợt 1" }]);
    const row = { id: first?.id ?? "", label: "Đợt 1" };
    const after = await save([row, { ...row, label: "Đợt 2" }]);
    expect(after.map((one) => [one.label, one.id === first?.id])).toEqual([
      ["Đợt 1", true],
      ["Đợt 2", false],
    ]);
  });

  it("with sums keep their currency: 600 million dong do not become dollars", async () => {
    const id = await aDealAt(world, scene, "drafting");
    const rows = [{ label: "Đợt 1", amount: "600 triệu" }];
    const form = milestonesSchema.parse({ revision: await revisionOf(world, id), milestones: rows });
    must(await saveMilestones(world.ctx(scene.broker), { dealId: id, ...form }));
    const dollars = termsSchema.parse({
      ...termsForm(scene, { value: "60.000", currency: "USD" }),
      revision: await revisionOf(world, id),
    });
    expect(await editTerms(world.ctx(scene.broker), { dealId: id, ...dollars })).toMatchObject({
      fields: { currency: ["deals:error.currencyFixed"] },
    });
  });
});
