import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { likelyDuplicates, markDuplicate, viewOwnListing, viewReview } from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import { aDraft, aPublishedNeed, aSubmitted, type DraftOver, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

const SAME: DraftOver = {
  title: "Xử lý nước thải chế biến hải sản độ mặn cao",
  description: "Nước thải sau chế biến hải sản có độ mặn cao, bùn vi sinh chết, COD vượt quy chuẩn vào mùa cao điểm.",
  sectorMain: "MTR-01",
};
let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
let other: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;
const ids = async (actor: PersonActor, id: string) =>
  (await likelyDuplicates(world.ctx(actor), id))?.map((one) => one.id) ?? null;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
  other = await makeOrganisation(world, { broker });
  await withReferenceData(world);
});
afterAll(() => world.close());

describe("likely duplicates", () => {
  it("are shown to the author before sending: what is public and their own, never blind or broker-only ones of others", async () => {
    const open = await aPublishedNeed(world, { owner: other, broker, draft: SAME });
    const hidden = [];
    for (const visibility of ["blind", "brokers", "invited"])
      hidden.push(await aPublishedNeed(world, { owner: other, broker, draft: { ...SAME, visibility } }));
    const unlike = await aPublishedNeed(world, {
      owner: other,
      broker,
      draft: {
        title: "Máy sấy mực bằng bơm nhiệt",
        description: "Sấy bằng củi, màu không đều.",
        currentTechnology: "Lò củi.",
        sectorMain: "MTR-01",
      },
    });
    const mine = await aDraft(world, "need", {
      owner,
      broker,
      draft: { ...SAME, title: "XU LY NUOC THAI CHE BIEN HAI SAN DO MAN CAO" },
    });
    expect(await ids(owner.manager, mine.listingId)).toEqual([open.listingId]);
    const page = await viewOwnListing(world.ctx(owner.manager), mine.listingId);
    expect(page?.duplicates).toMatchObject([{ id: open.listingId, own: false, mark: null, state: "published" }]);
    for (const one of hidden) expect(JSON.stringify(page?.duplicates)).not.toContain(one.listingId);
    expect(JSON.stringify(page?.duplicates)).not.toContain(unlike.listingId);
    // a stranger may not ask about somebody's draft, nor a broker about another person's
    expect(await ids(other.manager, mine.listingId)).toBeNull();
    expect(await ids(broker, mine.listingId)).toBeNull();
  });

  it("are shown to the broker beside the review, hidden ones too, and the broker's word is kept", async () => {
    const sent = await aSubmitted(world, "need", { owner, broker, draft: SAME });
    const review = await viewReview(world.ctx(broker), sent.reviewId);
    const rivals = await db().listing.findMany({
      where: { organisationId: other.organisationId, visibility: "blind" },
    });
    const blind = rivals[0]?.id ?? "";
    expect(review?.duplicates.map((one) => one.id)).toContain(blind);
    const say = (verdict: string, reasonCode: string, actor = broker) =>
      markDuplicate(world.ctx(actor), { listingId: sent.listingId, otherId: blind, verdict, reasonCode });
    expect(await say("distinct", "sent_twice")).toMatchObject({ code: "common:invalid" });
    expect(await say("perhaps", "other")).toMatchObject({ code: "common:invalid" });
    expect(await say("distinct", "other_site", owner.manager)).toMatchObject({ code: "common:notFound" });
    must(await say("distinct", "other_site"));
    must(await say("duplicate", "same_need"));
    const marked = (await viewReview(world.ctx(broker), sent.reviewId))?.duplicates.find((one) => one.id === blind);
    expect(marked?.mark).toMatchObject({ verdict: "duplicate", reasonCode: "same_need" });
    expect(await db().duplicateMark.count()).toBe(1);
    const log = await db().auditEntry.findMany({
      where: { action: "listing.duplicate-marked" },
      orderBy: { seq: "asc" },
    });
    expect(log.map((entry) => entry.after)).toEqual([
      { otherId: blind, verdict: "distinct", reasonCode: "other_site" },
      { otherId: blind, verdict: "duplicate", reasonCode: "same_need" },
    ]);
    // the owner never reads what brokers say of pairs
    expect(JSON.stringify(await viewOwnListing(world.ctx(owner.manager), sent.listingId))).not.toContain("same_need");
  });

  it("folds letters in the database exactly as the application does", async () => {
    const letters = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ abc 12";
    const [row] = await db().$queryRaw<{ folded: string }[]>`SELECT fold_vi(${letters}) AS folded`;
    const { fold } = await import("~/platform/text");
    expect(row?.folded).toBe(fold(letters));
  });
});
