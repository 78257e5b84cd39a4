import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureOffice } from "~/modules/accounts/index.server";
import { importListings, listCards, viewListing } from "~/modules/listings/index.server";
import { seedReferenceData } from "../../../prisma/seed/reference-data";
import { demoCollection } from "../../../prisma/seed/seed-exchange";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const EXCHANGE = "an-exchange";
const run = async (items: unknown[], homeExchange = EXCHANGE) => {
  const result = await importListings(world.system, { items, homeExchange });
  if (!result.ok) throw new Error(result.code);
  return result.value;
};
const stored = (externalId: string, homeExchange = EXCHANGE) =>
  world.system.db.listing.findUniqueOrThrow({
    where: { homeExchange_externalId: { homeExchange, externalId } },
    include: { organisation: true, publishedVersion: { include: { texts: true, lines: true } }, versions: true },
  });
const ROW = {
  kind: "offering",
  id: "A-1",
  title: "Máy sấy bơm nhiệt cho dược liệu",
  summary: "Sấy ở 35–50 °C.",
  description: null,
  sectorGuess: "chế biến nông sản – sấy",
  keywords: ["sấy bơm nhiệt", "sấy bơm nhiệt", " "],
  trl: 8,
  trlEstimated: true,
  ipStatus: "Giải pháp hữu ích số 1148",
  priceText: "200 triệu – 1 tỷ đồng/máy",
  province: "Quảng Nam",
  organisation: "Viện Thử nghiệm; Công ty Thứ hai",
  orgType: "viện nghiên cứu",
  lang: "vi",
  url: "https://example.invalid/a-1",
};

beforeAll(async () => {
  world = await openTestWorld();
  await seedReferenceData(world.system);
  await ensureOffice(world.system, {
    code: "QN",
    provinceCode: "22",
    nameVi: "Sở",
    nameEn: "Department",
    phone: "0",
    email: "so@example.invalid",
  });
});
afterAll(() => world.close());

describe("one row", () => {
  it("becomes a published listing with its source, and nothing the source does not state", async () => {
    expect(await run([ROW])).toEqual({ created: 1, updated: 0, unchanged: 0, problems: [] });
    const listing = await stored("A-1");
    expect(listing).toMatchObject({
      kind: "offering",
      state: "published",
      origin: "imported",
      visibility: "public",
      provinceCode: "48",
      sourceUrl: ROW.url,
      sourceNote: "Đơn vị nêu trong nguồn: Viện Thử nghiệm; Công ty Thứ hai",
      sectorMain: "CBT-02",
      expiresOn: null,
      rowVersion: 1n,
      createdById: null,
    });
    expect(listing.reference).toMatch(/^CN-22-2026-\d{6}$/);
    expect(listing.organisation).toMatchObject({
      nameVi: "Viện Thử nghiệm",
      type: "research_institute",
      taxCode: null,
      origin: "imported",
      anonymous: false,
    });
    expect(listing.publishedVersion).toMatchObject({
      number: 1,
      sectorText: ROW.sectorGuess,
      sectorGuessed: true,
      trl: 8,
      trlBasis: "estimated",
      moneyMin: 200_000_000n,
      moneyMax: 1_000_000_000n,
      moneyText: ROW.priceText,
      priceModel: "range",
      ipType: "utility_solution",
      ipStatus: "granted",
      ipNumber: "1148",
      ipText: ROW.ipStatus,
      keywords: ["sấy bơm nhiệt"],
      contactName: null,
      objects: [],
      neededBy: null,
      lines: [],
    });
    expect(listing.publishedVersion?.texts).toMatchObject([
      { lang: "vi", title: ROW.title, summary: ROW.summary, description: null },
    ]);
  });

  it("is public with its source address, and tells nobody's contacts", async () => {
    const view = await viewListing(world.ctx(), (await stored("A-1")).reference ?? "");
    expect(view).toMatchObject({
      title: ROW.title,
      sourceUrl: ROW.url,
      organisation: "Viện Thử nghiệm",
      origin: "imported",
    });
  });

  it("leaves one audit row and one event per published version", async () => {
    const { id } = await stored("A-1");
    const [audits, events] = await Promise.all([
      world.system.db.auditEntry.findMany({ where: { subjectId: id } }),
      world.system.db.outboxEvent.findMany({ where: { subjectId: id } }),
    ]);
    expect(audits.map((row) => row.action)).toEqual(["listing.published"]);
    expect(events.map((row) => row.type)).toEqual(["listing.published"]);
  });

  it("does nothing a second time, whatever the form its letters come in", async () => {
    expect(await run([{ ...ROW, title: ROW.title.normalize("NFD"), extra: "column" }])).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 1,
    });
    expect((await stored("A-1")).versions).toHaveLength(1);
  });

  it("becomes a new version when it changed, under the same reference", async () => {
    const before = await stored("A-1");
    expect(await run([{ ...ROW, summary: "Sấy ở 30–45 °C.", url: "https://example.invalid/moved" }])).toMatchObject({
      updated: 1,
      created: 0,
    });
    const after = await stored("A-1");
    expect(after).toMatchObject({
      reference: before.reference,
      rowVersion: 2n,
      sourceUrl: "https://example.invalid/moved",
      publishedAt: before.publishedAt,
    });
    expect(after.publishedVersion).toMatchObject({ number: 2 });
    expect(after.versions).toHaveLength(2);
    expect(await run([{ ...ROW, summary: "Sấy ở 30–45 °C.", url: "https://example.invalid/moved" }])).toMatchObject({
      unchanged: 1,
    });
  });

  it("stands for itself in each exchange", async () => {
    expect(await run([ROW], "another-exchange")).toMatchObject({ created: 1 });
    expect((await stored("A-1", "another-exchange")).id).not.toBe((await stored("A-1")).id);
  });
});

describe("people", () => {
  it("own anonymously: their names are stored nowhere", async () => {
    await run([
      {
        kind: "offering",
        id: "P-1",
        title: "Máy bừa điều khiển từ xa của anh Hà Văn Hồng",
        summary: "Hà Văn Hồng chế tạo.",
        description: "Anh Hồng đã bán 10 máy.",
        keywords: ["máy bừa", "Hà Văn Hồng"],
        organisation: "Hà Văn Hồng",
        orgType: "cá nhân",
        sourceNote: "Theo lời ông Hà Văn Hồng",
      },
    ]);
    const listing = await stored("P-1");
    expect(listing.organisation).toMatchObject({ anonymous: true, nameVi: "cá nhân (ẩn danh)", type: "individual" });
    expect(listing.publishedVersion?.texts[0]).toMatchObject({
      title: "Máy bừa điều khiển từ xa của tác giả",
      description: "Tác giả đã bán 10 máy.",
    });
    const [card] = await listCards(world.ctx(), [listing.id]);
    expect(card?.organisation).toBe("cá nhân (ẩn danh)");
    const everything = JSON.stringify(
      await Promise.all([
        world.system.db.listing.findMany({ include: { versions: { include: { texts: true } } } }),
        world.system.db.organisation.findMany(),
        world.system.db.auditEntry.findMany(),
        world.system.db.outboxEvent.findMany(),
      ]),
      (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
    );
    expect(everything).not.toContain("Văn Hồng");
    expect(world.logText()).not.toContain("Văn Hồng");
  });
  it("are not joined: two people's listings have two holders", async () => {
    const person = {
      kind: "offering",
      title: "Máy gieo hạt chân không",
      organisation: "Lê Thanh Trị",
      orgType: "cá nhân",
    };
    await run([
      { ...person, id: "P-2" },
      { ...person, id: "P-3" },
    ]);
    expect((await stored("P-2")).organisationId).not.toBe((await stored("P-3")).organisationId);
  });
  it("organisations are joined by name within a collection; no holder is no holder", async () => {
    await run([
      {
        kind: "need",
        id: "N-1",
        title: "Cần công nghệ xử lý bụi",
        organisation: "Công ty Một",
        orgType: "doanh nghiệp",
        budgetText: "thỏa thuận",
      },
      {
        kind: "need",
        id: "N-2",
        title: "Cần công nghệ lọc nước",
        organisation: "CÔNG TY MỘT",
        orgType: "doanh nghiệp",
      },
      { kind: "need", id: "N-3", title: "Cần công nghệ khử mùi", organisation: "Tạp chí X giới thiệu" },
    ]);
    const [one, two, none] = await Promise.all([stored("N-1"), stored("N-2"), stored("N-3")]);
    expect(one.organisationId).toBe(two.organisationId);
    expect(one.publishedVersion).toMatchObject({ moneyNegotiable: true, priceModel: null, trl: null, trlBasis: null });
    expect(none).toMatchObject({ organisationId: null, sourceNote: "Đơn vị nêu trong nguồn: Tạp chí X giới thiệu" });
  });
});

describe("what is wrong or changed here", () => {
  it("reports unreadable and repeated rows and imports the others", async () => {
    const report = await run([
      { kind: "need", id: "W-1", title: "Cần công nghệ sấy cá" },
      { kind: "need", id: "W-1", title: "Cần công nghệ sấy mực" },
      { kind: "need", id: "W-2" },
      { kind: "need", id: "W-3", title: "Cần máy ép", trl: 12 },
      { kind: "need", id: "W-4", title: "Cần máy lọc", url: "javascript:alert(1)" },
      "text",
    ]);
    expect(report).toMatchObject({ created: 1 });
    expect(report.problems.map(({ row, id, code }) => [row, id, code])).toEqual([
      [2, "W-1", "duplicate"],
      [3, "W-2", "invalid"],
      [4, "W-3", "invalid"],
      [5, "W-4", "invalid"],
      [6, null, "invalid"],
    ]);
  });
  it("leaves alone what was taken off the shelf here", async () => {
    await run([{ ...ROW, id: "S-1" }]);
    await world.system.db.listing.updateMany({ where: { externalId: "S-1" }, data: { state: "withdrawn" } });
    expect(await run([{ ...ROW, id: "S-1" }])).toMatchObject({ unchanged: 1, problems: [] });
    const report = await run([{ ...ROW, id: "S-1", title: "Máy sấy đời mới" }]);
    expect(report).toMatchObject({ updated: 0, problems: [{ id: "S-1", code: "off-shelf" }] });
    expect(await stored("S-1")).toMatchObject({ state: "withdrawn" });
  });
  it("leaves alone what a person here has sent for review, and numbers the next version after theirs", async () => {
    const { db } = world.system;
    const row = { ...ROW, id: "A-review" };
    await run([row]);
    const { id, publishedVersionId } = await stored("A-review");
    const { texts: _texts, lines: _lines, ...first } = (await stored("A-review")).publishedVersion ?? {};
    const versionId = crypto.randomUUID();
    await db.listingVersion.create({ data: { ...first, id: versionId, number: 2 } as never });
    const reviewId = crypto.randomUUID();
    await db.review.create({
      data: {
        id: reviewId,
        listingId: id,
        versionId,
        submittedAt: world.clock.now(),
        submittedById: crypto.randomUUID(),
      },
    });
    const changed = { ...row, title: `${row.title}, bản mới` };
    expect(await run([changed])).toMatchObject({ updated: 0, problems: [{ id: "A-review", code: "edited" }] });
    expect((await stored("A-review")).publishedVersionId).toBe(publishedVersionId);
    await db.review.update({ where: { id: reviewId }, data: { state: "rejected", decidedAt: world.clock.now() } });
    expect(await run([changed])).toMatchObject({ updated: 1, problems: [] });
    expect((await stored("A-review")).publishedVersion?.number).toBe(3);
  });
  it("is for the system and administrators", async () => {
    expect(await importListings(world.ctx(), { items: [ROW], homeExchange: EXCHANGE })).toMatchObject({
      ok: false,
      code: "common:notFound",
    });
  });
});

describe("the demo collection", () => {
  it("comes in whole, classified, and a second time changes nothing; two imports at once take turns", async () => {
    const items = demoCollection();
    expect(items).toHaveLength(330);
    const began = performance.now();
    const [one, two] = await Promise.all([run(items, "demo"), run(items, "demo")]);
    console.info(`330 listings, twice at once: ${Math.round(performance.now() - began)} ms`);
    expect([one.created + two.created, one.updated + two.updated, one.unchanged + two.unchanged]).toEqual([
      330, 0, 330,
    ]);
    expect([...one.problems, ...two.problems]).toEqual([]);
    expect(await run(items, "demo")).toEqual({ created: 0, updated: 0, unchanged: 330, problems: [] });
    const listings = await world.system.db.listing.findMany({
      where: { homeExchange: "demo" },
      include: { publishedVersion: true },
    });
    expect(listings.every((listing) => listing.sourceUrl !== null || listing.sourceNote !== null)).toBe(true);
    expect(listings.filter((listing) => listing.sectorMain === null).length).toBeLessThan(10);
    expect(new Set(listings.map((listing) => listing.reference)).size).toBe(330);
    const broken = await world.system.db.$queryRaw<unknown[]>`
      SELECT seq FROM (SELECT seq, prev_hash, lag(hash) OVER (ORDER BY seq) AS expected FROM audit_entry) chain
      WHERE expected IS NOT NULL AND prev_hash <> expected`;
    expect(broken).toEqual([]);
    expect(listings.filter((listing) => listing.publishedVersion?.trlBasis === "self_declared")).toEqual([]);
  }, 120_000);
});
