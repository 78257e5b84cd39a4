import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listingData, listingMeta } from "~/components/public/listing-meta";
import { countPublicListings, publicAddresses, viewListing } from "~/modules/listings/index.server";
import { indexListing, searchFeed } from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, aPublishedOffering, withReferenceData } from "../../factories/listings";
import { makeBroker } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING } from "./world";

let world: TestWorld;
let broker: PersonActor;
const made: Record<"open" | "blind" | "hidden", string> = { open: "", blind: "", hidden: "" };

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  made.open = (await aPublishedNeed(world, { broker, draft: DYEING_NEED })).listingId;
  made.blind = (
    await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, visibility: "blind" } })
  ).listingId;
  made.hidden = (
    await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, visibility: "brokers" } })
  ).listingId;
  for (const id of Object.values(made)) await indexListing(world.system, id);
});
afterAll(() => world.close());

describe("what anybody's programmes read", () => {
  it("a feed shows what anybody may see, also to a broker, with steady ids and times", async () => {
    const input = { q: "", sort: "newest" as const, page: 1 };
    const feed = await searchFeed(world.ctx(broker), input);
    expect(feed.map(({ id }) => id).sort()).toEqual([made.open, made.blind].sort());
    expect(feed.find(({ id }) => id === made.blind)).toMatchObject({ organisation: null, sourceUrl: null });
    expect(feed.every(({ changedAt, publishedAt }) => changedAt >= publishedAt)).toBe(true);
    world.clock.set(new Date(world.clock.now().getTime() + 86_400_000));
    expect((await searchFeed(world.ctx(), input)).map(({ id, changedAt }) => [id, changedAt])).toEqual(
      feed.map(({ id, changedAt }) => [id, changedAt]),
    );
  });

  it("a site map names public and blind listings only, in parts", async () => {
    expect(await countPublicListings(world.ctx(broker))).toBe(2);
    const all = await publicAddresses(world.ctx(broker), 0, 10);
    expect(all).toHaveLength(2);
    expect(await publicAddresses(world.ctx(), 1, 10)).toEqual(all.slice(1));
    expect(await publicAddresses(world.ctx(), 2, 10)).toEqual([]);
  });

  it("data for search engines: a Demand with its organisation, a blind Offer without", async () => {
    const need = await viewListing(world.ctx(), made.open);
    const blind = await viewListing(world.ctx(), made.blind);
    const hidden = await viewListing(world.ctx(broker), made.hidden);
    if (!need || !blind || !hidden) throw new Error("visible");
    expect(listingData(need, "https://x.invalid/listings/a")).toMatchObject({
      "@type": "Demand",
      url: "https://x.invalid/listings/a",
      buyer: { "@type": "Organization", name: need.organisation },
    });
    const data = listingData(blind, "https://x.invalid/listings/b");
    expect(data["@type"]).toBe("Offer");
    expect(data).not.toHaveProperty("seller");
    expect(JSON.stringify(listingMeta({ listing: hidden, canonical: "https://x.invalid/listings/c" }))).not.toContain(
      "ld+json",
    );
  });
});
