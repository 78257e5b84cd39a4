import { readFileSync } from "node:fs";
import pg from "pg";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storeUpload } from "~/modules/documents/index.server";
import { mayOpenFile, viewListing } from "~/modules/listings/index.server";
import {
  computeMatches,
  indexListing,
  matchesOf,
  queueOutdatedMatches,
  queueUnindexed,
  type SearchInput,
  searchFeed,
  searchListings,
} from "~/modules/matching/index.server";
import { createQueueInline } from "~/platform/adapters/queue-inline.server";
import type { Actor, PersonActor } from "~/platform/context";
import { aGrant, aPublished, type MadeListing } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let asking: { organisationId: string; manager: PersonActor };
let solving: { organisationId: string; manager: PersonActor };
let blind: MadeListing & { reference: string };
let open: MadeListing & { reference: string };
let pictureId: string;

const TOPIC = "Xử lý nước thải nhuộm bằng keo tụ điện hóa";
const LINE = { name: "Độ màu zqlongline", comparison: "lte", unit: "mg/l", must: "must", condition: "" };

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  asking = await makeOrganisation(world, { broker });
  solving = await makeOrganisation(world, { broker });
  const bytes = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#0a7" } })
    .jpeg()
    .toBuffer();
  const upload = { kind: "picture" as const, name: "anh.jpg", bytes, organisationId: asking.organisationId };
  pictureId = must(await storeUpload(world.ctx(asking.manager), upload)).fileId;
  blind = await aPublished(world, "need", {
    owner: asking,
    broker,
    draft: {
      title: `Cần ${TOPIC}`,
      description: `${TOPIC}, nước đầu vào có độ màu cao.`,
      currentTechnology: "Bể lắng zqlongstate kề nhà máy dệt duy nhất của huyện",
      tried: "Than hoạt tính zqlongtried",
      sectorMain: "MTR-01",
      visibility: "blind",
      pictureId,
      moneyMax: "2 tỷ",
      provinceCode: "22",
      trl: "6",
      lines: [{ ...LINE, value: "50" }],
    },
  });
  open = await aPublished(world, "offering", {
    owner: solving,
    broker,
    draft: {
      title: TOPIC,
      description: `${TOPIC}, đã dùng than hoạt tính zqlongtried để so sánh.`,
      sectorMain: "MTR-01",
      provinceCode: "22",
      lines: [{ ...LINE, value: "40", must: "" }],
    },
  });
  for (const { listingId } of [blind, open]) await indexListing(world.system, listingId);
  for (const { listingId } of [blind, open]) await computeMatches(world.system, listingId);
});
afterAll(() => world.close());

const search = async (actor: Actor, over: Partial<SearchInput>) => {
  const found = await searchListings(world.ctx(actor), { q: "", sort: "relevance", page: 1, ...over });
  return { ids: found.cards.map(({ id }) => id), facets: found.facets, total: found.total };
};
const nobody: Actor = { kind: "anonymous" };

describe("finding a blind listing", () => {
  it("its open words and its sector find it", async () => {
    expect((await search(nobody, { q: "keo tụ điện hóa", kind: "need" })).ids).toEqual([blind.listingId]);
    expect((await search(nobody, { q: "độ màu cao", kind: "need" })).ids).toEqual([blind.listingId]);
    expect((await search(nobody, { sectors: ["MTR-01"], kind: "need" })).ids).toEqual([blind.listingId]);
  });
  it("no word that is held back does, for its own people and brokers neither", async () => {
    for (const actor of [nobody, solving.manager, asking.manager, broker])
      for (const q of ["zqlongstate", "zqlongline"])
        expect((await search(actor, { q: `"${q}"`, kind: "need" })).ids, q).toEqual([]);
  });
  it("no filter does, and no count tells of it", async () => {
    for (const over of [{ province: "22" }, { trl: ["4-6"] }, { prices: ["1b-5b"] }, { forms: ["standalone"] }])
      expect((await search(nobody, { ...over, kind: "need" })).ids, JSON.stringify(over)).toEqual([]);
    const { facets, total } = await search(nobody, { kind: "need" });
    expect(total).toBe(1);
    for (const name of ["provinces", "trl", "prices", "ip", "forms", "rights"] as const)
      expect(facets[name], name).toEqual({});
    expect(facets.sectors).toEqual({ "MTR-01": 1 });
  });
  it("a feed tells of its open part", async () => {
    const [entry] = await searchFeed(world.ctx(asking.manager), { q: "", kind: "need", sort: "newest", page: 1 });
    expect(entry).toMatchObject({ id: blind.listingId, provinceCode: null, organisation: null, pictureId: null });
  });
});

describe("a blind need among matches", () => {
  const matchOf = async (actor: Actor, listingId: string) => {
    const view = await matchesOf(world.ctx(actor), listingId);
    return view?.matches[0] ?? view?.weak[0] ?? null;
  };
  it("ranks by everything it states, and tells the other side what is open", async () => {
    const match = await matchOf(solving.manager, open.listingId);
    expect(match).toMatchObject({ fits: true, heldBack: true });
    const kinds = match?.evidence.contributions.map(({ kind }) => kind) ?? [];
    expect(kinds).toEqual(expect.arrayContaining(["phrase", "sector"]));
    for (const kind of ["line", "price", "trl", "province", "form"]) expect(kinds, kind).not.toContain(kind);
    const said = JSON.stringify([match?.evidence, match?.other]);
    // words both hold, of which the need's are held back
    for (const word of ["zqlongtried", "zqlongline", "zqlongstate", 'provinceCode":"22'])
      expect(said).not.toContain(word);
  });
  it("is told whole to its owner and to brokers", async () => {
    for (const [actor, id] of [
      [asking.manager, blind.listingId],
      [broker, blind.listingId],
      [broker, open.listingId],
    ] as const) {
      const match = await matchOf(actor, id);
      expect(match?.heldBack).toBe(false);
      expect(match?.evidence.contributions.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(["line", "price", "province"]),
      );
    }
  });
  it("says nothing at all while its score is of an earlier version", async () => {
    const { db } = world.container.ports;
    const other = await db.listingVersion.findFirstOrThrow({ where: { listingId: open.listingId } });
    const row = await db.match.findFirstOrThrow({ where: { needId: blind.listingId } });
    await db.match.update({ where: { id: row.id }, data: { needVersionId: other.id } });
    const match = await matchOf(solving.manager, open.listingId);
    expect(match?.evidence).toMatchObject({ contributions: [], missing: [] });
    expect(match).toMatchObject({ heldBack: true, changedSince: "score" });
    await db.match.update({ where: { id: row.id }, data: { needVersionId: row.needVersionId } });
  });
});

describe("who was introduced", () => {
  it("reads the whole, its pictures, and why the two fit", async () => {
    expect(await mayOpenFile(world.ctx(solving.manager), pictureId)).toBeNull();
    expect(await mayOpenFile(world.ctx(nobody), pictureId)).toBeNull();
    expect(await mayOpenFile(world.ctx(asking.manager), pictureId)).not.toBeNull();
    await aGrant(world, blind.listingId, { organisationId: solving.organisationId }, "contacts");
    expect(await mayOpenFile(world.ctx(solving.manager), pictureId)).not.toBeNull();
    expect(await viewListing(world.ctx(solving.manager), blind.reference)).toMatchObject({
      ownerHidden: false,
      provinceCode: "22",
      text: { currentTechnology: expect.stringContaining("zqlongstate") },
      lines: [{ name: LINE.name }],
    });
    const view = await matchesOf(world.ctx(solving.manager), open.listingId);
    expect(view?.matches[0]).toMatchObject({ heldBack: false, other: { provinceCode: "22" } });
  });
});

describe("the upgrade", () => {
  it("forgets what was made of the whole, and has it made anew", async () => {
    const { db } = world.container.ports;
    const rowOf = (id: string) => db.listing.findUniqueOrThrow({ where: { id }, select: { rowVersion: true } });
    const [closed, other] = [await rowOf(blind.listingId), await rowOf(open.listingId)];
    const client = new pg.Client({ connectionString: world.databaseUrl });
    await client.connect();
    await client.query(readFileSync("prisma/migrations/20261124100000_blind_open_part/migration.sql", "utf8"));
    await client.end();
    expect((await rowOf(blind.listingId)).rowVersion).toBe(closed.rowVersion + 1n);
    expect((await rowOf(open.listingId)).rowVersion).toBe(other.rowVersion);
    const match = await db.match.findFirstOrThrow({ where: { needId: blind.listingId, offeringId: open.listingId } });
    expect(match.evidence).toEqual({ score: match.score, contributions: [], missing: [] });
    expect(await db.matchRun.findMany({ select: { listingId: true } })).toEqual([{ listingId: open.listingId }]);
    const queue = createQueueInline();
    expect(await queueOutdatedMatches(world.system, queue)).toBe(1);
    world.clock.set(new Date(world.clock.now().getTime() + 5 * 60_000));
    expect(await queueUnindexed(world.system, queue)).toBe(1);
    await queue.close();
  });
});
