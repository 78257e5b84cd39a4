import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  loadDraft,
  loadSearchDocument,
  saveDraft,
  submitListing,
  viewListing,
  viewReview,
  viewVersions,
} from "~/modules/listings/index.server";
import { matchesOf, shortlistMatch } from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import {
  aPublishedNeed,
  aPublishedOffering,
  approve,
  type DraftOver,
  forReview,
  type MadeListing,
  withReferenceData,
} from "../../factories/listings";
import { makeBroker, makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, processed } from "../matching/world";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
  await withReferenceData(world);
  await world.container.ports.search.prepare();
});
afterAll(() => world.close());

/** Opens the published version again, changes something and sends it. */
async function revise(made: Pick<MadeListing, "listingId" | "owner">, over: DraftOver) {
  const ctx = world.ctx(made.owner);
  const begun = await loadDraft(ctx, made.listingId);
  if (!begun) throw new Error("no draft");
  const { revision } = must(
    await saveDraft(ctx, {
      listingId: made.listingId,
      revision: begun.revision,
      values: { ...begun.draft, ...over },
    }),
  );
  return submitListing(ctx, { listingId: made.listingId, revision });
}
const shown = (id: string) =>
  db().listing.findUniqueOrThrow({
    where: { id },
    select: { publishedVersionId: true, rowVersion: true, state: true, draft: true },
  });

describe("what changed", () => {
  it("a material change waits for the broker, who sees what changed; readers keep the old version", async () => {
    const made = await aPublishedNeed(world, { owner, broker });
    const sent = forReview(
      await revise(made, { description: "Nước thải chế biến vượt quy chuẩn quanh năm.", contactPhone: "0912 345 678" }),
    );
    expect(await shown(made.listingId)).toMatchObject({ publishedVersionId: made.versionId, rowVersion: 1n });
    const review = await viewReview(world.ctx(broker), sent.reviewId);
    expect(review?.changes.map((change) => [change.field, change.material])).toEqual([
      ["description", true],
      ["contact.phone", false],
    ]);
    expect(review?.changes[0]).toMatchObject({
      parts: expect.arrayContaining([
        { kind: "removed", text: "vào mùa cao điểm" },
        { kind: "added", text: "quanh năm" },
      ]),
    });
    must(await approve(world.ctx(broker), sent.reviewId));
    const view = await viewVersions(world.ctx(made.owner), made.listingId);
    expect(view?.versions.map((one) => [one.number, one.fate, one.current])).toEqual([
      [2, "approved", true],
      [1, "approved", false],
    ]);
    expect(view?.compared).toMatchObject({ from: { number: 1 }, to: { number: 2 } });
    // once published, the review still tells what it was about
    expect((await viewReview(world.ctx(broker), sent.reviewId))?.state).toBe("approved");
  });

  it("a small change is on the shelf at once, with its version, audit row, dates and event", async () => {
    const made = await aPublishedNeed(world, { owner, broker });
    const sent = must(await revise(made, { contactPhone: "0912 345 678", moneyMax: "3 tỷ" }));
    expect(sent).toEqual({ versionId: sent.versionId, reviewId: null, dueOn: null });
    expect(await shown(made.listingId)).toEqual({
      publishedVersionId: sent.versionId,
      rowVersion: 2n,
      state: "published",
      draft: null,
    });
    expect((await viewListing(world.ctx(), made.reference))?.facts.moneyMax).toBe(3_000_000_000);
    expect(await loadSearchDocument(db(), made.listingId, () => [])).toMatchObject({
      id: made.listingId,
      rowVersion: 2,
    });
    expect(await db().review.count({ where: { listingId: made.listingId } })).toBe(1);
    const row = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: made.listingId, action: "listing.updated" },
    });
    expect(row.after).toEqual({
      state: "published",
      versionId: sent.versionId,
      number: 2,
      fields: ["moneyMax", "contact.phone"],
    });
    expect(JSON.stringify([row.before, row.after])).not.toContain("0912");
    const events = await db().outboxEvent.findMany({ where: { subjectId: made.listingId }, orderBy: { seq: "desc" } });
    expect(events[0]).toMatchObject({ type: "listing.updated", payload: { versionId: sent.versionId } });
  });

  it("a renewal waits for the broker; a listing taken off the shelf always does", async () => {
    const made = await aPublishedNeed(world, { owner, broker });
    const renewed = must(await revise(made, { expiresOn: "15/10/2027", neededBy: "01/03/2028" }));
    expect(renewed.reviewId).not.toBeNull();
  });

  it("two who send at once: one version goes on the shelf", async () => {
    const made = await aPublishedNeed(world, { owner, broker });
    const ctx = world.ctx(made.owner);
    const begun = await loadDraft(ctx, made.listingId);
    const { revision } = must(
      await saveDraft(ctx, {
        listingId: made.listingId,
        revision: begun?.revision ?? 0,
        values: { ...(begun?.draft ?? (undefined as never)), contactName: "Người khác" },
      }),
    );
    const results = await Promise.all(
      [1, 2, 3].map(() => submitListing(world.ctx(made.owner), { listingId: made.listingId, revision })),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await db().listingVersion.count({ where: { listingId: made.listingId } })).toBe(2);
  });
});

describe("who may read the versions", () => {
  it("the owner and the office's brokers; for everybody else there is no such page", async () => {
    const made = await aPublishedOffering(world, { owner, broker });
    const stranger = await makeOrganisation(world, { broker });
    expect((await viewVersions(world.ctx(owner.manager), made.listingId))?.asBroker).toBe(false);
    expect((await viewVersions(world.ctx(broker), made.listingId))?.asBroker).toBe(true);
    for (const actor of [undefined, stranger.manager, (await makePerson(world)).actor])
      expect(await viewVersions(world.ctx(actor), made.listingId)).toBeNull();
    expect(await viewVersions(world.ctx(broker), "0199d1f0-0000-7000-8000-000000000000")).toBeNull();
  });
});

describe("matches", () => {
  it("tell when a listing changed since they were scored, and since they were decided", async () => {
    const need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
    const offering = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
    await processed(world, need.listingId, offering.listingId);
    const see = async () =>
      (await matchesOf(world.ctx(broker), need.listingId))?.matches.find((one) => one.other.id === offering.listingId);
    const match = await see();
    expect(match?.changedSince).toBeNull();
    must(await revise(offering, { contactName: "Người khác" }));
    expect((await see())?.changedSince).toBe("score");
    await processed(world, offering.listingId);
    expect((await see())?.changedSince).toBeNull();
    world.clock.advanceDays(1);
    must(await shortlistMatch(world.ctx(broker), { matchId: match?.id ?? "" }));
    expect((await see())?.changedSince).toBeNull();
    world.clock.advanceDays(1);
    const sent = forReview(await revise(offering, { advantages: "Tiết kiệm một nửa lượng nước." }));
    expect((await see())?.changedSince).toBeNull();
    must(await approve(world.ctx(broker), sent.reviewId));
    await processed(world, offering.listingId);
    expect((await see())?.changedSince).toBe("decision");
  });
});
