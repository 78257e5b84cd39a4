import { afterAll, beforeAll, expect, it } from "vitest";
import type { Prisma } from "~/generated/prisma/client";
import { withdrawListing } from "~/modules/listings/index.server";
import {
  computeMatches,
  countCorpus,
  ENGINE_VERSION,
  indexListing,
  openCorpus,
  rankCandidates,
  readPublished,
  rebuildIndex,
} from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, SATELLITE_NEED } from "./world";

let world: TestWorld;
let broker: PersonActor;
let need: MadeListing;
let offering: MadeListing;
const db = () => world.container.ports.db;
const count = () => countCorpus(world.system, { least: 0 });

/** Ids of the listings that are found for this one, best first, with their scores. */
async function found(listingId: string): Promise<[string, number][]> {
  const [own] = await readPublished(world.system, [listingId]);
  if (!own) throw new Error("the listing is not published");
  const { ranked } = await rankCandidates(world.system, own.listing);
  return ranked.map(({ other, card }) => [other.id, card.score]);
}
const generation = async () => (await openCorpus(world.system)).large?.generation ?? 0;
const counted = () => db().corpusTerm.findMany({ orderBy: { term: "asc" } });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  await aPublishedNeed(world, { broker, draft: SATELLITE_NEED });
  offering = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
  await aPublishedOffering(world, { broker });
  await rebuildIndex(world.system);
  await count();
});
afterAll(() => world.close());

it("finds both ways what weighing everything finds, with the same scores", async () => {
  for (const id of [need.listingId, offering.listingId]) {
    const large = await found(id);
    expect(large.length).toBeGreaterThan(0);
    expect((await openCorpus(world.system)).large).not.toBeNull();
    const kept = await db().corpusCount.findFirstOrThrow();
    await db().corpusCount.deleteMany();
    const small = await found(id);
    await db().corpusCount.create({ data: kept });
    // counting in memory knows terms of a single listing too; those are in no pair
    expect(large[0]).toEqual(small[0]);
  }
});

it("counting again without a change is idle, and several at once end with one count", async () => {
  const before = await generation();
  expect(await count()).toBe(0);
  expect(await generation()).toBe(before);
  const terms = await counted();
  await db().corpusCount.updateMany({ data: { countedAt: new Date(0) } });
  await Promise.all([count(), count(), count()]);
  expect(await counted()).toEqual(terms);
  expect(await db().corpusCount.count()).toBe(1);
  // two generations at most are kept: the one that is used, and the one that somebody may still be ranking by
  const kept = await db().listingPlace.groupBy({ by: ["generation"], orderBy: { generation: "asc" } });
  expect(kept.map((one) => one.generation)).toEqual([(await generation()) - 1, await generation()]);
  expect((await found(need.listingId))[0]?.[0]).toBe(offering.listingId);
});

it("finds what is published after the count, and no longer what is withdrawn, without counting", async () => {
  const before = await generation();
  const late = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
  await indexListing(world.system, late.listingId);
  expect((await found(need.listingId)).map(([id]) => id)).toContain(late.listingId);
  must(await withdrawListing(world.ctx(late.owner), { listingId: late.listingId }));
  await indexListing(world.system, late.listingId);
  expect(await db().listingTerms.count({ where: { listingId: late.listingId } })).toBe(0);
  expect((await found(need.listingId)).map(([id]) => id)).not.toContain(late.listingId);
  expect(await generation()).toBe(before);
});

it("a listing that changed is found once, by its new words", async () => {
  const row = await db().listing.update({
    where: { id: offering.listingId },
    data: { rowVersion: { increment: 1 } },
    select: { rowVersion: true },
  });
  await indexListing(world.system, offering.listingId);
  const ids = (await found(need.listingId)).map(([id]) => id);
  expect(ids.filter((id) => id === offering.listingId)).toHaveLength(1);
  const kept = await db().listingTerms.findUniqueOrThrow({ where: { listingId: offering.listingId } });
  expect(kept.rowVersion).toBe(row.rowVersion);
  expect(kept.uses).toHaveLength(kept.terms.length);
});

it("what an earlier engine read serves until it is read anew by the next sweep", async () => {
  await db().listingTerms.updateMany({ data: { engineVersion: "earlier" } });
  await db().corpusCount.updateMany({ data: { engineVersion: "earlier" } });
  const before = await generation();
  expect((await found(need.listingId))[0]?.[0]).toBe(offering.listingId);
  expect(await count()).toBe(await db().listing.count({ where: { state: "published" } }));
  expect(await db().listingTerms.count({ where: { engineVersion: { not: ENGINE_VERSION } } })).toBe(0);
  expect((await db().corpusCount.findFirstOrThrow()).engineVersion).toBe(ENGINE_VERSION);
  expect(await generation()).toBe(before + 1);
  expect((await found(need.listingId))[0]?.[0]).toBe(offering.listingId);
});

it("weighs by the kept reading while it holds, and by the text when anything about it changed", async () => {
  const score = async () => new Map(await found(need.listingId)).get(offering.listingId) ?? 0;
  const keep = (data: Prisma.ListingTermsUpdateManyMutationInput) =>
    db().listingTerms.updateMany({ where: { listingId: offering.listingId }, data });
  const whole = await score();
  expect(whole).toBeGreaterThan(0);
  const kept = await db().listingTerms.findUniqueOrThrow({ where: { listingId: offering.listingId } });
  // a reading without words shows that the texts are not looked at
  await keep({ reading: '[1,"",[]]' });
  expect(await score()).toBeLessThan(whole);
  for (const changed of [{ engineVersion: "earlier" }, { rowVersion: 0n }, { sectorNames: "an earlier name" }]) {
    await keep(changed);
    expect(await score()).toBe(whole);
    const { engineVersion, rowVersion, sectorNames } = kept;
    await keep({ engineVersion, rowVersion, sectorNames });
    expect(await score()).toBeLessThan(whole);
  }
  await keep({ reading: null });
  expect(await score()).toBe(whole);
  expect(await count()).toBe(1);
  const again = await db().listingTerms.findUniqueOrThrow({ where: { listingId: offering.listingId } });
  expect(again.reading).toBe(kept.reading);
  expect(await score()).toBe(whole);
});

it("stores the same matches as often as it is run", async () => {
  await computeMatches(world.system, need.listingId);
  const stored = () =>
    db().match.findMany({
      where: { needId: need.listingId },
      select: { id: true, offeringId: true, score: true, evidence: true },
      orderBy: { id: "asc" },
    });
  const before = await stored();
  expect(before.length).toBeGreaterThan(0);
  await Promise.all([computeMatches(world.system, need.listingId), computeMatches(world.system, offering.listingId)]);
  expect(await stored()).toEqual(before);
});
