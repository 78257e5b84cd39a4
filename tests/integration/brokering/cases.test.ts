import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addCaseNote,
  casesByNextDate,
  closeCase,
  editCaseDetails,
  handOverCase,
  listCases,
  openCase,
  planNextAction,
  prepareCase,
  setCaseParty,
  viewCase,
} from "~/modules/brokering/index.server";
import { closeSchema, openCaseSchema, planSchema } from "~/modules/brokering/schemas";
import { expressInterest, viewInterest } from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import { aCase, anIntroduction, aPair, aShortlisted, caseForm, type Pair, proposed } from "../../factories/cases";
import { makeOrganisation, makePerson, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let pair: Pair;
const db = () => world.container.ports.db;
const revisionOf = async (caseId: string) =>
  (await db().brokerCase.findUniqueOrThrow({ where: { id: caseId } })).revision;
const party = { organisationId: null, reference: null, contactName: null, contactPhone: null, contactEmail: null };

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  pair = await aPair(world);
});
afterAll(() => world.close());

describe("opening", () => {
  it("takes parties, listings, place and title from a shortlisted match, once", async () => {
    const matchId = await aShortlisted(world, pair);
    const prepared = await prepareCase(world.ctx(pair.broker), { matchId, interestId: null });
    expect(prepared).toMatchObject({ origin: "match", provinceCode: "22", communeCode: "06652", existingId: null });
    const form = caseForm(world, { origin: "match", matchId, note: "Đã gọi cả hai bên." });
    const { id } = must(await openCase(world.ctx(pair.broker), form));
    const view = await viewCase(world.ctx(pair.broker), id);
    expect(view).toMatchObject({
      origin: "match",
      state: "open",
      communeCode: "06652",
      listings: { need: { reference: pair.need.reference }, offering: { reference: pair.offering.reference } },
    });
    expect(view?.parties.map((one) => one.organisation.id).sort()).toEqual(
      [pair.need.organisationId, pair.offering.organisationId].sort(),
    );
    expect(view?.story.map((item) => item.key)).toEqual(["note.note", "opened"]);
    expect(await openCase(world.ctx(pair.broker), form)).toMatchObject({ code: "brokering:error.matchTaken" });
    expect(await prepareCase(world.ctx(pair.broker), { matchId, interestId: null })).toMatchObject({ existingId: id });
    // both at once: the database lets one through
    const other = await aPair(world, { broker: pair.broker });
    const again = caseForm(world, { origin: "match", matchId: await aShortlisted(world, other) });
    const twice = await Promise.all([1, 2].map(() => openCase(world.ctx(pair.broker), again)));
    expect(twice.filter((result) => result.ok)).toHaveLength(1);
    expect(twice.find((result) => !result.ok)).toMatchObject({ code: "brokering:error.matchTaken" });
  });

  it("refuses a match nobody shortlisted", async () => {
    const other = await aPair(world, { broker: pair.broker });
    const matchId = await aShortlisted(world, other);
    await db().match.update({ where: { id: matchId }, data: { decision: "none" } });
    expect(await openCase(world.ctx(pair.broker), caseForm(world, { origin: "match", matchId }))).toMatchObject({
      code: "brokering:error.sourceGone",
    });
    expect(await prepareCase(world.ctx(pair.broker), { matchId, interestId: null })).toBe("gone");
  });

  it("puts who is interested on the other side of the listing", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker: pair.broker });
    const { interestId } = must(
      await expressInterest(world.ctx(manager), {
        listingId: pair.need.listingId,
        organisationId,
        kind: "can_solve",
        message: "Đơn vị chúng tôi đã làm ba hệ thống tương tự.",
      }),
    );
    const { id } = must(await openCase(world.ctx(pair.broker), caseForm(world, { origin: "interest", interestId })));
    const view = await viewCase(world.ctx(pair.broker), id);
    expect(view).toMatchObject({
      origin: "interest",
      listings: { need: { reference: pair.need.reference }, offering: null },
    });
    expect(view?.parties.find((one) => one.side === "offering")?.organisation.id).toBe(organisationId);
    // opening the case is the answer: it leaves the broker's queue, its date is met, and who asked hears it
    expect(await db().interest.findUnique({ where: { id: interestId } })).toMatchObject({
      state: "answered",
      answeredById: pair.broker.personId,
    });
    expect(await db().due.findFirst({ where: { subjectId: interestId } })).toMatchObject({ state: "done" });
    expect(await db().outboxEvent.count({ where: { subjectId: interestId, type: "interest.answered" } })).toBe(1);
    expect(await viewInterest(world.ctx(manager), interestId)).toMatchObject({ takenUp: true, answer: null });
    expect(await openCase(world.ctx(pair.broker), caseForm(world, { origin: "interest", interestId }))).toMatchObject({
      code: "brokering:error.interestTaken",
    });
  });

  it("begins from a phone call with one side, which the other joins later", async () => {
    const { organisationId } = await makeOrganisation(world, { broker: pair.broker });
    const { id } = must(
      await openCase(
        world.ctx(pair.broker),
        caseForm(world, { need: { organisationId, contactName: "Ông A", contactPhone: "0203 777 8888" } }),
      ),
    );
    expect((await viewCase(world.ctx(pair.broker), id))?.may).toMatchObject({ propose: false, edit: true });
    must(
      await setCaseParty(world.ctx(pair.broker), {
        caseId: id,
        side: "offering",
        revision: 0,
        ...party,
        reference: pair.offering.reference,
      }),
    );
    const view = await viewCase(world.ctx(pair.broker), id);
    expect(view?.may.propose).toBe(true);
    expect(view?.listings.offering?.reference).toBe(pair.offering.reference);
    // somebody else's listing, a listing of the other kind, and the same organisation twice
    for (const [reference, organisation, code] of [
      [pair.offering.reference, organisationId, "listingOfOthers"],
      [pair.need.reference, null, "noSuchListing"],
    ] as const) {
      const result = await setCaseParty(world.ctx(pair.broker), {
        caseId: id,
        side: "offering",
        revision: 1,
        ...party,
        reference,
        organisationId: organisation,
      });
      expect(result).toMatchObject({ code: "common:invalid" });
      expect(JSON.stringify(result)).toContain(code);
    }
    expect(
      await setCaseParty(world.ctx(pair.broker), {
        caseId: id,
        side: "offering",
        revision: 1,
        ...party,
        organisationId,
      }),
    ).toMatchObject({ code: "brokering:error.sameOrganisation" });
  });

  it("asks for at least one side and for a day that has not passed", async () => {
    expect(await openCase(world.ctx(pair.broker), caseForm(world))).toMatchObject({
      code: "brokering:error.partyNeeded",
    });
    const past = caseForm(world, { need: { reference: pair.need.reference }, nextActionOn: "01/11/2026" });
    expect(await openCase(world.ctx(pair.broker), past)).toMatchObject({
      fields: { nextActionOn: ["brokering:error.datePast"] },
    });
    const empty = openCaseSchema.safeParse({
      title: " ",
      origin: "phone",
      nextAction: "x",
      nextActionOn: "31/02/2026",
      need: {},
      offering: {},
    });
    expect(empty.error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([
      ["title", "common:error.required"],
      ["nextActionOn", "brokering:error.date"],
    ]);
  });
});

describe("who may", () => {
  it("shows cases to brokers of the office, lets leaders read without contacts, and hides them from everybody else", async () => {
    const caseId = await aCase(world, pair);
    const leader = await makeStaff(world, "leader");
    const seen = await viewCase(world.ctx(leader), caseId);
    expect(seen).toMatchObject({ may: { work: false, edit: false, propose: false, close: false } });
    expect(JSON.stringify(seen)).not.toContain("0203 555 6666");
    expect((await listCases(world.ctx(leader), { view: "all", page: 1 }))?.rows.some((row) => row.id === caseId)).toBe(
      true,
    );
    const plan = { caseId, revision: 0, nextAction: "x", nextActionOn: "2026-12-01" };
    const elsewhere: PersonActor = { ...pair.broker, officeId: "01990000-0000-7000-8000-00000000ffff" };
    const others = [
      leader,
      await makeStaff(world, "registrar"),
      await makeStaff(world, "administrator"),
      (await makePerson(world)).actor,
      pair.need.owner,
      elsewhere,
    ];
    for (const actor of others) {
      expect(await planNextAction(world.ctx(actor), plan)).toMatchObject({ code: "common:notFound" });
      expect(await addCaseNote(world.ctx(actor), { caseId, kind: "note", body: "x" })).toMatchObject({
        code: "common:notFound",
      });
      if (actor === leader) continue;
      expect(await viewCase(world.ctx(actor), caseId)).toBeNull();
      expect(await casesByNextDate(world.ctx(actor), { mine: false, limit: 5 })).toEqual([]);
    }
    expect(await viewCase(world.ctx(), caseId)).toBeNull();
    expect(await listCases(world.ctx(pair.need.owner), { view: "all", page: 1 })).toBeNull();
  });
});

describe("working on a case", () => {
  it("lets one of two brokers win and tells the other who it was", async () => {
    const caseId = await aCase(world, pair);
    const colleague = await makeStaff(world, "broker", { fullName: "Chuyên viên thứ hai" });
    const plans = [pair.broker, colleague].map((actor, at) =>
      planNextAction(world.ctx(actor), { caseId, revision: 0, nextAction: `Việc ${at}`, nextActionOn: "2026-12-01" }),
    );
    const results = await Promise.all(plans);
    const lost = results.findIndex((result) => !result.ok);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results[lost]).toMatchObject({
      code: "brokering:error.changedMeanwhile",
      params: { name: [colleague, pair.broker][lost]?.fullName },
    });
    // what was typed is sent again with the new revision
    must(
      await planNextAction(world.ctx(pair.broker), {
        caseId,
        revision: await revisionOf(caseId),
        nextAction: "Lần nữa",
        nextActionOn: "2026-12-02",
      }),
    );
    expect(planSchema.safeParse({ revision: "1", nextAction: "", nextActionOn: "" }).error?.issues).toHaveLength(2);
  });

  it("only ever adds to the call log, in the database too", async () => {
    const caseId = await aCase(world, pair);
    const { id } = must(await addCaseNote(world.ctx(pair.broker), { caseId, kind: "call", body: "Hẹn gặp tuần sau." }));
    await expect(db().caseNote.update({ where: { id }, data: { body: "khác" } })).rejects.toThrow();
    await expect(db().caseNote.delete({ where: { id } })).rejects.toThrow();
    await expect(db().brokerCase.update({ where: { id: caseId }, data: { nextAction: null } })).rejects.toThrow();
    expect((await viewCase(world.ctx(pair.broker), caseId))?.story[0]).toMatchObject({
      key: "note.call",
      body: "Hẹn gặp tuần sau.",
      by: pair.broker.fullName,
    });
    must(
      await editCaseDetails(world.ctx(pair.broker), {
        caseId,
        revision: 0,
        title: "Tên mới",
        provinceCode: "01",
        communeCode: null,
      }),
    );
    expect(
      await editCaseDetails(world.ctx(pair.broker), {
        caseId,
        revision: 1,
        title: "Tên mới",
        provinceCode: "99",
        communeCode: null,
      }),
    ).toMatchObject({ code: "common:invalid" });
  });

  it("is handed over with a note, and moves in both lists", async () => {
    const caseId = await aCase(world, pair, { nextActionOn: "2026-11-24" });
    const receiver = await makeStaff(world, "broker");
    expect(
      await handOverCase(world.ctx(pair.broker), {
        caseId,
        revision: 0,
        toBrokerId: pair.broker.personId,
        note: "cho tôi",
      }),
    ).toMatchObject({ code: "common:invalid" });
    expect(
      await handOverCase(world.ctx(pair.broker), {
        caseId,
        revision: 0,
        toBrokerId: pair.need.owner.personId,
        note: "cho đơn vị",
      }),
    ).toMatchObject({ code: "common:invalid" });
    must(
      await handOverCase(world.ctx(pair.broker), {
        caseId,
        revision: 0,
        toBrokerId: receiver.personId,
        note: "Bên A đã đồng ý miệng.",
      }),
    );
    expect((await casesByNextDate(world.ctx(receiver), { mine: true, limit: 5 })).map((row) => row.id)).toEqual([
      caseId,
    ]);
    expect(
      (await casesByNextDate(world.ctx(pair.broker), { mine: true, limit: 100 })).map((row) => row.id),
    ).not.toContain(caseId);
    const events = await db().outboxEvent.findMany({
      where: { type: "case.handed-over", subjectId: caseId },
      orderBy: { seq: "asc" },
    });
    expect(events.map((event) => event.payload)).toEqual([
      { receiverId: receiver.personId },
      { giverId: pair.broker.personId },
    ]);
    expect((await viewCase(world.ctx(receiver), caseId))?.story[0]).toMatchObject({
      key: "note.hand_over",
      params: { to: receiver.fullName },
    });
  });

  it("lists by next date and marks what is late", async () => {
    const broker = await makeStaff(world, "broker");
    const own = { ...pair, broker };
    const [late, soon] = [
      await aCase(world, own, { nextActionOn: "2026-11-25" }),
      await aCase(world, own, { nextActionOn: "2026-11-24" }),
    ];
    const rows = async () =>
      (await listCases(world.ctx(broker), { view: "mine", page: 1 }))?.rows.map((row) => [row.id, row.overdue]);
    expect(await rows()).toEqual([
      [soon, false],
      [late, false],
    ]);
    world.clock.advanceDays(2);
    expect(await rows()).toEqual([
      [soon, true],
      [late, false],
    ]);
    expect(await listCases(world.ctx(broker), { view: "mine", page: 99 })).toMatchObject({
      page: 1,
      counts: { mine: 2, overdue: 1 },
    });
    world.clock.advanceDays(-2);
  });

  it("closes with a coded reason, not while an introduction waits, and never opens again", async () => {
    const { caseId } = await anIntroduction(world, await aPair(world, { broker: pair.broker }));
    const form = { caseId, revision: await revisionOf(caseId), reasonCode: "no_answer" as const, note: null };
    expect(await closeCase(world.ctx(pair.broker), form)).toMatchObject({ code: "brokering:error.introductionOpen" });
    expect(closeSchema.safeParse({ revision: 0, reasonCode: "other" }).error?.issues[0]).toMatchObject({
      path: ["note"],
      message: "brokering:error.noteNeeded",
    });

    const plain = await aCase(world, pair);
    const both = await Promise.all([
      closeCase(world.ctx(pair.broker), { ...form, caseId: plain, revision: 0 }),
      closeCase(world.ctx(pair.broker), { ...form, caseId: plain, revision: 0 }),
    ]);
    expect(both.filter((result) => result.ok)).toHaveLength(1);
    expect(both.find((result) => !result.ok)).toMatchObject({
      code: "brokering:error.caseClosed",
      params: { name: pair.broker.fullName },
    });
    expect(
      await planNextAction(world.ctx(pair.broker), {
        caseId: plain,
        revision: 1,
        nextAction: "x",
        nextActionOn: "2026-12-01",
      }),
    ).toMatchObject({ code: "brokering:error.caseClosed" });
    expect(await viewCase(world.ctx(pair.broker), plain)).toMatchObject({
      state: "closed",
      closeReason: "no_answer",
      nextAction: null,
      may: { edit: false },
    });
    // people still call: the log stays open
    must(await addCaseNote(world.ctx(pair.broker), { caseId: plain, kind: "call", body: "Gọi lại hỏi thăm." }));
    await expect(proposed(world, pair.broker, plain)).rejects.toThrow("brokering:error.caseClosed");
  });
});
