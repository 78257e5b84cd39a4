import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canEdit,
  confirmOnBehalf,
  expireListings,
  loadDraft,
  loadForMatching,
  loadSearchDocument,
  rejectListing,
  requestChanges,
  reviewQueue,
  saveDraft,
  startDraft,
  streamSearchDocuments,
  submitListing,
  viewListing,
  viewOwnListing,
  viewReview,
  withdrawListing,
} from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import {
  aPublishedNeed,
  aPublishedOffering,
  approve,
  aSubmitted,
  completeDraft,
  forReview,
  withReferenceData,
} from "../../factories/listings";
import { makeBroker, makeOrganisation, must, refreshed } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;
const listing = (id: string) => db().listing.findUniqueOrThrow({ where: { id } });
const events = async (id: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map((row) => row.type);

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 12 });
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
  await withReferenceData(world);
});
afterAll(() => world.close());

describe("review", () => {
  it("changes requested → edited → approved: reference, copies, dues, events", async () => {
    const made = await aSubmitted(world, "offering", { owner, broker });
    expect((await reviewQueue(world.ctx(broker))).map((row) => row.id)).toContain(made.reviewId);
    must(
      await requestChanges(world.ctx(broker), {
        reviewId: made.reviewId,
        reasonCode: "benefit_unclear",
        note: "Xin nêu chi phí vận hành.",
      }),
    );
    const told = await viewOwnListing(world.ctx(owner.manager), made.listingId);
    expect(told).toMatchObject({ state: "changes_requested", may: { edit: true, submit: true } });
    expect(told?.reviews[0]).toMatchObject({
      state: "changes_requested",
      reasonCode: "benefit_unclear",
      note: "Xin nêu chi phí vận hành.",
      by: broker.fullName,
    });
    const draft = await loadDraft(world.ctx(owner.manager), made.listingId);
    const saved = must(
      await saveDraft(world.ctx(owner.manager), {
        listingId: made.listingId,
        revision: draft?.revision ?? 0,
        values: completeDraft(world, "offering", { title: "Công nghệ đã bổ sung" }),
      }),
    );
    const again = forReview(
      await submitListing(world.ctx(owner.manager), { listingId: made.listingId, revision: saved.revision }),
    );
    const { reference } = must(await approve(world.ctx(broker), again.reviewId));
    expect(reference).toMatch(/^CN-22-2026-\d{6}$/);
    expect(await listing(made.listingId)).toMatchObject({
      state: "published",
      reference,
      publishedVersionId: again.versionId,
      sectorMain: "NNC-01",
      rowVersion: 1n,
      draft: null,
      visibility: "public",
    });
    expect(await events(made.listingId)).toEqual([
      "listing.submitted",
      "listing.changes-requested",
      "listing.submitted",
      "listing.published",
    ]);
    const dues = await db().due.findMany({
      where: { subjectId: { in: [made.listingId, made.reviewId, again.reviewId] } },
      orderBy: { kind: "asc" },
    });
    expect(dues.map((due) => [due.kind, due.state])).toEqual([
      ["listing.expiry", "open"],
      ["listing.reconfirm", "open"],
      ["review", "done"],
      ["review", "done"],
    ]);
    const actions = (
      await db().auditEntry.findMany({ where: { subjectId: made.listingId }, orderBy: { seq: "asc" } })
    ).map((entry) => entry.action);
    expect(actions).toEqual([
      "listing.drafted",
      "listing.submitted",
      "listing.changes-requested",
      "listing.submitted",
      "listing.published",
    ]);
  });

  it("needs a coded reason, and words behind 'other'", async () => {
    const made = await aSubmitted(world, "need", { owner, broker });
    expect(
      await rejectListing(world.ctx(broker), { reviewId: made.reviewId, reasonCode: "I do not like it" }),
    ).toMatchObject({ fields: { reasonCode: ["listings:error.choose"] } });
    expect(await rejectListing(world.ctx(broker), { reviewId: made.reviewId, reasonCode: "other" })).toMatchObject({
      fields: { note: ["listings:error.noteForOther"] },
    });
    must(await rejectListing(world.ctx(broker), { reviewId: made.reviewId, reasonCode: "not_technology" }));
    expect((await listing(made.listingId)).state).toBe("rejected");
  });

  it("two brokers race: one decision, one clear message that names the winner", async () => {
    const other = await makeBroker(world);
    for (let round = 0; round < 4; round++) {
      const made = await aSubmitted(world, "need", { owner, broker });
      const results = await Promise.all([
        approve(world.ctx(broker), made.reviewId),
        rejectListing(world.ctx(other), { reviewId: made.reviewId, reasonCode: "duplicate" }),
        approve(world.ctx(other), made.reviewId),
      ]);
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      const review = await db().review.findUniqueOrThrow({ where: { id: made.reviewId } });
      const winner = review.decidedById === broker.personId ? broker : other;
      for (const lost of results.filter((result) => !result.ok))
        expect(lost).toMatchObject({ code: "listings:error.reviewTaken", params: { name: winner.fullName } });
      const { state } = await listing(made.listingId);
      expect(state).toBe(review.state === "approved" ? "published" : "rejected");
      expect((await events(made.listingId)).filter((type) => type !== "listing.submitted")).toHaveLength(1);
    }
  });

  it("a broker cannot decide on their own organisation's listing; members and strangers see no review", async () => {
    const made = await aSubmitted(world, "need", { owner, broker });
    await db().grant.create({
      data: {
        id: crypto.randomUUID(),
        officeId: broker.officeId,
        personId: owner.manager.personId,
        role: "broker",
        createdAt: world.clock.now(),
      },
    });
    const both = await refreshed(world, owner.manager);
    expect(await approve(world.ctx(both), made.reviewId)).toMatchObject({
      code: "listings:error.ownOrganisation",
    });
    expect(await viewReview(world.ctx(both), made.reviewId)).toMatchObject({ mayDecide: false, ownOrganisation: true });
    await db().grant.deleteMany({ where: { personId: owner.manager.personId } });
    expect(await approve(world.ctx(owner.manager), made.reviewId)).toMatchObject({
      code: "common:notFound",
    });
    expect(await viewReview(world.ctx(owner.manager), made.reviewId)).toBeNull();
    const elsewhere = { ...broker, officeId: crypto.randomUUID() };
    expect(await approve(world.ctx(elsewhere), made.reviewId)).toMatchObject({
      code: "common:notFound",
    });
    expect(await viewReview(world.ctx(elsewhere), made.reviewId)).toBeNull();
  });
});

describe("references", () => {
  it("published at once by many: no number twice, none skipped; another kind and year count for themselves", async () => {
    const before =
      (await db().referenceCounter.findFirst({ where: { kind: "need", provinceCode: "22", year: 2026 } }))?.last ?? 0;
    const waiting = [];
    for (let at = 0; at < 10; at++) waiting.push(await aSubmitted(world, "need", { owner, broker }));
    const results = await Promise.all(waiting.map((made) => approve(world.ctx(broker), made.reviewId)));
    const numbers = results.map((result) => Number(must(result).reference?.slice(-6))).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 10 }, (_, at) => before + at + 1));
  });
});

describe("versions", () => {
  it("never change: the database refuses UPDATE and DELETE", async () => {
    const made = await aPublishedNeed(world, { owner, broker });
    await expect(db().listingVersion.update({ where: { id: made.versionId }, data: { trl: 1 } })).rejects.toThrow(
      /never changed/,
    );
    await expect(
      db().listingText.updateMany({ where: { versionId: made.versionId }, data: { title: "khác" } }),
    ).rejects.toThrow(/never changed/);
    await expect(db().requirementLine.deleteMany({ where: { versionId: made.versionId } })).rejects.toThrow(
      /never changed/,
    );
  });

  it("editing a published listing leaves the old version visible until the new one is approved", async () => {
    const made = await aPublishedOffering(world, { owner, broker });
    const ctx = world.ctx(owner.manager);
    const begun = await loadDraft(ctx, made.listingId);
    expect(begun).toMatchObject({ mayEdit: true, draft: { moneyMin: "800 triệu", moneyMax: "1,5 tỷ", trl: "8" } });
    if (!begun) return;
    // what the form shows is the version: sent as it is, it is accepted
    const title = "Công nghệ xử lý nước thải MBR, thế hệ hai";
    const saved = must(
      await saveDraft(ctx, { listingId: made.listingId, revision: begun.revision, values: { ...begun.draft, title } }),
    );
    const sent = forReview(await submitListing(ctx, { listingId: made.listingId, revision: saved.revision }));
    expect((await viewListing(world.ctx(), made.reference))?.title).not.toBe(title);
    must(await requestChanges(world.ctx(broker), { reviewId: sent.reviewId, reasonCode: "price_unclear" }));
    expect(await listing(made.listingId)).toMatchObject({
      state: "published",
      publishedVersionId: made.versionId,
      rowVersion: 1n,
    });
    const once = forReview(await submitListing(ctx, { listingId: made.listingId, revision: saved.revision }));
    world.clock.advanceDays(1);
    expect(must(await approve(world.ctx(broker), once.reviewId)).reference).toBe(made.reference);
    const after = await viewListing(world.ctx(), made.reference);
    expect(after).toMatchObject({ title, versionNumber: 3 });
    expect(after?.lines).toEqual([
      expect.objectContaining({ comparison: "between", minValue: 5, maxValue: 20, unit: "m³/h", condition: "20 °C" }),
    ]);
    expect((await listing(made.listingId)).rowVersion).toBe(2n);
  });
});

describe("off the shelf", () => {
  it("withdrawn: gone for readers, tombstone for the index, review cancelled", async () => {
    const made = await aPublishedNeed(world, { owner, broker });
    must(await withdrawListing(world.ctx(owner.manager), { listingId: made.listingId }));
    expect(await viewListing(world.ctx(), made.reference)).toBeNull();
    expect(await loadForMatching(db(), made.listingId)).toBeNull();
    expect(await loadSearchDocument(db(), made.listingId, () => ["a name"])).toEqual({
      removed: true,
      id: made.listingId,
      rowVersion: 2,
    });
    const waiting = await aSubmitted(world, "need", { owner, broker });
    must(await withdrawListing(world.ctx(owner.manager), { listingId: waiting.listingId }));
    expect((await db().review.findUniqueOrThrow({ where: { id: waiting.reviewId } })).state).toBe("cancelled");
    expect(await approve(world.ctx(broker), waiting.reviewId)).toMatchObject({ ok: false });
    expect(await withdrawListing(world.ctx(owner.manager), { listingId: waiting.listingId })).toMatchObject({
      code: "listings:error.notWithdrawable",
    });
  });

  it("expired by the clock, once, and hidden from readers from its day on; renewed with the same reference", async () => {
    const made = await aPublishedNeed(world, {
      owner,
      broker,
      draft: { expiresOn: "10/12/2026", neededBy: "01/03/2028" },
    });
    const until = world.clock.now();
    world.clock.set(new Date("2026-12-10T16:59:00Z"));
    expect(await expireListings(world.system)).toBe(0);
    expect(await viewListing(world.ctx(), made.reference)).not.toBeNull();
    world.clock.set(new Date("2026-12-10T17:01:00Z"));
    expect(await viewListing(world.ctx(), made.reference)).toBeNull();
    expect(await expireListings(world.system)).toBe(1);
    expect(await expireListings(world.system)).toBe(0);
    expect(await listing(made.listingId)).toMatchObject({ state: "expired", rowVersion: 2n });
    expect((await events(made.listingId)).at(-1)).toBe("listing.expired");
    const draft = await loadDraft(world.ctx(owner.manager), made.listingId);
    if (!draft) throw new Error("the owner may edit an expired listing");
    const saved = must(
      await saveDraft(world.ctx(owner.manager), {
        listingId: made.listingId,
        revision: draft.revision,
        values: { ...draft.draft, expiresOn: "01/06/2027" },
      }),
    );
    const sent = forReview(
      await submitListing(world.ctx(owner.manager), { listingId: made.listingId, revision: saved.revision }),
    );
    expect(must(await approve(world.ctx(broker), sent.reviewId)).reference).toBe(made.reference);
    world.clock.set(until);
  });
});

describe("on behalf", () => {
  it("a broker posts for an organisation, whose member confirms later", async () => {
    const made = await aSubmitted(world, "need", { owner, broker, onBehalf: true });
    expect(await events(made.listingId)).toEqual(["listing.submitted", "listing.posted-on-behalf"]);
    expect(await confirmOnBehalf(world.ctx(broker), { listingId: made.listingId })).toMatchObject({
      code: "common:notFound",
    });
    const joined = { ...broker, memberships: owner.manager.memberships };
    expect(await confirmOnBehalf(world.ctx(joined), { listingId: made.listingId })).toMatchObject({
      code: "common:forbidden",
    });
    expect(await viewOwnListing(world.ctx(owner.manager), made.listingId)).toMatchObject({ may: { confirm: true } });
    const mayEdit = async () => {
      const row = await world.container.ports.db.listing.findUniqueOrThrow({ where: { id: made.listingId } });
      return canEdit(broker, row);
    };
    expect(await mayEdit()).toBe(true);
    must(await confirmOnBehalf(world.ctx(owner.manager), { listingId: made.listingId }));
    // from now on the organisation holds the pen
    expect(await mayEdit()).toBe(false);
    expect(await confirmOnBehalf(world.ctx(owner.manager), { listingId: made.listingId })).toMatchObject({
      code: "listings:error.confirmedAlready",
    });
    expect(
      await startDraft(world.ctx(owner.manager), {
        kind: "need",
        organisationId: owner.organisationId,
        onBehalf: true,
      }),
    ).toMatchObject({ code: "common:forbidden" });
    const audit = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: made.listingId, action: "listing.submitted" },
    });
    expect(audit.onBehalfOfId).toBe(owner.organisationId);
  });
});

describe("search documents", () => {
  it("streams every published listing once", async () => {
    const ids: string[] = [];
    for await (const batch of streamSearchDocuments(db(), () => [], { batch: 3 }))
      ids.push(...batch.map((document) => document.id));
    const published = await db().listing.findMany({ where: { state: "published" }, select: { id: true } });
    expect(ids.sort()).toEqual(published.map((row) => row.id).sort());
  });
});
