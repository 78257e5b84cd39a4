import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerIntroduction } from "~/modules/brokering/index.server";
import { undertakingAt } from "~/modules/documents/index.server";
import {
  acceptUndertaking,
  addAnnex,
  annexPage,
  answerAnnexRequest,
  closeAnnexTo,
  mayOpenFile,
  openAnnex,
  removeAnnex,
  requestAnnex,
  viewAnnexRoom,
  viewListing,
  withdrawListing,
} from "~/modules/listings/index.server";
import { handleNotify } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { anIntroduction, YES } from "../../factories/cases";
import { PDF } from "../../factories/files";
import { aDraft, aPublished } from "../../factories/listings";
import { makeBroker, makeOrganisation, makePerson, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
let partner: { organisationId: string; manager: PersonActor };
let stranger: PersonActor;
let offeringOf: Omit<Awaited<ReturnType<typeof aPublished>>, "listingId" | "reference">;
let listingId: string;
let reference: string;
let fileId: string;
let annexId: string;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
  partner = await makeOrganisation(world, { broker });
  stranger = (await makeOrganisation(world, { broker })).manager;
});
afterAll(() => world?.close());
beforeEach(async () => {
  ({ listingId, reference, ...offeringOf } = await aPublished(world, "offering", {
    owner,
    broker,
    draft: { visibility: "blind" },
  }));
  ({ fileId, annexId } = await annex());
});

async function annex(over: { listingId?: string; by?: PersonActor; bytes?: Uint8Array } = {}) {
  const upload = { name: "ban-ve-mat.pdf", bytes: over.bytes ?? PDF };
  return must(await addAnnex(world.ctx(over.by ?? owner.manager), { listingId: over.listingId ?? listingId, upload }));
}
const open = (who: PersonActor, id = fileId) => openAnnex(world.ctx(who), id);
/** Accepts what the page asks for, as the page asks for it. */
async function accept(who: PersonActor, over: Partial<Parameters<typeof acceptUndertaking>[1]> = {}) {
  const page = await annexPage(world.ctx(who), reference);
  return acceptUndertaking(world.ctx(who), {
    listingId,
    annexIds: page?.pending ?? [],
    textHash: page?.undertaking?.hash ?? "",
    lang: "vi",
    name: "Trần Thị Đọc",
    position: "Trưởng phòng Kỹ thuật",
    agreed: true,
    ...over,
  });
}
/** Asked by the partner and let in by the owner. */
async function letIn(days = 30): Promise<string> {
  const asked = { listingId, organisationId: partner.organisationId };
  const { requestId } = must(await requestAnnex(world.ctx(partner.manager), asked));
  must(await answerAnnexRequest(world.ctx(owner.manager), { listingId, requestId, answer: "granted", days }));
  return requestId;
}
async function told(kind: string): Promise<string[]> {
  const notify = handleNotify(() => world.system, world.container.queue);
  for (const { id } of await db().outboxEvent.findMany({
    where: { type: { startsWith: "annex." } },
    orderBy: { seq: "asc" },
  }))
    await notify({ payload: { eventId: id }, jobId: id, attempt: 1, lastAttempt: false });
  const notices = await db().notice.findMany({ where: { kind }, orderBy: { id: "asc" } });
  return notices.filter(({ params }) => JSON.stringify(params).includes(listingId)).map(({ personId }) => personId);
}

describe("a confidential annex", () => {
  it("opens to nobody but its owner before it was accepted, and through no other door", async () => {
    const leader = await makeStaff(world, "leader");
    for (const who of [partner.manager, stranger, broker, leader]) expect(await open(who)).toBeNull();
    expect(await openAnnex(world.ctx(), fileId)).toBeNull();
    for (const who of [owner.manager, partner.manager, broker])
      expect(await mayOpenFile(world.ctx(who), fileId)).toBeNull();
    const own = await open(owner.manager);
    const bytes = Buffer.from(await new Response(own?.content.stream).arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(own?.downloadName).toBe(`${reference}-phu-luc-1`);
    expect(await db().annexOpening.count({ where: { annexId } }), "the owner's own reading is not written down").toBe(
      0,
    );
    expect(await annexPage(world.ctx(), reference)).toBeNull();
    expect(await annexPage(world.ctx(stranger), reference)).toMatchObject({
      door: "closed",
      files: [],
      pending: [],
      undertaking: null,
    });
    expect((await viewListing(world.ctx(), reference))?.hasAnnex).toBe(true);
    expect(JSON.stringify(await viewListing(world.ctx(stranger), reference))).not.toContain(fileId);
  });

  it("asks for a ticked box, a name and a position, and keeps who, for whom, when and which words", async () => {
    await letIn();
    expect(await open(partner.manager), "let in is not enough").toBeNull();
    const refused = await accept(partner.manager, { agreed: false, name: " ", position: "" });
    expect(refused).toMatchObject({ ok: false, fields: { agreed: expect.anything(), name: [expect.any(String)] } });
    expect(refused).toHaveProperty("fields.position");
    expect(await accept(partner.manager, { textHash: "0".repeat(64) })).toMatchObject({
      code: "annexes:error.textChanged",
    });
    expect(await accept(partner.manager, { annexIds: ["nonsense"] })).toMatchObject({
      code: "annexes:error.annexesChanged",
    });
    expect(await db().annexAcceptance.count({ where: { listingId } })).toBe(0);

    const { acceptanceId } = must(await accept(partner.manager));
    const text = undertakingAt(world.clock.now(), "vi");
    expect(await db().annexAcceptance.findUniqueOrThrow({ where: { id: acceptanceId } })).toMatchObject({
      personId: partner.manager.personId,
      organisationId: partner.organisationId,
      name: "Trần Thị Đọc",
      position: "Trưởng phòng Kỹ thuật",
      textVersion: text.version,
      textHash: text.hash,
      lang: "vi",
      annexIds: [annexId],
      acceptedAt: world.clock.now(),
    });
    await expect(db().annexAcceptance.delete({ where: { id: acceptanceId } })).rejects.toThrow();
    // pressed twice: one acceptance
    const again = { annexIds: [annexId], textHash: text.hash };
    expect(must(await accept(partner.manager, again)).acceptanceId).toBe(acceptanceId);
    const audits = await db().auditEntry.findMany({ where: { subjectId: listingId, action: "annex.accepted" } });
    expect(audits.map(({ after }) => after)).toEqual([
      expect.objectContaining({ acceptanceId, textHash: text.hash, organisationId: partner.organisationId }),
    ]);
    expect(JSON.stringify(audits.map(({ after }) => after))).not.toContain("Trần Thị Đọc");
    expect(await open(partner.manager)).not.toBeNull();
    // each person accepts for themselves, and nobody by another's acceptance
    expect(await open(stranger)).toBeNull();
  });

  it("writes down every opening and tells the owner of an organisation's first", async () => {
    await letIn();
    must(await accept(partner.manager));
    for (let time = 0; time < 3; time++) {
      world.clock.advanceDays(1);
      expect(await open(partner.manager)).not.toBeNull();
    }
    const room = await viewAnnexRoom(world.ctx(owner.manager), listingId);
    expect(room?.readers).toHaveLength(1);
    expect(room?.readers[0]).toMatchObject({ name: "Trần Thị Đọc", position: "Trưởng phòng Kỹ thuật" });
    expect(room?.readers[0]?.openings.map(({ number }) => number)).toEqual([1, 1, 1]);
    expect(await db().auditEntry.count({ where: { subjectId: listingId, action: "annex.opened" } })).toBe(3);
    expect(await told("annex-opened")).toEqual([owner.manager.personId]);
    expect(await told("annex-requested")).toEqual([owner.manager.personId]);
    expect(await told("annex-granted")).toEqual([partner.manager.personId]);
    for (const who of [partner.manager, stranger, broker])
      expect(await viewAnnexRoom(world.ctx(who), listingId), "the log is the owner's").toBeNull();
    const opening = room?.readers[0]?.openings[0]?.id ?? "";
    await expect(
      db().annexOpening.update({ where: { id: opening }, data: { openedAt: new Date(0) } }),
    ).rejects.toThrow();
  });

  it("closes when the owner takes it back, when the days are over, and with its listing", async () => {
    await letIn(14);
    must(await accept(partner.manager));
    expect(await open(partner.manager)).not.toBeNull();
    world.clock.advanceDays(14);
    expect(await open(partner.manager), "the fourteenth day is over").toBeNull();

    await letIn(30);
    expect(await open(partner.manager), "the undertaking still stands").not.toBeNull();
    const closed = { listingId, organisationId: partner.organisationId };
    expect(await closeAnnexTo(world.ctx(stranger), closed)).toMatchObject({ code: "common:notFound" });
    expect(await closeAnnexTo(world.ctx(broker), closed)).toMatchObject({ code: "common:notFound" });
    must(await closeAnnexTo(world.ctx(owner.manager), closed));
    must(await closeAnnexTo(world.ctx(owner.manager), closed));
    expect(await db().auditEntry.count({ where: { subjectId: listingId, action: "access.revoked" } })).toBe(1);
    expect(await open(partner.manager)).toBeNull();
    expect(await accept(partner.manager)).toMatchObject({ code: "common:notFound" });

    await letIn(90);
    expect(await open(partner.manager)).not.toBeNull();
    must(await withdrawListing(world.ctx(owner.manager), { listingId }));
    expect(await open(partner.manager), "off the shelf").toBeNull();
    expect(await open(owner.manager)).not.toBeNull();
  });

  it("asks again for a new or replaced annex, and not because one was removed", async () => {
    await letIn();
    must(await accept(partner.manager));
    const second = await annex();
    expect(await open(partner.manager)).not.toBeNull();
    expect(await open(partner.manager, second.fileId)).toBeNull();
    const page = await annexPage(world.ctx(partner.manager), reference);
    expect([page?.files.map(({ number }) => number), page?.pending]).toEqual([[1], [second.annexId]]);
    must(await removeAnnex(world.ctx(owner.manager), { listingId, annexId }));
    must(await removeAnnex(world.ctx(owner.manager), { listingId, annexId }));
    expect(await open(partner.manager), "removed").toBeNull();
    must(await accept(partner.manager));
    expect((await open(partner.manager, second.fileId))?.downloadName).toBe(`${reference}-phu-luc-2`);
    must(await removeAnnex(world.ctx(owner.manager), { listingId, annexId: second.annexId }));
    expect((await viewListing(world.ctx(), reference))?.hasAnnex).toBe(false);
    expect(await annexPage(world.ctx(partner.manager), reference)).toBeNull();
    expect((await viewAnnexRoom(world.ctx(owner.manager), listingId))?.readers, "the log stays").toHaveLength(2);
  });

  it("asks again once the words in force are others, whatever was accepted before", async () => {
    await letIn();
    const { acceptanceId } = must(await accept(partner.manager));
    const row = await db().annexAcceptance.findUniqueOrThrow({ where: { id: acceptanceId } });
    // as if it had been given to an earlier text: the row itself cannot be changed
    const other = await makePerson(world);
    const colleague = { ...other.actor, memberships: partner.manager.memberships };
    await db().annexAcceptance.create({
      data: { ...row, id: newId(), personId: colleague.personId, textVersion: "2026-01" },
    });
    expect(await open(partner.manager)).not.toBeNull();
    expect(await open(colleague)).toBeNull();
    expect((await annexPage(world.ctx(colleague), reference))?.pending).toEqual([annexId]);
  });

  it("brokers of the office read like everybody else: after accepting, written down, told of", async () => {
    expect((await annexPage(world.ctx(broker), reference))?.door).toBe("in");
    must(await accept(broker));
    expect(await open(broker)).not.toBeNull();
    const [reader] = (await viewAnnexRoom(world.ctx(owner.manager), listingId))?.readers ?? [];
    expect(reader).toMatchObject({ organisation: null, openings: [{ number: 1 }] });
    expect(await told("annex-opened")).toEqual([owner.manager.personId]);
  });

  it("is open to the other side of an accepted introduction, once it accepts", async () => {
    const need = await aPublished(world, "need", { owner: partner, broker });
    const pair = { need, offering: { listingId, reference, ...offeringOf }, broker };
    const { introductionId } = await anIntroduction(world, pair);
    const answer = async (side: "need" | "offering", who: PersonActor) => {
      expect(await open(partner.manager), "not before both agreed").toBeNull();
      expect((await annexPage(world.ctx(partner.manager), reference))?.door).toBe("closed");
      must(await answerIntroduction(world.ctx(who), { ...YES, introductionId, side }));
    };
    await answer("need", partner.manager);
    await answer("offering", owner.manager);
    expect(await open(partner.manager), "not before it accepted").toBeNull();
    expect((await annexPage(world.ctx(stranger), reference))?.door).toBe("closed");
    must(await accept(partner.manager));
    expect(await open(partner.manager)).not.toBeNull();
    // the annex of another listing of the same owner stays shut to them
    const other = await aPublished(world, "offering", { owner, broker });
    const hung = await annex({ listingId: other.listingId });
    expect(await open(partner.manager, hung.fileId)).toBeNull();
    must(await closeAnnexTo(world.ctx(owner.manager), { listingId, organisationId: partner.organisationId }));
    expect(await open(partner.manager)).toBeNull();
    expect((await viewListing(world.ctx(partner.manager), reference))?.contact, "contacts stay open").not.toBeNull();
    // the members of who was let in hear it, and nobody of the owner's
    expect(await told("annex-closed")).toEqual([partner.manager.personId]);
  });

  it("of before there were annexes opens as today after the upgrade, once; what an owner closed stays closed", async () => {
    const need = await aPublished(world, "need", { owner: partner, broker });
    const pair = { need, offering: { listingId, reference, ...offeringOf }, broker };
    const { introductionId } = await anIntroduction(world, pair);
    must(await answerIntroduction(world.ctx(partner.manager), { ...YES, introductionId, side: "need" }));
    must(await answerIntroduction(world.ctx(owner.manager), { ...YES, introductionId, side: "offering" }));
    const grants = () => db().accessGrant.findMany({ where: { listingId, scope: "annex" } });
    // as the release before left it
    await db().accessGrant.deleteMany({ where: { scope: "annex", listingId: { in: [listingId, need.listingId] } } });
    expect((await annexPage(world.ctx(partner.manager), reference))?.door).toBe("closed");
    const sql = readFileSync("prisma/migrations/20261123110200_annex_grants/migration.sql", "utf8");
    const client = new pg.Client({ connectionString: world.databaseUrl });
    await client.connect();
    try {
      await client.query(sql);
      await client.query(sql);
      const [made, ...more] = await grants();
      expect([made, more]).toMatchObject([
        { organisationId: partner.organisationId, reason: "introduction.accepted", reasonId: introductionId },
        [],
      ]);
      expect(made?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
      const logged = await db().auditEntry.findMany({ where: { subjectId: listingId, action: "access.granted" } });
      expect(logged.at(-1)?.after).toMatchObject({ grantId: made?.id, scope: "annex" });
      must(await accept(partner.manager));
      expect(await open(partner.manager)).not.toBeNull();
      must(await closeAnnexTo(world.ctx(owner.manager), { listingId, organisationId: partner.organisationId }));
      await client.query(sql);
      expect(await open(partner.manager)).toBeNull();
    } finally {
      await client.end();
    }
  });
});

describe("asking to be let in", () => {
  const ask = (who: PersonActor, organisationId: string) => requestAnnex(world.ctx(who), { listingId, organisationId });

  it("is for verified organisations, one question at a time, and a no holds for thirty days", async () => {
    expect(await ask(stranger, partner.organisationId)).toMatchObject({ code: "annexes:error.notVerified" });
    expect(await ask(owner.manager, owner.organisationId)).toMatchObject({ code: "annexes:error.alreadyIn" });
    const { requestId } = must(await ask(partner.manager, partner.organisationId));
    expect(await ask(partner.manager, partner.organisationId)).toMatchObject({ code: "annexes:error.alreadyAsked" });
    const no = { listingId, requestId, answer: "declined" as const, days: 0 };
    expect(await answerAnnexRequest(world.ctx(broker), no)).toMatchObject({ code: "common:notFound" });
    expect(await answerAnnexRequest(world.ctx(owner.manager), { ...no, answer: "granted", days: 365 })).toMatchObject({
      code: "annexes:error.days",
    });
    must(await answerAnnexRequest(world.ctx(owner.manager), no));
    expect(await answerAnnexRequest(world.ctx(owner.manager), no)).toMatchObject({
      code: "annexes:error.alreadyAnswered",
      params: { name: owner.manager.fullName },
    });
    expect(await told("annex-declined")).toEqual([partner.manager.personId]);
    expect(await open(partner.manager)).toBeNull();
    expect(await ask(partner.manager, partner.organisationId)).toMatchObject({ code: "annexes:error.declined" });
    world.clock.advanceDays(31);
    must(await ask(partner.manager, partner.organisationId));
  });

  it("does not tell the owner of a blind listing to who asks, nor opens contacts", async () => {
    await letIn();
    must(await accept(partner.manager));
    const seen = JSON.stringify([
      await annexPage(world.ctx(partner.manager), reference),
      await viewListing(world.ctx(partner.manager), reference),
    ]);
    const { nameVi } = await db().organisation.findUniqueOrThrow({ where: { id: owner.organisationId } });
    expect(seen).not.toContain(nameVi);
    expect(seen).not.toContain("ban-ve-mat");
  });
});

describe("changing annexes", () => {
  it("is the owner's, three at most, whole PDFs only", async () => {
    const upload = { name: "x.pdf", bytes: PDF };
    for (const who of [partner.manager, stranger, broker])
      expect(await addAnnex(world.ctx(who), { listingId, upload })).toMatchObject({ code: "common:notFound" });
    expect(await removeAnnex(world.ctx(broker), { listingId, annexId })).toMatchObject({ code: "common:notFound" });
    const text = { name: "x.pdf", bytes: new TextEncoder().encode("không phải PDF") };
    expect(await addAnnex(world.ctx(owner.manager), { listingId, upload: text })).toMatchObject({
      fields: { annex: ["documents:error.notPdf"] },
    });
    await annex();
    // two at once for the last place: one wins
    const both = await Promise.all([1, 2].map(() => addAnnex(world.ctx(owner.manager), { listingId, upload })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await addAnnex(world.ctx(owner.manager), { listingId, upload })).toMatchObject({
      code: "annexes:error.most",
    });
    // an annex of another listing is not removed through this one
    const draft = await aDraft(world, "need", { owner, broker });
    const hung = await annex({ listingId: draft.listingId });
    expect(await removeAnnex(world.ctx(owner.manager), { listingId, annexId: hung.annexId })).toMatchObject({
      code: "common:notFound",
    });
    expect(await open(broker, hung.fileId), "a draft is not even there").toBeNull();
  });

  it("changes no version and asks for no review", async () => {
    const before = await db().listing.findUniqueOrThrow({ where: { id: listingId }, include: { reviews: true } });
    await annex();
    const after = await db().listing.findUniqueOrThrow({ where: { id: listingId }, include: { reviews: true } });
    expect(after).toEqual(before);
    expect(await db().auditEntry.count({ where: { subjectId: listingId, action: "annex.added" } })).toBe(2);
  });
});
