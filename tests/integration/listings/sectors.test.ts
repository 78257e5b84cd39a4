import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addSector,
  listSectors,
  loadDraft,
  restoreSector,
  retireSector,
  saveDraft,
  saveSector,
  sectorRoom,
  submitListing,
  suggestSectors,
  taxonomy,
  viewListing,
  viewSector,
} from "~/modules/listings/index.server";
import {
  applySectorsJob,
  askSearches,
  computeMatchesJob,
  handleApplySectors,
  handleComputeMatches,
  indexListing,
  saveSearch,
  searchListings,
} from "~/modules/matching/index.server";
import { askedSchema } from "~/modules/matching/schemas";
import { createQueueInline, type InlineQueue } from "~/platform/adapters/queue-inline.server";
import type { PersonActor } from "~/platform/context";
import { seedReferenceData } from "../../../prisma/seed/reference-data";
import {
  aPublishedNeed,
  aPublishedOffering,
  approve,
  aSubmitted,
  type MadeListing,
  withReferenceData,
} from "../../factories/listings";
import { makeBroker, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor, processed } from "../matching/world";

let world: TestWorld;
let admin: PersonActor;
let second: PersonActor;
let broker: PersonActor;
let queue: InlineQueue;
let need: MadeListing & { reference: string };
let offering: MadeListing;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  broker = await makeBroker(world);
  admin = await makeStaff(world, "administrator");
  second = await makeStaff(world, "administrator");
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  offering = await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, sectorMain: "MTR-02" } });
  await processed(world, need.listingId, offering.listingId);
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
    applySectorsJob,
    handleApplySectors(() => world.system, queue),
    lost,
  );
}, 120_000);
afterAll(async () => {
  await queue?.close();
  await world?.close();
});

/** What the workers do after a change of a sector. */
async function applied(): Promise<void> {
  const event = await db().outboxEvent.findFirstOrThrow({
    where: { type: "sector.changed" },
    orderBy: { seq: "desc" },
  });
  await queue.add([
    { definition: applySectorsJob, id: `apply-sectors.${event.id}`, payload: { changeId: event.subjectId } },
  ]);
  await queue.idle();
}
const view = async (code: string) => {
  const sector = await viewSector(world.ctx(admin), code);
  if (!sector) throw new Error(`no sector ${code}`);
  return sector;
};
const inputOf = async (code: string) => {
  const { nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes, revision } = await view(code);
  return { code, nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes, revision, note: null };
};
const find = (sector: string) => searchListings(world.ctx(), { q: "", sectors: [sector], sort: "newest", page: 1 });
const sectorPoints = async () => {
  const { matches, weak } = await matchesFor(world, broker, need.listingId);
  const match = [...matches, ...weak].find((one) => one.other.id === offering.listingId);
  return match?.evidence.contributions.find(({ kind }) => kind === "sector");
};

describe("a sector's name", () => {
  it("is changed for every page at once, with its history and an audit row", async () => {
    const before = await inputOf("MTR-05");
    must(await saveSector(world.ctx(admin), { ...before, nameVi: "Kinh tế tuần hoàn", nameEn: "Circular economy" }));
    expect((await taxonomy(world.ctx())).names["MTR-05"]).toEqual({ vi: "Kinh tế tuần hoàn", en: "Circular economy" });
    const field = (await listSectors(world.ctx())).find(({ code }) => code === "MTR");
    expect(field?.children.find(({ code }) => code === "MTR-05")?.nameVi).toBe("Kinh tế tuần hoàn");
    const { history, revision } = await view("MTR-05");
    expect(history).toMatchObject([
      {
        action: "sector.renamed",
        by: admin.fullName,
        before: { nameVi: before.nameVi },
        after: { nameVi: "Kinh tế tuần hoàn" },
      },
    ]);
    const [row] = await db().auditEntry.findMany({ where: { action: "sector.renamed" } });
    expect(row?.after).toMatchObject({ key: "MTR-05", revision, nameVi: "Kinh tế tuần hoàn", active: true });
    // a release's data files do not undo it
    expect((await seedReferenceData(world.system)).sectors).toBe(0);
    expect((await view("MTR-05")).nameVi).toBe("Kinh tế tuần hoàn");
  });

  it("is refused when it is another one's, when nothing changed, and to whoever is no administrator", async () => {
    const input = await inputOf("MTR-06");
    expect(await saveSector(world.ctx(admin), { ...input, nameVi: "KINH TẾ TUẦN HOÀN" })).toMatchObject({
      code: "lists:error.nameTaken",
      params: { code: "MTR-05" },
      fields: { nameVi: ["lists:error.nameTakenField"] },
    });
    expect(await saveSector(world.ctx(admin), input)).toMatchObject({ code: "lists:error.nothingChanged" });
    expect(await saveSector(world.ctx(broker), { ...input, nameVi: "Khác" })).toMatchObject({
      code: "common:notFound",
    });
    expect(await sectorRoom(world.ctx(broker))).toBeNull();
  });

  it("has one winner when two change it from the same page", async () => {
    const input = await inputOf("MTR-06");
    const both = await Promise.all([
      saveSector(world.ctx(admin), { ...input, nameVi: "Tên của người thứ nhất" }),
      saveSector(world.ctx(second), { ...input, nameVi: "Tên của người thứ hai" }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = both[0].ok ? admin : second;
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      code: "lists:error.changedMeanwhile",
      params: { name: winner.fullName },
    });
    expect((await view("MTR-06")).history).toHaveLength(1);
  });

  it("is kept for good: the history refuses to be changed", async () => {
    await expect(db().$executeRaw`UPDATE list_change SET note = 'x'`).rejects.toThrow(/append-only/);
    await expect(db().$executeRaw`DELETE FROM list_change`).rejects.toThrow(/append-only/);
  });
});

describe("a new sector", () => {
  const NEW = {
    nameVi: "Xử lý mùi",
    nameEn: "Odour control",
    keywordsVi: ["khử mùi zumba"],
    keywordsEn: [],
    relatedCodes: [],
  };

  it("needs a free code of a field in use", async () => {
    const add = (code: string) => addSector(world.ctx(admin), { ...NEW, code, note: null, revision: 0 });
    expect(await add("MTR-01")).toMatchObject({
      code: "lists:error.codeTaken",
      fields: { code: [expect.any(String)] },
    });
    expect(await add("ZZZ-01")).toMatchObject({ code: "lists:error.noField" });
    must(await add("MTR-77"));
    const field = (await listSectors(world.ctx())).find(({ code }) => code === "MTR");
    expect(field?.children.at(-1)).toMatchObject({ code: "MTR-77", nameVi: "Xử lý mùi" });
    expect(await suggestSectors(world.ctx(), { title: "khử mùi zumba cho chuồng trại", text: "" })).toContainEqual(
      expect.objectContaining({ code: "MTR-77" }),
    );
    expect((await seedReferenceData(world.system)).sectors).toBe(0);
    expect((await view("MTR-77")).active).toBe(true);
  });

  it("takes listings", async () => {
    const listing = await aPublishedNeed(world, { broker, draft: { sectorMain: "MTR-77" } });
    expect((await viewListing(world.ctx(), listing.listingId))?.sectors).toEqual(["MTR-77"]);
  });
});

describe("a sector merged into another", () => {
  let waiting: Awaited<ReturnType<typeof aSubmitted>>;

  beforeAll(async () => {
    waiting = await aSubmitted(world, "need", {
      broker,
      draft: { ...DYEING_NEED, title: "Nước thải nhuộm lụa thứ hai" },
    });
    must(
      await saveSearch(world.ctx(broker), {
        name: "Nước thải",
        mode: "immediate",
        asked: askedSchema.parse({ sector: "MTR-01" }),
      }),
    );
    expect(await sectorPoints()).toMatchObject({ level: "field" });
    const sector = await view("MTR-01");
    expect(
      await retireSector(world.ctx(admin), {
        code: "MTR-01",
        replacedBy: "MTR-01",
        note: null,
        revision: sector.revision,
      }),
    ).toMatchObject({ code: "lists:error.replacement" });
    const merged = must(
      await retireSector(world.ctx(admin), {
        code: "MTR-01",
        replacedBy: "MTR-02",
        note: null,
        revision: sector.revision,
      }),
    );
    expect(merged.refiled).toBe(1);
    await applied();
  });

  it("is found by its old address, its page works, and counts stand at the other one", async () => {
    for (const code of ["MTR-01", "MTR-02"]) {
      const found = await find(code);
      expect(found.cards.map(({ id }) => id).sort()).toEqual([need.listingId, offering.listingId].sort());
      expect(found.facets.sectors).toMatchObject({ "MTR-02": 2 });
      expect(found.facets.sectors["MTR-01"]).toBeUndefined();
    }
    expect(await viewListing(world.ctx(), need.reference)).toMatchObject({
      sectors: ["MTR-02"],
      facts: { sectorMain: "MTR-02" },
    });
    // what it said when it was written is kept
    const version = await db().listingVersion.findFirstOrThrow({ where: { listingId: need.listingId } });
    expect(version.sectorCodes).toEqual(["MTR-01"]);
    expect(await view("MTR-01")).toMatchObject({ active: false, replacedBy: "MTR-02", listings: 0 });
  });

  it("counts as the same sector in matching, and its classes go along", async () => {
    expect(await sectorPoints()).toMatchObject({ level: "same", code: "MTR-02" });
    const [from, to] = [await view("MTR-01"), await view("MTR-02")];
    expect(to.relatedCodes).toEqual(expect.arrayContaining(from.relatedCodes));
    expect(to.keywordsVi).toContain(from.nameVi);
    expect(to.history[0]).toMatchObject({ action: "sector.took-over", note: "MTR-01" });
  });

  it("goes on in saved searches, in what waits for review and in drafts", async () => {
    must(await approve(world.ctx(broker), waiting.reviewId));
    await indexListing(world.system, waiting.listingId);
    expect((await viewListing(world.ctx(), waiting.listingId))?.sectors).toEqual(["MTR-02"]);
    expect(await askSearches(world.system, [waiting.listingId])).toBe(1);
    // a new telephone number is no new sector: it is on the shelf at once
    const form = await loadDraft(world.ctx(need.owner), need.listingId);
    expect(form?.draft.sectorMain).toBe("MTR-02");
    if (!form) throw new Error("no draft");
    const { revision } = must(
      await saveDraft(world.ctx(need.owner), {
        listingId: need.listingId,
        revision: form.revision,
        values: { ...form.draft, contactPhone: "0203 555 7777" },
        files: { pictureId: null, pdfId: null },
      }),
    );
    const sent = must(await submitListing(world.ctx(need.owner), { listingId: need.listingId, revision }));
    expect(sent.reviewId).toBeNull();
  });

  it("has its listings back when it is brought back", async () => {
    const stale = await restoreSector(world.ctx(second), { code: "MTR-01", note: null, revision: 0 });
    expect(stale).toMatchObject({ code: "lists:error.changedMeanwhile", params: { name: admin.fullName } });
    const { revision } = await view("MTR-01");
    // of the two written for it, one was sent anew for the other sector
    expect(must(await restoreSector(world.ctx(second), { code: "MTR-01", note: null, revision })).refiled).toBe(1);
    await applied();
    expect((await find("MTR-01")).cards.map(({ id }) => id)).toEqual([waiting.listingId]);
  });
});

describe("a sector that is retired alone", () => {
  it("keeps its listings findable and is offered to nobody", async () => {
    const { revision } = await view("MTR-02");
    must(await retireSector(world.ctx(admin), { code: "MTR-02", replacedBy: null, note: "không còn dùng", revision }));
    await applied();
    expect((await find("MTR-02")).cards.length).toBeGreaterThan(0);
    expect((await taxonomy(world.ctx())).retired).toContainEqual(expect.objectContaining({ code: "MTR-02" }));
    const field = (await listSectors(world.ctx())).find(({ code }) => code === "MTR");
    expect(field?.children.map(({ code }) => code)).not.toContain("MTR-02");
    expect((await view("MTR-02")).history[0]).toMatchObject({ action: "sector.retired", note: "không còn dùng" });
  });

  it("is a sector, not a field with sectors in use", async () => {
    const { revision } = await view("MTR");
    expect(await retireSector(world.ctx(admin), { code: "MTR", replacedBy: null, note: null, revision })).toMatchObject(
      { code: "lists:error.fieldInUse" },
    );
  });
});
