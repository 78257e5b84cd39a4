import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applyDictionaryChange,
  applyDictionaryJob,
  computeMatchesJob,
  countCorpus,
  ENGINE_VERSION,
  handleApplyDictionary,
  handleComputeMatches,
  lookUpTerms,
  openCorpus,
  queueOutdatedMatches,
  saveTerm,
  settleDictionary,
  switchTerm,
  viewTerm,
} from "~/modules/matching/index.server";
import { createQueueInline, type InlineQueue } from "~/platform/adapters/queue-inline.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor, processed } from "./world";

let world: TestWorld;
let admin: PersonActor;
let broker: PersonActor;
let queue: InlineQueue;
let need: MadeListing;
let offering: MadeListing;
/** holds none of the words that the tests below teach */
let aside: MadeListing;
const db = () => world.container.ports.db;
const ENTRY = { en: "", kind: "product", source: "department", revision: 0 } as const;

/** What the workers do after a change: find who is touched, then compute. */
async function applied(): Promise<void> {
  const events = await db().outboxEvent.findMany({ where: { type: "dictionary.changed" }, orderBy: { seq: "desc" } });
  const [event] = events;
  if (!event) throw new Error("no event");
  await queue.add([
    { definition: applyDictionaryJob, id: `apply-dictionary.${event.id}`, payload: { changeId: event.subjectId } },
  ]);
  await queue.idle();
}
const versionOf = async (listing: MadeListing) =>
  (await db().matchRun.findUniqueOrThrow({ where: { listingId: listing.listingId } })).engineVersion;
const conceptsOf = async () => {
  const { matches, weak } = await matchesFor(world, broker, need.listingId);
  const match = [...matches, ...weak].find((one) => one.other.id === offering.listingId);
  return match?.evidence.contributions.filter(({ kind }) => kind === "concept") ?? [];
};

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  admin = await makeStaff(world, "administrator");
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  need = await aPublishedNeed(world, {
    broker,
    draft: { ...DYEING_NEED, summary: "Cần gàu xúc zumba cho hộ dệt nhuộm.", keywords: "nước thải dệt nhuộm" },
  });
  offering = await aPublishedOffering(world, {
    broker,
    draft: { ...DYEING_OFFERING, summary: "Có quạt đẩy lambada cho làng nghề.", keywords: "nước thải dệt nhuộm" },
  });
  aside = await aPublishedOffering(world, {
    broker,
    draft: { ...DYEING_OFFERING, title: "Bể lắng nước thải dệt nhuộm" },
  });
  await processed(world, need.listingId, offering.listingId, aside.listingId);
  queue = createQueueInline();
  const lost = async ({ message }: { message: string }) => {
    throw new Error(message);
  };
  queue.work(
    computeMatchesJob,
    handleComputeMatches(() => world.system),
    lost,
  );
  queue.work(
    applyDictionaryJob,
    handleApplyDictionary(() => world.system, queue),
    lost,
  );
}, 240_000);
afterAll(async () => {
  await queue?.close();
  await world.close();
});

describe("an added entry", () => {
  let key = "";

  it("joins two listings by its forms, and only those that hold one are computed anew", async () => {
    expect(await conceptsOf()).not.toContainEqual(expect.objectContaining({ phrase: expect.stringMatching(/zumba/) }));
    key = must(await saveTerm(world.ctx(admin), { ...ENTRY, vi: "gàu xúc zumba\nquạt đẩy lambada", key: null })).key;
    await applied();
    expect(await conceptsOf()).toContainEqual(
      expect.objectContaining({ phrase: "gàu xúc zumba", other: "quạt đẩy lambada" }),
    );
    const term = await viewTerm(world.ctx(admin), key);
    const version = `${ENGINE_VERSION}/${term?.revision}`;
    expect([await versionOf(need), await versionOf(offering), await versionOf(aside)]).toEqual([
      version,
      version,
      ENGINE_VERSION,
    ]);
    // a revision is no new engine: nothing else is outdated, and twice does nothing
    expect(await queueOutdatedMatches(world.system, queue)).toBe(0);
    expect(await applyDictionaryChange(world.system, queue, term?.revision ?? 0)).toBe(0);
  });

  it("is found by any of its forms, with its history", async () => {
    const found = await lookUpTerms(world.ctx(admin), { q: "gau xuc zumba", show: "added", page: 1 });
    expect(found).toMatchObject({ total: 1, rows: [{ key, standing: "added", active: true }] });
    expect(await viewTerm(world.ctx(admin), key)).toMatchObject({
      fromFile: false,
      history: [{ by: admin.fullName, active: true, vi: ["gàu xúc zumba", "quạt đẩy lambada"] }],
    });
    const [row] = await db().auditEntry.findMany({ where: { action: "dictionary.added" } });
    expect(row?.after).toMatchObject({ key, active: true, vi: ["gàu xúc zumba", "quạt đẩy lambada"] });
  });

  it("is switched off and on again, and the page of who was slower says who was quicker", async () => {
    const before = await viewTerm(world.ctx(admin), key);
    const revision = before?.revision ?? 0;
    must(await switchTerm(world.ctx(admin), { key, revision, active: false }));
    await applied();
    expect(await conceptsOf()).not.toContainEqual(expect.objectContaining({ phrase: "gàu xúc zumba" }));
    expect(await switchTerm(world.ctx(admin), { key, revision, active: true })).toMatchObject({
      ok: false,
      code: "dictionary:error.changedMeanwhile",
      params: { name: admin.fullName },
    });
    const off = await viewTerm(world.ctx(admin), key);
    must(await switchTerm(world.ctx(admin), { key, revision: off?.revision ?? 0, active: true }));
    await applied();
    expect(await conceptsOf()).toContainEqual(expect.objectContaining({ phrase: "gàu xúc zumba" }));
  });

  it("is looked for once more a minute later, for work that had begun before", async () => {
    await db().matchRun.update({ where: { listingId: need.listingId }, data: { engineVersion: ENGINE_VERSION } });
    expect(await settleDictionary(world.system, queue)).toBe(0);
    world.clock.set(new Date(world.clock.now().getTime() + 120_000));
    expect(await settleDictionary(world.system, queue)).toBeGreaterThan(0);
    await queue.idle();
    expect(await versionOf(need)).toMatch(/\/\d+$/);
    expect(await settleDictionary(world.system, queue)).toBe(0);
  });
});

describe("an entry of the files", () => {
  it("is changed and switched off over the files, which stay as they are", async () => {
    const found = await lookUpTerms(world.ctx(admin), { q: "waste water", show: "all", page: 1 });
    const [row] = found?.rows ?? [];
    expect(row).toMatchObject({ standing: "file", vi: expect.arrayContaining(["nước thải"]) });
    const term = await viewTerm(world.ctx(admin), row?.key ?? "");
    must(
      await saveTerm(world.ctx(admin), {
        key: row?.key ?? "",
        revision: 0,
        en: term?.en.join("\n") ?? "",
        vi: [...(term?.vi ?? []), "nước bỏ đi"].join("\n"),
        kind: term?.kind ?? "material",
        source: "department",
      }),
    );
    expect(await viewTerm(world.ctx(admin), row?.key ?? "")).toMatchObject({
      fromFile: true,
      vi: expect.arrayContaining(["nước thải", "nước bỏ đi"]),
      history: [{ by: admin.fullName }],
    });
  });
});

describe("what is refused", () => {
  const add = (vi: string, en = "") => saveTerm(world.ctx(admin), { ...ENTRY, vi, en, key: null });

  it("says which form and why", async () => {
    expect(await add("")).toMatchObject({ code: "dictionary:error.bothEmpty" });
    expect(await add("máy ép dầu bưởi")).toMatchObject({ code: "dictionary:error.oneForm" });
    expect(await add("ao\nmương nước zumba")).toMatchObject({
      code: "dictionary:error.tooShort",
      params: { form: "ao" },
    });
    expect(await add("xe zumba\nxe zumba")).toMatchObject({ code: "dictionary:error.twice" });
    expect(await add("và của cho\nxe zumba")).toMatchObject({ code: "dictionary:error.grammar" });
    expect(await add("nước thải\nxe zumba")).toMatchObject({
      code: "dictionary:error.used",
      params: { form: "nước thải", other: expect.stringContaining("waste water") },
      fields: { vi: ["dictionary:error.see"] },
    });
    expect(await add("xe zumba", "tan")).toMatchObject({ code: "dictionary:error.syllable", params: { form: "tan" } });
  });

  it("administrators alone look up and change", async () => {
    const { owner } = need;
    expect(await saveTerm(world.ctx(owner), { ...ENTRY, vi: "xe a zumba\nxe b zumba", key: null })).toMatchObject({
      ok: false,
      code: "dictionary:error.notFound",
    });
    expect(await lookUpTerms(world.ctx(owner), { q: "", show: "all", page: 1 })).toBeNull();
    expect(await viewTerm(world.ctx(owner), "water.nuoc")).toBeNull();
  });

  it("the history cannot be rewritten", async () => {
    await expect(db().$executeRaw`UPDATE dictionary_change SET note = 'x'`).rejects.toThrow(/append-only/);
    await expect(db().$executeRaw`DELETE FROM dictionary_change`).rejects.toThrow(/append-only/);
  });
});

it("in a corpus counted in the database touched listings are found by their terms", async () => {
  await countCorpus(world.system, { least: 0 });
  expect((await openCorpus(world.system)).large).not.toBeNull();
  must(await saveTerm(world.ctx(admin), { ...ENTRY, vi: "hộ dệt nhuộm\nlambada cho làng", key: null }));
  await applied();
  expect(await conceptsOf()).toContainEqual(expect.objectContaining({ kind: "concept" }));
  expect(await versionOf(need)).toBe(await versionOf(offering));
});

it("a concept new to a large corpus is counted, kept and a reason to be found at once", async () => {
  const ofBoth = { listingId: { in: [need.listingId, offering.listingId] } };
  const read = () => db().listingTerms.findMany({ where: ofBoth, orderBy: { listingId: "asc" } });
  const before = await read();
  const others = () =>
    db().listingTerms.findMany({ where: { NOT: ofBoth }, select: { listingId: true, revision: true } });
  const aside = await others();
  must(await saveTerm(world.ctx(admin), { ...ENTRY, vi: "xúc zumba cho\nđẩy lambada cho", key: null }));
  await applied();
  const after = await read();
  const gained = after.map(({ terms }, at) => terms.filter((term) => !before[at]?.terms.includes(term)));
  // both name it, in words of their own
  const [concept] = gained[0] ?? [];
  expect(gained[1]).toEqual([concept]);
  expect((await db().corpusTerm.findUniqueOrThrow({ where: { term: concept ?? 0 } })).listings).toBe(2);
  expect(after.every(({ revision }, at) => revision > (before[at]?.revision ?? 0))).toBe(true);
  expect(await conceptsOf()).toContainEqual(
    expect.objectContaining({ phrase: "xúc zumba cho", other: "đẩy lambada cho" }),
  );
  // nobody else was read again
  expect(await others()).toEqual(aside);
});
