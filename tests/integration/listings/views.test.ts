import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countView, publicAddresses, viewListing, viewOwnListing } from "~/modules/listings/index.server";
import { indexListing } from "~/modules/matching/index.server";
import type { Actor, PersonActor } from "~/platform/context";
import { addressIn, aPublishedNeed, type MadeListing } from "../../factories/listings";
import { makeBroker, makePerson } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, type TestWeb } from "../../setup/web";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
let world: TestWorld;
let web: TestWeb;
let broker: PersonActor;
let need: MadeListing & { reference: string; versionId: string };
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  need = await aPublishedNeed(world, { broker, draft: { title: "Cần lọc bụi lò nung" } });
  await indexListing(world.system, need.listingId);
  web = await openTestWeb(world);
}, 120_000);
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const open = async (actor: Actor, agent = BROWSER) => {
  const listing = await viewListing(world.ctx(actor), need.reference);
  if (!listing) throw new Error("not seen");
  countView(world.ctx(actor), listing, new Headers({ "user-agent": agent }));
};
const counted = async () => (await viewOwnListing(world.ctx(need.owner), need.listingId))?.views;

describe("views of a listing", () => {
  it("are counted by day for people who are neither its owner nor brokers, and told to the owner", async () => {
    const { actor } = await makePerson(world);
    for (const who of [{ kind: "anonymous" } as const, actor, need.owner, broker]) await open(who);
    await open({ kind: "anonymous" }, "Mozilla/5.0 (compatible; Googlebot/2.1)");
    expect(await counted(), "nothing is written while the reader waits").toEqual({ all: 0, lately: 0 });
    expect(await world.container.ports.views.flush()).toBe(1);
    expect(await world.container.ports.views.flush()).toBe(0);
    expect(await counted()).toEqual({ all: 2, lately: 2 });
    world.clock.advanceDays(31);
    await open(actor);
    await world.container.ports.views.flush();
    expect(await counted()).toEqual({ all: 3, lately: 1 });
    world.clock.advanceDays(-31);
    const columns = await db().$queryRaw<{ name: string }[]>`
      SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'listing_view' ORDER BY 1`;
    expect(columns.map(({ name }) => name)).toEqual(["day", "listing_id", "views"]);
  });

  it("are counted of the page itself, without a cookie", async () => {
    const before = (await counted())?.all ?? 0;
    const address = await addressIn(world, need);
    const page = await web.request("GET", address);
    expect(page.status).toBe(200);
    expect(page.headers.get("set-cookie")).toBeNull();
    await web.request("GET", address, { headers: { "User-Agent": "curl/8.5.0" } });
    await world.container.ports.views.flush();
    expect((await counted())?.all).toBe(before + 1);
  });
});

describe("the address of a listing", () => {
  it("is one: by reference, in capitals or under an earlier title it leads there for good", async () => {
    const address = await addressIn(world, need);
    expect(address).toBe(`/listings/can-loc-bui-lo-nung-${need.reference.toLowerCase()}`);
    for (const other of [need.reference, need.listingId, `ten-cu-${need.reference.toLowerCase()}`]) {
      const answer = await web.request("GET", `/listings/${other}?lang=en`);
      expect(answer.status, other).toBe(301);
      expect(answer.headers.get("location")).toBe(`${address}?lang=en`);
    }
    const html = await (await web.request("GET", address)).text();
    expect(html).toContain(`<link rel="canonical" href="http://127.0.0.1:3000${address}"`);
    expect(html).toContain(`hrefLang="en" href="http://127.0.0.1:3000${address}?lang=en"`);
    expect((await publicAddresses(world.ctx(), 0, 10)).map(({ path }) => path)).toEqual([address]);
    for (const surface of ["/sitemaps/1.xml", "/search", "/search.atom"]) {
      expect(await (await web.request("GET", surface)).text(), surface).toContain(address);
    }
  });

  it("tells nothing about a listing one may not see", async () => {
    const hidden = await aPublishedNeed(world, {
      broker,
      draft: { title: "Nhu cầu kín của đơn vị", visibility: "brokers" },
    });
    const answer = await web.request("GET", `/listings/${hidden.reference}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("location")).toBeNull();
  });
});
