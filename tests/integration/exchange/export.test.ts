import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  exportBrokerListings,
  exportMine,
  exportReviews,
  exportSearch,
  MOST_EXPORTED,
} from "~/modules/exchange/index.server";
import { copyListing, loadDraft, viewOwnListing } from "~/modules/listings/index.server";
import { indexListing, searchListings } from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import { aDraft, aGrant, aPublished, aSubmitted, type MadeListing } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { rowsOf } from "./sheets";

let world: TestWorld;
let broker: PersonActor;
let other: { organisationId: string; manager: PersonActor };
let shelf: Record<"public" | "blind" | "brokers" | "invited", MadeListing & { reference: string }>;
const INPUT = { q: "", sort: "newest" as const };
const titles = (rows: Record<string, string>[]) => rows.map((row) => row["Tên tin"]).sort();

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  other = await makeOrganisation(world, { broker });
  const make = async (visibility: keyof typeof shelf, title: string) => {
    const made = await aPublished(world, "offering", { broker, draft: { visibility, title } });
    await indexListing(world.system, made.listingId);
    return made;
  };
  shelf = {
    public: await make("public", '=HYPERLINK("http://example.invalid","Bấm vào đây")'),
    blind: await make("blind", "Công nghệ sấy giấu tên đơn vị"),
    brokers: await make("brokers", "Công nghệ chỉ chuyên viên xem"),
    invited: await make("invited", "Công nghệ chỉ khách mời xem"),
  };
});
afterAll(() => world?.close());

describe("a search as a spreadsheet", () => {
  it("holds for each reader what the page holds for them", async () => {
    await aGrant(world, shelf.blind.listingId, { organisationId: other.organisationId }, "contacts");
    for (const actor of [{ kind: "anonymous" as const }, other.manager, shelf.blind.owner, broker]) {
      const ctx = world.ctx(actor);
      const page = await searchListings(ctx, { ...INPUT, page: 1 });
      const rows = await rowsOf(await exportSearch(ctx, INPUT));
      expect(titles(rows)).toEqual(page.cards.map(({ title }) => title).sort());
      for (const card of page.cards)
        expect(rows.find((row) => row["Mã tin"] === card.reference)?.["Tổ chức"]).toBe(
          card.organisation ?? "Đơn vị ẩn danh",
        );
    }
    expect(await rowsOf(await exportSearch(world.ctx(broker), INPUT))).toHaveLength(4);
    expect(await rowsOf(await exportSearch(world.ctx(), INPUT))).toHaveLength(2);
  });

  it("follows words and filters, and says when it is not all", async () => {
    const file = await exportSearch(world.ctx(), { ...INPUT, q: "sấy giấu tên", kind: "offering" });
    expect(file.name).toBe("tim-kiem-2026-11-23.xlsx");
    expect(titles(await rowsOf(file))).toEqual(["Công nghệ sấy giấu tên đơn vị"]);
    expect(await rowsOf(await exportSearch(world.ctx(), { ...INPUT, kind: "need" }))).toEqual([]);
    expect(MOST_EXPORTED).toBe(1_000);
  });

  it("leaves a row in the audit log when it holds what not everybody may read, and none otherwise", async () => {
    const { db } = world.container.ports;
    const count = () => db.auditEntry.count({ where: { action: "listings.exported" } });
    const before = await count();
    await exportSearch(world.ctx(), INPUT);
    const stranger = await makeOrganisation(world, { broker });
    await exportSearch(world.ctx(stranger.manager), INPUT);
    expect(await count()).toBe(before);
    await exportSearch(world.ctx(broker), INPUT);
    const last = await db.auditEntry.findFirstOrThrow({
      where: { action: "listings.exported" },
      orderBy: { seq: "desc" },
    });
    expect(last).toMatchObject({ actorId: broker.personId, after: { list: "search", rows: 4 } });
  });
});

describe("lists of one's own", () => {
  it("hold one's own listings with their states, and nobody else's", async () => {
    await aDraft(world, "need", { owner: other, broker, draft: { title: "+84 bản nháp của tôi" } });
    const rows = await rowsOf(await exportMine(world.ctx(other.manager)));
    expect(rows.map((row) => [row["Tên tin"], row["Tình trạng"]])).toEqual([["+84 bản nháp của tôi", "Bản nháp"]]);
    expect(await rowsOf(await exportMine(world.ctx()))).toEqual([]);
  });

  it("of brokers are for brokers", async () => {
    await aSubmitted(world, "need", { owner: other, broker, draft: { title: "Nhu cầu đang chờ duyệt" } });
    const listings = await exportBrokerListings(world.ctx(broker), { kind: "offering" });
    expect(listings && (await rowsOf(listings))).toHaveLength(4);
    const reviews = await exportReviews(world.ctx(broker));
    expect(titles(reviews ? await rowsOf(reviews) : [])).toEqual(["Nhu cầu đang chờ duyệt"]);
    expect(await exportBrokerListings(world.ctx(other.manager), {})).toBeNull();
    expect(await exportReviews(world.ctx(other.manager))).toBeNull();
  });
});

describe("a copy of a listing", () => {
  const mark = (title: string) => `${title} (bản sao)`;

  it("is a new draft of the same organisation with all its words and the usual last day", async () => {
    const { owner, listingId, organisationId } = shelf.brokers;
    const ctx = world.ctx(owner);
    const copied = must(await copyListing(ctx, { listingId, mark }));
    const [from, to] = [await loadDraft(ctx, listingId), await loadDraft(ctx, copied.listingId)];
    if (!from || !to) throw new Error("not found");
    expect(to).toMatchObject({
      state: "draft",
      kind: "offering",
      reference: null,
      organisation: { id: organisationId },
    });
    expect(to.draft).toEqual({
      ...from.draft,
      title: "Công nghệ chỉ chuyên viên xem (bản sao)",
      expiresOn: to.draft.expiresOn,
      pictureId: null,
    });
    expect(to.draft.expiresOn).toMatch(/^23\/11\/2027$/);
    const audited = await world.container.ports.db.auditEntry.findFirst({ where: { subjectId: copied.listingId } });
    expect(audited).toMatchObject({ action: "listing.drafted", after: { copyOf: listingId } });
  });

  it("is for who may edit the listing; for others it is not there", async () => {
    const { listingId, owner } = shelf.public;
    expect(await copyListing(world.ctx(other.manager), { listingId, mark })).toMatchObject({ code: "common:notFound" });
    expect(await copyListing(world.ctx(broker), { listingId, mark })).toMatchObject({ code: "common:notFound" });
    expect(await copyListing(world.ctx(), { listingId, mark })).toMatchObject({ code: "common:notFound" });
    expect((await viewOwnListing(world.ctx(owner), listingId))?.may.copy).toBe(true);
  });

  it("of an unfinished draft is as unfinished", async () => {
    const draft = await aDraft(world, "need", { broker, draft: { title: "" } });
    const copied = must(await copyListing(world.ctx(draft.owner), { listingId: draft.listingId, mark }));
    expect((await loadDraft(world.ctx(draft.owner), copied.listingId))?.draft.title).toBe("");
  });
});
