import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { importListings, loadForMatching } from "~/modules/listings/index.server";
import {
  computeAllMatches,
  computeMatches,
  computeMatchesJob,
  ENGINE_VERSION,
  type EvidenceCard,
  embedListings,
  embedListingsJob,
  engineNow,
  handleComputeMatches,
  handleEmbedListings,
  queueOutdatedMatches,
  queueVectors,
  rankCandidates,
  rebuildIndex,
} from "~/modules/matching/index.server";
import { createEmbedderRest } from "~/platform/adapters/embedder-rest.server";
import { createQueueInline } from "~/platform/adapters/queue-inline.server";
import { withReferenceData } from "../../factories/listings";
import { makeBroker, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { type EmbedderServer, startEmbedder, vectorFor } from "./embedder-server";

const NEED = "Hong khô mực một nắng";
/** means the same in words that no dictionary and no text of the need knows */
const ANSWER = "Heat-pump dehydration cabinet";
const ITEMS = [
  { kind: "need", id: "n1", title: NEED, description: "Cần phơi sấy mực quanh năm, kể cả mùa mưa." },
  { kind: "need", id: "n2", title: "Xử lý nước thải làng bún", description: "Nước thải nhiều tinh bột." },
  { kind: "need", id: "n3", title: "Giống lúa chịu mặn", description: "Ruộng ven biển nhiễm mặn." },
  { kind: "need", id: "n4", title: "Kính viễn vọng quan sát thiên văn", description: "Cho đài quan sát." },
  { kind: "need", id: "n5", title: "Máy bay phun thuốc", description: "Phun cho rừng." },
  { kind: "need", id: "n6", title: "Ván ép từ gỗ keo", description: "Ván dán xuất khẩu." },
  { kind: "offering", id: "o1", title: ANSWER, description: "Squid drying, dehydration by heat pump, mùa mưa." },
  { kind: "offering", id: "o2", title: "Bể lọc nước thải", description: "Nước thải chế biến." },
  { kind: "offering", id: "o3", title: "Rice seeds for saline paddy", description: "Rice that stands salt." },
  { kind: "offering", id: "o4", title: "Telescope of one metre", description: "Một nắng, mùa mưa, quanh năm." },
  { kind: "offering", id: "o5", title: "Drone UAV for spraying", description: "UAV." },
  { kind: "offering", id: "o6", title: "Plywood from timber", description: "Timber veneer." },
].map((item) => ({ summary: null, sectorGuess: null, keywords: [], lang: "vi", origin: "listing", ...item }));

let world: TestWorld;
let server: EmbedderServer;
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? "";
const db = () => world.container.ports.db;

beforeAll(async () => {
  server = await startEmbedder();
  world = await openTestWorld({
    poolSize: 4,
    env: { EMBEDDER_URL: server.url, EMBEDDER_MODEL: "meaning/small", EMBEDDER_KEY: "a key", EMBEDDER_WEIGHT: "20" },
  });
  await withReferenceData(world);
  await makeBroker(world);
  await world.container.ports.search.prepare();
  must(await importListings(world.system, { items: ITEMS, homeExchange: "test" }));
  await rebuildIndex(world.system);
  for (const row of await db().listing.findMany({ select: { id: true, externalId: true } }))
    ids.set(row.externalId ?? "", row.id);
});
beforeEach(() => {
  server.instead = null;
});
afterAll(async () => {
  await world.close();
  await server.close();
});

function workers() {
  const queue = createQueueInline();
  const given: string[] = [];
  const giveUp = async ({ code }: { code: string }) => void given.push(code);
  queue.work(
    embedListingsJob,
    handleEmbedListings(() => world.system, queue),
    giveUp,
  );
  queue.work(
    computeMatchesJob,
    handleComputeMatches(() => world.system),
    giveUp,
  );
  return { queue, given };
}

async function cardOf(need: string, offering: string): Promise<EvidenceCard | null> {
  const row = await db().match.findUnique({
    where: { needId_offeringId: { needId: idOf(need), offeringId: idOf(offering) } },
  });
  return row && (row.evidence as unknown as EvidenceCard);
}
const engineThatMade = async (name: string) =>
  (await db().matchRun.findUniqueOrThrow({ where: { listingId: idOf(name) } })).engineVersion;

describe("matches with a language model beside the words", () => {
  it("rest on words alone until it has read both texts, then also on their meaning, and still add up", async () => {
    await computeAllMatches(world.system);
    expect(await engineThatMade("n1")).toBe(ENGINE_VERSION);
    const before = await cardOf("n1", "o1");
    expect(server.read).toEqual([]);

    const { queue, given } = workers();
    expect(await queueVectors(world.system, queue)).toBe(ITEMS.length);
    await queue.idle();
    expect(given).toEqual([]);
    expect(server.read).toHaveLength(ITEMS.length);
    expect(server.read.find((text) => text.startsWith(NEED))).toContain("Cần phơi sấy mực");
    expect(new Set(server.authorizations)).toEqual(new Set(["Bearer a key"]));

    const after = await cardOf("n1", "o1");
    const meaning = after?.contributions.find(({ kind }) => kind === "meaning");
    expect(meaning).toMatchObject({ kind: "meaning", model: "meaning/small" });
    expect(meaning?.points).toBeGreaterThan(5);
    expect(after?.score ?? 0).toBeGreaterThan((before?.score ?? 0) + 5);
    expect(after?.contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(after?.score ?? -1, 6);
    expect(await engineThatMade("n1")).toBe(engineNow(world.system));
    expect(engineNow(world.system)).toBe(`${ENGINE_VERSION}~meaning-small.20`);
    // as alike as any two: nothing is said of their meaning
    expect((await cardOf("n1", "o4"))?.contributions.some(({ kind }) => kind === "meaning") ?? false).toBe(false);
  });

  it("rank by the sum: what means the same goes before what shares more words", async () => {
    const need = await loadForMatching(db(), idOf("n1"));
    if (!need) throw new Error("not published");
    const first = async (embedder: typeof world.system.embedder) =>
      (await rankCandidates({ ...world.system, embedder }, need)).ranked[0]?.other.id;
    expect(await first(null)).toBe(idOf("o4"));
    expect(await first(world.system.embedder)).toBe(idOf("o1"));
  });

  it("ask it once a version, whoever runs how often; a new version is read again", async () => {
    const { queue } = workers();
    const told = server.read.length;
    expect(await queueVectors(world.system, queue)).toBe(0);
    expect(await embedListings(world.system, [...ids.values()])).toEqual([]);
    expect(server.read).toHaveLength(told);
    expect(await queueOutdatedMatches(world.system, queue)).toBe(0);

    await db().listingVector.updateMany({ where: { listingId: idOf("o2") }, data: { versionId: idOf("o2") } });
    expect(await queueVectors(world.system, queue)).toBe(1);
    await queue.idle();
    expect(server.read).toHaveLength(told + 1);
    expect(await queueVectors(world.system, queue)).toBe(0);
  });

  it("stand when it is away: what it read counts, the rest rests on words, and it is asked again later", async () => {
    await db().listingVector.deleteMany({ where: { listingId: idOf("n2") } });
    server.instead = () => ({ status: 503, body: { error: "busy" } });
    await expect(embedListings(world.system, [idOf("n2")])).rejects.toMatchObject({ code: "embedder.away" });
    expect(await computeMatches(world.system, idOf("n2"))).toMatchObject({ kept: expect.any(Number) });
    expect(await engineThatMade("n2")).toBe(ENGINE_VERSION);
    await computeMatches(world.system, idOf("n1"));
    expect((await cardOf("n1", "o1"))?.contributions.some(({ kind }) => kind === "meaning")).toBe(true);
    expect(embedListingsJob.retryOn).toContain("embedder.away");

    server.instead = null;
    expect(await embedListings(world.system, [idOf("n2")])).toEqual([idOf("n2")]);
    // the matches computed meanwhile are found by the sweep
    const { queue } = workers();
    expect(await queueOutdatedMatches(world.system, queue)).toBe(1);
    await queue.idle();
    expect(await engineThatMade("n2")).toBe(engineNow(world.system));
  });

  it("do not wait for a text that it will not read", async () => {
    await db().listingVector.deleteMany({});
    server.instead = ({ input }) =>
      input.some((text) => text.includes("Telescope")) ? { status: 400, body: { error: "no" } } : null;
    const made = await embedListings(world.system, [...ids.values()]);
    expect(new Set(made)).toEqual(new Set([...ids.values()].filter((id) => id !== idOf("o4"))));
    await expect(embedListings(world.system, [idOf("o4")])).rejects.toMatchObject({ code: "embedder.refused" });
  });

  it("are computed anew on words alone when the model is taken away", async () => {
    await computeAllMatches(world.system);
    const without = { ...world.system, embedder: null };
    const { queue } = workers();
    expect(await queueVectors(without, queue)).toBe(0);
    expect(await queueOutdatedMatches(without, queue)).toBe(ITEMS.length - 1);
    await computeMatches(without, idOf("n1"));
    expect(await engineThatMade("n1")).toBe(ENGINE_VERSION);
    expect((await cardOf("n1", "o1"))?.contributions.some(({ kind }) => kind === "meaning") ?? false).toBe(false);
  });
});

describe("the embedder over HTTP", () => {
  const options = { model: "m", timeoutMs: 2_000 };

  it("gives vectors of length one in the order of the texts, and puts the prefix before each", async () => {
    const embedder = createEmbedderRest({ ...options, url: server.url, prefix: "query: " });
    const [rice, drone] = await embedder.embed(["rice rice", "drone"]);
    expect(Math.hypot(...(rice ?? []))).toBeCloseTo(1, 5);
    const expected = vectorFor("rice rice");
    expect(rice?.[2]).toBeCloseTo((expected[2] ?? 0) / Math.hypot(...expected), 5);
    expect(drone?.[4]).toBeGreaterThan(0.5);
    expect(server.read.slice(-2)).toEqual(["query: rice rice", "query: drone"]);
    expect(embedder.space).toBe("m+query: ");
    expect(await embedder.embed([])).toEqual([]);
  });

  it.each([
    [429, {}, "embedder.away"],
    [500, {}, "embedder.away"],
    [401, {}, "embedder.refused"],
    [200, { vectors: [] }, "embedder.refused"],
    [200, { data: [] }, "embedder.refused"],
    [200, { data: [{ index: 0, embedding: [0, 0] }] }, "embedder.refused"],
    [200, "no JSON object", "embedder.refused"],
  ])("tells what is worth another try: %i %j", async (status, body, code) => {
    server.instead = () => ({ status, body });
    await expect(createEmbedderRest({ ...options, url: server.url }).embed(["x"])).rejects.toMatchObject({ code });
  });

  it("wants as many numbers as it asked for, and gives up waiting", async () => {
    const sized = createEmbedderRest({ ...options, url: server.url, dimensions: 3 });
    await expect(sized.embed(["x"])).rejects.toMatchObject({ code: "embedder.refused" });
    const silent = createEmbedderRest({ ...options, url: "http://127.0.0.1:9", timeoutMs: 500 });
    await expect(silent.embed(["x"])).rejects.toMatchObject({ code: "embedder.away" });
    const elsewhere = createEmbedderRest({ ...options, url: `${server.url}/other/path` });
    await expect(elsewhere.embed(["x"])).rejects.toMatchObject({ code: "embedder.refused" });
  });
});
