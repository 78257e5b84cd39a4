import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withdrawListing } from "~/modules/listings/index.server";
import {
  frontPage,
  handleComputeMatches,
  handleIndexListing,
  indexListing,
  nearSearches,
  searchListings,
  subscriptions,
  suggestWhileTyping,
} from "~/modules/matching/index.server";
import type { Actor, PersonActor } from "~/platform/context";
import { jobIdOf } from "~/platform/subscriptions";
import { aPublishedNeed, aPublishedOffering, withReferenceData } from "../../factories/listings";
import { makeBroker, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING } from "./world";

let world: TestWorld;
let broker: PersonActor;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  broker = await makeBroker(world);
  await withReferenceData(world);
});
afterAll(() => world.close());

const find = async (actor: Actor | undefined, q: string, more: Partial<Parameters<typeof searchListings>[1]> = {}) =>
  searchListings(world.ctx(actor), { q, sort: "relevance", page: 1, ...more });

describe("search", () => {
  it("finds published listings, checks them against what the reader may see, and counts", async () => {
    const open = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
    const blind = await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, visibility: "blind" } });
    const hidden = await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, visibility: "brokers" } });
    for (const { listingId } of [open, blind, hidden]) await indexListing(world.system, listingId);
    const anybody = await find(undefined, "nuoc thai nhuom lua");
    expect(anybody.cards.map((card) => card.id).sort()).toEqual([open.listingId, blind.listingId].sort());
    expect(anybody).toMatchObject({
      total: 2,
      page: 1,
      pages: 1,
      facets: { fields: { MTR: 2 }, sectors: { "MTR-01": 2 } },
    });
    expect(anybody.cards.find((card) => card.id === blind.listingId)?.organisation).toBeNull();
    expect((await find(broker, "nuoc thai nhuom lua")).total).toBe(3);
    expect((await find(undefined, "", { kind: "need", sectors: ["MTR"], sort: "newest" })).cards).toHaveLength(1);

    const front = await frontPage(world.ctx());
    expect(front.counts).toMatchObject({
      needs: 1,
      offerings: 1,
      organisations: 1,
      bySector: { "MTR-01": 2 },
      byField: { MTR: 2 },
    });
    expect(front.newestNeeds.map((card) => card.id)).toEqual([open.listingId]);

    // withdrawn, the index not yet told: the projection never shows what may not be seen
    must(await withdrawListing(world.ctx(open.owner), { listingId: open.listingId }));
    expect((await find(undefined, "nước thải nhuộm lụa")).cards.map((card) => card.id)).toEqual([blind.listingId]);
    await handleIndexListing(() => world.system)({
      payload: { listingId: open.listingId },
      jobId: "1",
      attempt: 1,
      lastAttempt: false,
    });
    expect((await find(undefined, "nước thải nhuộm lụa")).total).toBe(1);
  });

  it("finds by the other language, marks what was looked for, and counts by facts", async () => {
    const made = await aPublishedOffering(world, {
      broker,
      draft: { ...DYEING_OFFERING, title: "Lò hơi tầng sôi đốt trấu", trl: "8" },
    });
    await indexListing(world.system, made.listingId);
    const found = await find(undefined, "fluidised bed boiler");
    const accents = await find(undefined, "lo hoi tang soi");
    expect(accents.cards.map((card) => card.id)).toContain(made.listingId);
    expect(accents.marks[made.listingId]?.title).toEqual(["", "Lò hơi tầng sôi", " đốt trấu"]);
    expect(found.cards.map((card) => card.id)).toContain(made.listingId);
    const all = await find(undefined, "", { sort: "newest" });
    expect(Object.values(all.facets.trl).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
    expect(all.facets.freshness["7"]).toBe(all.total);
    const [band] = Object.keys(all.facets.trl);
    const narrowed = await find(undefined, "", { sort: "newest", trl: [band ?? ""] });
    expect(narrowed.total).toBe(all.facets.trl[band ?? ""]);
    expect(narrowed.facets.trl).toEqual(all.facets.trl);
  });

  it("proposes near searches and says what they leave out", async () => {
    const input = { q: "tầng sôi zzkhongco", province: "01", trl: ["1-3"], sort: "relevance" as const, page: 1 };
    expect((await find(undefined, input.q, input)).total).toBe(0);
    const near = await nearSearches(world.ctx(), input);
    expect(near).toContainEqual(
      expect.objectContaining({ drop: "word", word: "zzkhongco", q: "tầng sôi", unfiltered: true, total: 1 }),
    );
    const filters = await nearSearches(world.ctx(), { ...input, q: "tầng sôi" });
    expect(filters[0]).toMatchObject({ drop: "filters", total: 1 });
    expect(await nearSearches(world.ctx(), { ...input, q: "zz" })).not.toContainEqual(
      expect.objectContaining({ drop: "word" }),
    );
  });

  it("proposes terms, sectors and titles as one types, never what the reader may not see", async () => {
    const hidden = await aPublishedOffering(world, {
      broker,
      draft: {
        ...DYEING_OFFERING,
        visibility: "brokers",
        title: "Lò hơi kín đáo",
      },
    });
    await indexListing(world.system, hidden.listingId);
    const titles = async (actor: Actor | undefined, text: string) =>
      (await suggestWhileTyping(world.ctx(actor), text)).listings.map(({ title }) => title);
    expect(await titles(undefined, "lo ho")).toEqual(["Lò hơi tầng sôi đốt trấu"]);
    expect((await titles(broker, "lo ho")).sort()).toEqual(["Lò hơi kín đáo", "Lò hơi tầng sôi đốt trấu"]);
    expect((await suggestWhileTyping(world.ctx(), "xử lý nước th")).terms[0]).toMatch(/^xử lý nước thải/);
    expect((await suggestWhileTyping(world.ctx(), "nuoc thai")).sectors.length).toBeGreaterThan(0);
    expect(await suggestWhileTyping(world.ctx(), "x")).toEqual({ terms: [], sectors: [], listings: [] });
  });

  it("takes odd pages and hostile words", async () => {
    for (const page of [0, -3, 99, Number.NaN])
      expect((await find(undefined, "", { page })).page).toBeGreaterThanOrEqual(1);
    await expect(find(undefined, "' OR 1=1; -- \u0000 &|!")).resolves.toMatchObject({ page: 1 });
  });
});

describe("jobs", () => {
  it("follow publishing, withdrawal and expiry with derived ids", () => {
    const id = "01900000-0000-7000-8000-000000000001";
    const event = (type: "listing.published" | "listing.withdrawn") => ({ id, type, subjectId: id, payload: {} });
    const jobs = (type: "listing.published" | "listing.withdrawn") =>
      subscriptions.filter((one) => one.event.includes(type)).map((one) => jobIdOf(one.job.name, id));
    expect(jobs("listing.published")).toEqual([`index-listing.${id}`, `compute-matches.${id}`, `ask-searches.${id}`]);
    expect(jobs("listing.withdrawn")).toEqual([`index-listing.${id}`]);
    for (const one of subscriptions)
      expect(one.job.payload.safeParse(one.payload(event("listing.published"))).success).toBe(true);
  });

  it("compute twice without harm, whatever order they come in", async () => {
    const need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
    const offering = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
    const run = handleComputeMatches(() => world.system);
    const job = (listingId: string) => run({ payload: { listingId }, jobId: "1", attempt: 1, lastAttempt: false });
    await Promise.all([job(need.listingId), job(offering.listingId)]);
    await job(need.listingId);
    expect(
      await world.container.ports.db.match.count({ where: { needId: need.listingId, offeringId: offering.listingId } }),
    ).toBe(1);
    expect(
      await world.container.ports.db.outboxEvent.count({
        where: { type: "matches.computed", subjectId: need.listingId },
      }),
    ).toBe(2);
  });
});
