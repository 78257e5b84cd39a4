import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  dealPartyChoices,
  editTerms,
  loseDeal,
  openDeal,
  planDeal,
  prepareDeal,
  previewDuty,
  viewDeal,
} from "~/modules/deals/index.server";
import { dealPlanSchema, openDealSchema, termsSchema } from "~/modules/deals/schemas";
import { newId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { aCase, anIntroduction, aPair, type Pair } from "../../factories/cases";
import { aDeal, aDealScene, anAccepted, type DealScene, revisionOf, setTerms, termsForm } from "../../factories/deals";
import { makeColleague, makeOrganisation, makePerson, makeStaff, must, refreshed } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
let pair: Pair;
const db = () => world.container.ports.db;
const form = (over: Record<string, unknown> = {}) =>
  openDealSchema.parse({
    title: "Thương vụ mới",
    origin: "other",
    nextAction: "Gọi hai bên",
    nextActionOn: localDay(world.clock.now()),
    ...over,
  });
const open = (over: Record<string, unknown>, who = scene.broker) => openDeal(world.ctx(who), form(over));
const events = async (id: string, type: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id, type }, orderBy: { seq: "asc" } })).map(
    (row) => row.payload,
  );

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  scene = await aDealScene(world);
  pair = await aPair(world, { broker: scene.broker });
});
afterAll(() => world.close());

/** A held meeting with minutes, as the sessions context leaves them; its own commands are tested there. */
async function aHeldMeeting(
  introductionId: string,
  caseId: string,
  outcome: "negotiate" | "not_suitable",
): Promise<string> {
  const at = world.clock.now();
  const span = { startsAt: at, endsAt: new Date(at.getTime() + 1_800_000) };
  const sessionId = newId();
  const person = scene.broker;
  await db().connectionSession.create({
    data: {
      ...{ id: sessionId, officeId: person.officeId, title: "Phiên", place: "Sở", ...span, tables: 3, slotMinutes: 30 },
      ...{ ownerId: person.personId, createdById: person.personId, createdAt: at, state: "held" as const },
    },
  });
  const id = newId();
  await db().meeting.create({
    data: { id, sessionId, introductionId, caseId, state: "held", ...span, uid: id, changedAt: at, createdAt: at },
  });
  await db().minutes.create({
    data: {
      ...{ id: newId(), meetingId: id, state: "sent" as const, outcome, decisions: "Hai bên trao đổi.", sentAt: at },
      ...{ nextStep: "Gửi dự thảo", nextOwner: "offering" as const, nextOn: new Date("2026-12-10") },
      ...{ writtenById: person.personId, writtenAt: at },
    },
  });
  return id;
}

describe("a deal is opened", () => {
  it("from an accepted introduction: its two organisations, the need's side takes over; one live deal per case", async () => {
    const { caseId, introductionId } = await anAccepted(world, pair);
    const prepared = await prepareDeal(world.ctx(scene.broker), { introductionId });
    expect(prepared).toMatchObject({
      origin: "introduction",
      caseId,
      transferor: { id: pair.offering.organisationId },
      transferee: { id: pair.need.organisationId },
      nextActionOn: "2026-12-08",
      existingId: null,
    });
    // other parties than the introduced ones are not taken from a form
    const { id } = must(await open({ introductionId, transferorId: scene.transferor.organisationId }));
    const row = await db().deal.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      origin: "introduction",
      caseId,
      introductionId,
      transferorId: pair.offering.organisationId,
      transfereeId: pair.need.organisationId,
      needId: pair.need.listingId,
      offeringId: pair.offering.listingId,
      transferorCountry: "VN",
      stage: "negotiation",
      revision: 0,
    });
    expect(row.technologyName).toBeTruthy();
    const [event] = await db().dealEvent.findMany({ where: { dealId: id } });
    expect(await events(id, "deal.opened")).toEqual([
      { organisationId: pair.offering.organisationId, dealEventId: event?.id },
      { organisationId: pair.need.organisationId, dealEventId: event?.id },
    ]);
    expect(await open({ caseId })).toMatchObject({ code: "deals:error.caseTaken" });
    expect(await prepareDeal(world.ctx(scene.broker), { caseId })).toMatchObject({ existingId: id });
    const swapped = termsSchema.parse({
      ...termsForm(scene),
      revision: 0,
      transferorId: pair.need.organisationId,
      transfereeId: pair.offering.organisationId,
    });
    expect(
      await editTerms(world.ctx(scene.broker), {
        dealId: id,
        ...swapped,
        transfereeId: scene.transferee.organisationId,
      }),
    ).toMatchObject({ code: "deals:error.partyFixed" });
    must(await editTerms(world.ctx(scene.broker), { dealId: id, ...swapped }));
    // a lost deal makes room for another try
    must(await loseDeal(world.ctx(scene.broker), { dealId: id, revision: 1, reasonCode: "price", note: null }));
    must(await open({ caseId }));
  });

  it("from a meeting whose minutes say to go on, not from one that does not", async () => {
    const second = await aPair(world, { broker: scene.broker });
    const { caseId, introductionId } = await anAccepted(world, second);
    const no = await aHeldMeeting(introductionId, caseId, "not_suitable");
    expect(await open({ meetingId: no })).toMatchObject({ code: "deals:error.sourceGone" });
    const yes = await aHeldMeeting(introductionId, caseId, "negotiate");
    const { id } = must(await open({ meetingId: yes }));
    expect(await db().deal.findUniqueOrThrow({ where: { id } })).toMatchObject({
      origin: "meeting",
      meetingId: yes,
      caseId,
    });
  });

  it("from a case of its own, a fair or a phone call, with one party or two", async () => {
    const third = await aPair(world, { broker: scene.broker });
    const caseId = await aCase(world, third, { origin: "fair" });
    const { id } = must(await open({ caseId }));
    expect(await db().deal.findUniqueOrThrow({ where: { id } })).toMatchObject({
      origin: "fair",
      introductionId: null,
    });
    const alone = must(await open({ origin: "phone", transfereeId: scene.transferee.organisationId }));
    expect(await db().deal.findUniqueOrThrow({ where: { id: alone.id } })).toMatchObject({
      origin: "phone",
      transferorId: null,
    });
    expect(await prepareDeal(world.ctx(scene.broker), {})).toMatchObject({ origin: "other", transferor: null });
  });

  it("not from a case whose sides were asked and have not both agreed: it would name them to each other", async () => {
    const waiting = await anIntroduction(world, await aPair(world, { broker: scene.broker }));
    expect(await open({ caseId: waiting.caseId })).toMatchObject({ code: "deals:error.sourceGone" });
    expect(await prepareDeal(world.ctx(scene.broker), { caseId: waiting.caseId })).toBe("gone");
  });

  it("an organisation that is named later is told that the deal opened; nobody is told twice", async () => {
    const { transferor, transferee } = scene;
    const { id } = must(await open({ transfereeId: transferee.organisationId }));
    await setTerms(world, scene, id);
    await setTerms(world, scene, id, { value: "2 tỷ" });
    const last = (await db().dealEvent.findMany({ where: { dealId: id }, orderBy: { number: "asc" } }))[1];
    expect((await events(id, "deal.opened")).slice(1)).toEqual([
      { organisationId: transferor.organisationId, dealEventId: last?.id },
    ]);
  });

  it("a chosen party that is no id is nobody, on the form as in the command", async () => {
    const typed = { find: "", chosen: "-".repeat(36) };
    const choices = await dealPartyChoices(world.ctx(scene.broker), { transferor: typed, transferee: typed });
    expect(choices.transferor.list).toEqual([]);
    const odd = { find: "không\u0000có\u0000ai", chosen: "" };
    const found = await dealPartyChoices(world.ctx(scene.broker), { transferor: odd, transferee: odd });
    expect(found.transferor).toEqual({ list: [], nothingFound: true });
  });

  it("not by others, not about oneself, not with nobody, not into the past", async () => {
    const party = { transfereeId: scene.transferee.organisationId };
    for (const who of [scene.registrar, scene.transferee.manager, await makeStaff(world, "leader")]) {
      expect(await openDeal(world.ctx(who), form(party))).toMatchObject({ code: "common:notFound" });
      expect(await prepareDeal(world.ctx(who), {})).toBeNull();
    }
    expect(await open({})).toMatchObject({ code: "deals:error.partyNeeded" });
    expect(await open({ ...party, nextActionOn: "2026-01-01" })).toMatchObject({
      fields: { nextActionOn: ["deals:error.datePast"] },
    });
    expect(await open({ ...party, transferorId: scene.transferee.organisationId })).toMatchObject({
      fields: { transfereeId: ["deals:error.sameOrganisation"] },
    });
    expect(await open({ transferorId: newId() })).toMatchObject({
      fields: { transferorId: ["deals:error.noSuchOrganisation"] },
    });
    expect(await open({ introductionId: newId() })).toMatchObject({ code: "deals:error.sourceGone" });
    expect(await open({ meetingId: newId() })).toMatchObject({ code: "deals:error.sourceGone" });
    // a broker who belongs to a party
    const own = await makeOrganisation(world, { broker: scene.broker });
    await db().grant.create({
      data: {
        ...{ id: newId(), officeId: scene.broker.officeId, personId: own.manager.personId },
        ...{ role: "broker" as const, createdAt: world.clock.now() },
      },
    });
    const insider = await refreshed(world, own.manager);
    expect(await open({ transfereeId: own.organisationId }, insider)).toMatchObject({ code: "deals:error.ownDeal" });
    const { id } = must(await open({ transfereeId: own.organisationId }));
    const plan = dealPlanSchema.parse({ revision: 0, nextAction: "Gọi", nextActionOn: "2026-12-01" });
    expect(await planDeal(world.ctx(insider), { dealId: id, ...plan })).toMatchObject({ code: "deals:error.role" });
    expect((await viewDeal(world.ctx(insider), id))?.role).toBe("transferee");
    must(await planDeal(world.ctx(scene.broker), { dealId: id, ...plan }));
  });

  it("numbers them one after the other, however many at once", async () => {
    const ids = await Promise.all(
      [1, 2, 3, 4].map(async () => must(await open({ transfereeId: scene.transferee.organisationId })).id),
    );
    const rows = await db().deal.findMany({ where: { id: { in: ids } }, select: { reference: true } });
    const numbers = rows.map((row) => Number(row.reference.slice(-6))).sort((a, b) => a - b);
    expect(numbers).toEqual([0, 1, 2, 3].map((at) => (numbers[0] ?? 0) + at));
    const [counter] = await db().referenceCounter.findMany({ where: { kind: "deal" } });
    expect(counter?.last).toBe(await db().deal.count());
  });
});

describe("terms", () => {
  it("are kept as they become known and tell the duty before anything is signed", async () => {
    const id = await aDeal(world, scene);
    await setTerms(world, scene, id, {
      value: "",
      objects: [],
      stateMoney: "",
      royaltyPercent: "2,5",
      currency: "USD",
      royaltyMinimum: "10.000",
    });
    expect(await db().deal.findUniqueOrThrow({ where: { id } })).toMatchObject({
      value: null,
      objects: [],
      stateMoney: null,
      royaltyBasisPoints: 250,
      royaltyMinimum: 1_000_000n,
    });
    expect((await viewDeal(world.ctx(scene.broker), id))?.duty).toEqual({ missing: ["stateMoney"] });
    const facts = {
      transferorCountry: "VN",
      transfereeCountry: "VN",
      stateMoney: true,
      taskCertificate: false,
      restrictedList: false,
    };
    expect(await previewDuty(world.ctx(scene.broker), facts)).toMatchObject({
      answer: { duty: "mandatory", reason: "stateMoney", ruleVersion: 1, filedBy: "transferee" },
    });
    const bad = termsSchema.safeParse({
      ...termsForm(scene),
      revision: 0,
      value: "rất nhiều",
      royaltyPercent: "0",
      transferorCountry: "XX",
    });
    expect(bad.error?.issues.map((issue) => issue.message).sort()).toEqual([
      "deals:error.choose",
      "deals:error.percent",
    ]);
    expect(
      termsSchema.safeParse({ ...termsForm(scene), revision: 0, value: "rất nhiều" }).error?.issues[0],
    ).toMatchObject({
      path: ["value"],
      message: "deals:error.money",
    });
  });

  it("belong to the broker; a rule of a later day does not judge an earlier signing", async () => {
    const id = await aDeal(world, scene);
    const terms = { dealId: id, ...termsSchema.parse({ ...termsForm(scene), revision: await revisionOf(world, id) }) };
    const member = await makeColleague(world, scene.transferor.manager, scene.transferor.organisationId);
    expect(await editTerms(world.ctx(member), terms)).toMatchObject({ code: "deals:error.role" });
    expect(await editTerms(world.ctx(scene.registrar), terms)).toMatchObject({ code: "deals:error.role" });
    expect(await editTerms(world.ctx((await makePerson(world)).actor), terms)).toMatchObject({
      code: "common:notFound",
    });
    await db().ruleParameter.create({
      data: {
        ...{ key: "registration.duty", version: 2, validFrom: new Date("2027-01-01"), source: "Luật mới" },
        value: [{ reason: "domestic", when: {}, duty: "mandatory" }],
      },
    });
    const facts = {
      transferorCountry: "VN",
      transfereeCountry: "VN",
      stateMoney: false,
      taskCertificate: false,
      restrictedList: false,
    };
    expect(await previewDuty(world.ctx(scene.broker), facts)).toMatchObject({
      answer: { duty: "voluntary", ruleVersion: 1 },
    });
    world.clock.set(new Date("2027-01-05T02:00:00Z"));
    expect(await previewDuty(world.ctx(scene.broker), facts)).toMatchObject({
      answer: { duty: "mandatory", ruleVersion: 2 },
    });
  });
});
