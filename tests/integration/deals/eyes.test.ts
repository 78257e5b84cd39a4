import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureImportedOrganisation } from "~/modules/accounts/index.server";
import {
  addDealDocument,
  confirmAcceptance,
  dealsOfCase,
  dealTasks,
  listDeals,
  openDeal,
  openDealDocument,
  openDealsOf,
  pauseDeal,
  planDeal,
  viewDeal,
} from "~/modules/deals/index.server";
import { DEAL_DOCUMENT_KINDS, openDealSchema } from "~/modules/deals/schemas";
import { readFile } from "~/modules/documents/index.server";
import { mayOpenFile } from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { ok } from "~/platform/result";
import { aCase, aPair } from "../../factories/cases";
import { aDeal, aDealAt, aDealScene, type DealScene, move, paper, revisionOf, setTerms } from "../../factories/deals";
import { bytesOf, PDF } from "../../factories/files";
import { makeOrganisation, makePerson, makeStaff, must, refreshed } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let scene: DealScene;
let leader: PersonActor;
let strangers: PersonActor[];
const db = () => world.container.ports.db;
const SECRET = "Bên nhận chỉ còn chịu được 900 triệu";
const today = () => localDay(world.clock.now());
const as = (who: PersonActor) => world.ctx(who);

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  scene = await aDealScene(world);
  leader = await makeStaff(world, "leader");
  const outside = await makeOrganisation(world, { broker: scene.broker });
  strangers = [(await makePerson(world)).actor, outside.manager, await makeStaff(world, "administrator")];
});
afterAll(() => world.close());

describe("who sees a deal", () => {
  it("the parties see it whole but not the broker's plans and notes; outsiders see nothing at all", async () => {
    const id = await aDealAt(world, scene, "signed", { terms: { stateMoney: "yes" } });
    const { broker, registrar, transferor, transferee } = scene;
    must(
      await planDeal(as(broker), {
        ...{ dealId: id, revision: await revisionOf(world, id), nextAction: SECRET, nextActionOn: today() },
      }),
    );
    must(
      await pauseDeal(as(broker), {
        ...{ dealId: id, revision: await revisionOf(world, id), reasonCode: "price" as const, note: SECRET },
      }),
    );
    for (const [who, role] of [
      [broker, "broker"],
      [registrar, "registrar"],
      [leader, "leader"],
      [transferor.manager, "transferor"],
      [transferee.manager, "transferee"],
    ] as const) {
      const view = await viewDeal(as(who), id);
      expect(view, role).toMatchObject({ role, terms: { value: 1_250_000_000n }, registration: { duty: "mandatory" } });
      expect(view?.documents, role).toHaveLength(1);
      const party = role === "transferor" || role === "transferee";
      const told = JSON.stringify(view, (_key, value) => (typeof value === "bigint" ? String(value) : value));
      expect(told.includes(SECRET), role).toBe(!party);
      expect(view?.reason, role).toEqual({ code: "price", note: party ? null : SECRET });
      expect(view?.next === null, role).toBe(party);
      expect(
        view?.timeline.some((item) => item.command === "plan"),
        role,
      ).toBe(!party);
      const list = await listDeals(as(who), { view: "list", status: "paused" });
      expect(list?.rows.find((row) => row.id === id)?.nextAction ?? null, role).toBe(party ? null : SECRET);
      expect(list?.reader).toBe(party ? "member" : "staff");
    }
    for (const who of strangers) {
      expect(await viewDeal(as(who), id)).toBeNull();
      const list = await listDeals(as(who), { view: "board" });
      expect(list?.rows ?? []).toEqual([]);
      expect(list?.counts.paused ?? 0).toBe(0);
      expect(await openDealsOf(as(who))).toEqual([]);
      expect(await dealTasks(as(who))).toEqual([]);
      expect(await move(world, who, id, "start_performing")).toMatchObject({ code: "common:notFound" });
      expect(await confirmAcceptance(as(who), { dealId: id, side: "transferor" })).toMatchObject({
        code: "common:notFound",
      });
    }
    expect(await viewDeal(world.ctx(), id)).toBeNull();
    expect(await listDeals(world.ctx(), { view: "board" })).toBeNull();
    expect(await viewDeal(as(broker), newId())).toBeNull();
    expect(await viewDeal(as(broker), "x")).toBeNull();
    // leaders read and change nothing
    expect((await viewDeal(as(leader), id))?.may).toMatchObject({
      work: false,
      editTerms: false,
      addDocument: [],
      accept: [],
    });
    expect(await move(world, leader, id, "start_performing")).toMatchObject({ code: "deals:error.role" });
  });

  it("shows what the next step lacks, to each what they may do", async () => {
    const { broker, transferee } = scene;
    const id = await aDealAt(world, scene, "drafting", {
      terms: { value: "", restrictedList: "", checklist: ["1", "2"] },
    });
    const steps = (await viewDeal(as(broker), id))?.steps ?? [];
    expect(steps).toMatchObject([{ command: "sign", mine: true, ready: false }]);
    expect(steps[0]?.points.filter((point) => !point.met).map((point) => point.code)).toEqual([
      "value",
      "restrictedList",
      "checklist",
      "signedContract",
    ]);
    expect((await viewDeal(as(transferee.manager), id))?.steps[0]).toMatchObject({
      command: "sign",
      mine: false,
      ready: false,
    });
    expect(await move(world, broker, id, "sign", { signedOn: today(), contractNumber: "1" })).toMatchObject({
      code: "deals:error.value",
    });
    await setTerms(world, scene, id);
    await paper(world, broker, id, "signed_contract");
    expect((await viewDeal(as(broker), id))?.steps[0]).toMatchObject({ ready: true });
    const bad = await move(world, broker, id, "sign", { signedOn: "2030-01-01", contractNumber: "1" });
    expect(bad).toMatchObject({ code: "deals:error.signedOn", fields: { signedOn: ["deals:error.signedOn"] } });
    const longAgo = await move(world, broker, id, "sign", { signedOn: "30/06/1918", contractNumber: "1" });
    expect(longAgo).toMatchObject({ fields: { signedOn: ["deals:error.signedOnEarly"] } });
    must(await move(world, broker, id, "sign", { signedOn: today(), contractNumber: "1" }));
  });

  it("without an introduction a party reads its own listing's title only; a broker of a party reads no plans", async () => {
    const pair = await aPair(world, { broker: scene.broker });
    const caseId = await aCase(world, pair, { origin: "phone" });
    const asked = { title: "Từ cuộc gọi", origin: "other", caseId, nextAction: SECRET, nextActionOn: today() };
    const { id } = must(await openDeal(as(scene.broker), openDealSchema.parse(asked)));
    const sourceFor = async (who: PersonActor) => (await viewDeal(as(who), id))?.source;
    expect(await sourceFor(scene.broker)).toMatchObject({ need: {}, offering: {} });
    expect(await sourceFor(pair.need.owner)).toMatchObject({ need: { id: pair.need.listingId }, offering: null });
    expect(await sourceFor(pair.offering.owner)).toMatchObject({
      need: null,
      offering: { id: pair.offering.listingId },
    });
    await db().grant.create({
      data: {
        ...{ id: newId(), officeId: scene.broker.officeId, personId: pair.need.owner.personId },
        ...{ role: "broker" as const, createdAt: world.clock.now() },
      },
    });
    const list = await listDeals(as(await refreshed(world, pair.need.owner)), { view: "list", page: 1.5 });
    expect(list?.rows.find((row) => row.id === id)).toMatchObject({ nextAction: null, nextActionOn: null });
  });

  it("board and list: by stage, mine, ended; a case knows its deals", async () => {
    const pair = await aPair(world, { broker: scene.broker });
    const caseId = await aCase(world, pair);
    const form = openDealSchema.parse({
      title: "Từ hồ sơ",
      origin: "other",
      caseId,
      nextAction: "Gọi",
      nextActionOn: today(),
    });
    const { id } = must(await openDeal(as(scene.other), form));
    const board = await listDeals(as(scene.broker), { view: "board" });
    expect(board?.columns.find((column) => column.stage === "negotiation")?.rows.map((row) => row.id)).toContain(id);
    expect(board?.rows.find((row) => row.id === id)).toMatchObject({ mine: false, broker: scene.other.fullName });
    const mine = await listDeals(as(scene.other), { view: "list", mine: true });
    expect(mine?.rows.map((row) => row.id)).toEqual([id]);
    expect(mine?.counts.mine).toBe(1);
    expect(await dealsOfCase(as(scene.broker), caseId)).toMatchObject([{ id, stage: "negotiation", status: "active" }]);
    expect(await dealsOfCase(as(strangers[0] as PersonActor), caseId)).toEqual([]);
    expect(await openDealsOf(as(pair.need.owner))).toMatchObject([{ kind: "follow", dealId: id }]);
    expect(await dealTasks(as(scene.other))).toContainEqual(
      expect.objectContaining({ kind: "next_action", dealId: id, mine: true }),
    );
  });
});

describe("documents", () => {
  it("each role puts in its own kinds, PDF or picture; rubbish is refused at its field", async () => {
    const id = await aDealAt(world, scene, "registration_filed", { terms: { stateMoney: "yes" } });
    const put = (who: PersonActor, kind: (typeof DEAL_DOCUMENT_KINDS)[number], bytes: Uint8Array = PDF) =>
      addDealDocument(as(who), { dealId: id, kind, title: null, upload: { name: "giấy tờ.pdf", bytes } });
    const allowed = async (who: PersonActor) => {
      const answers = await Promise.all(DEAL_DOCUMENT_KINDS.map((kind) => put(who, kind)));
      return DEAL_DOCUMENT_KINDS.filter((_kind, at) => answers[at]?.ok);
    };
    expect(await allowed(scene.broker)).toEqual(DEAL_DOCUMENT_KINDS.filter((kind) => kind !== "certificate"));
    expect(await allowed(scene.registrar)).toEqual(["registration_file", "certificate", "other"]);
    expect(await allowed(scene.transferor.manager)).toEqual(["draft_contract", "handover", "other"]);
    expect((await viewDeal(as(scene.transferee.manager), id))?.may.addDocument).toEqual([
      "draft_contract",
      "handover",
      "other",
    ]);
    expect(await put(leader, "other")).toMatchObject({ code: "deals:error.role" });
    for (const who of strangers) expect(await put(who, "other")).toMatchObject({ code: "common:notFound" });
    expect(await put(scene.broker, "other", new TextEncoder().encode("không phải PDF"))).toMatchObject({
      fields: { file: ["documents:error.notPicture"] },
    });
    expect(await put(scene.broker, "other", new Uint8Array())).toMatchObject({ code: "documents:error.empty" });
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#aac" } })
      .png()
      .toBuffer();
    const { documentId } = must(await put(scene.broker, "acceptance_record", picture));
    expect((await openDealDocument(as(scene.broker), id, documentId))?.kind).toBe("picture");
  });

  it("open for the Department and the parties only, under the deal's reference; never by the file's address", async () => {
    const id = await aDealAt(world, scene, "signed");
    const { documents, reference } = (await viewDeal(as(scene.broker), id)) ?? { documents: [], reference: "" };
    const documentId = documents[0]?.id ?? "";
    for (const who of [scene.broker, scene.registrar, leader, scene.transferor.manager, scene.transferee.manager]) {
      const open = await openDealDocument(as(who), id, documentId);
      expect(open).toMatchObject({ kind: "pdf", downloadName: `${reference}-signed-contract` });
      const content = await readFile(as(who), open?.fileId ?? "", "full");
      expect((await bytesOf(content)).equals(Buffer.from(PDF))).toBe(true);
    }
    const { fileId } = await db().dealDocument.findUniqueOrThrow({ where: { id: documentId } });
    for (const who of strangers) expect(await openDealDocument(as(who), id, documentId)).toBeNull();
    expect(await openDealDocument(world.ctx(), id, documentId)).toBeNull();
    // another deal's address does not open it
    expect(await openDealDocument(as(scene.broker), await aDeal(world, scene), documentId)).toBeNull();
    for (const who of [...strangers, scene.broker, scene.transferor.manager])
      expect(await mayOpenFile(as(who), fileId)).toBeNull();
  });
});

describe("a party nobody stands for", () => {
  it("is accepted for by the broker, from a record; never for one that has members", async () => {
    const made = await transact(world.system, async (tx) =>
      ok(
        await ensureImportedOrganisation(tx, world.system, {
          ...{ homeExchange: "test", externalId: "o1", name: "Viện không có trên sàn" },
          ...{ typeText: "viện", provinceName: "Quảng Ninh" },
        }),
      ),
    );
    const imported = must(made) ?? { id: "" };
    await db().organisation.update({ where: { id: imported.id }, data: { state: "verified" } });
    const absent = { ...scene, transferor: { organisationId: imported.id, manager: scene.transferor.manager } };
    const id = await aDealAt(world, absent, "performing");
    const { broker, transferee } = scene;
    expect((await viewDeal(as(broker), id))?.may.accept).toEqual(["transferor"]);
    expect(await confirmAcceptance(as(broker), { dealId: id, side: null })).toMatchObject({
      code: "deals:error.sideNeeded",
    });
    expect(await confirmAcceptance(as(broker), { dealId: id, side: "transferor" })).toMatchObject({
      code: "deals:error.acceptanceRecord",
    });
    expect(await confirmAcceptance(as(transferee.manager), { dealId: id, side: "transferor" })).toMatchObject({
      code: "deals:error.role",
    });
    await paper(world, broker, id, "acceptance_record");
    must(await confirmAcceptance(as(broker), { dealId: id, side: "transferor" }));
    expect(await confirmAcceptance(as(broker), { dealId: id, side: "transferee" })).toMatchObject({
      code: "deals:error.sideWithoutMembers",
    });
    expect(must(await confirmAcceptance(as(transferee.manager), { dealId: id, side: null }))).toEqual({
      accepted: true,
    });
    const item = (await viewDeal(as(broker), id))?.timeline.find((one) => one.params.side === "transferor");
    expect(item).toMatchObject({ command: "confirm_acceptance", byRole: "broker", params: { onBehalf: "true" } });
  });
});

describe("a registrar who belongs to a party", () => {
  it("reads as that party and registers nothing", async () => {
    const id = await aDealAt(world, scene, "registration_filed", { terms: { stateMoney: "yes" } });
    await paper(world, scene.registrar, id, "certificate");
    await db().grant.create({
      data: {
        ...{ id: newId(), officeId: scene.broker.officeId, personId: scene.transferee.manager.personId },
        ...{ role: "registrar" as const, createdAt: world.clock.now() },
      },
    });
    const insider = await refreshed(world, scene.transferee.manager);
    expect(insider.grants).toEqual(["registrar"]);
    expect((await viewDeal(as(insider), id))?.role).toBe("transferee");
    expect(
      await move(world, insider, id, "register", { certificateNumber: "1", certificateOn: today() }),
    ).toMatchObject({
      code: "deals:error.role",
    });
  });
});
