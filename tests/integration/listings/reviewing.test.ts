import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  approveListing,
  confirmOnBehalf,
  rejectListing,
  reviewQueue,
  viewListing,
  viewReview,
} from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import { dateOnly } from "~/platform/ports/clock";
import { approve, aSubmitted, CLEAN_CHECKLIST, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let other: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;
const reviewRow = (id: string) => db().review.findUniqueOrThrow({ where: { id } });

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 12 });
  [broker, other] = [await makeBroker(world), await makeBroker(world)];
  owner = await makeOrganisation(world, { broker });
  await withReferenceData(world);
});
afterAll(() => world.close());

describe("the checklist", () => {
  it("must be answered before a version is published, and is kept with it and in the log", async () => {
    const made = await aSubmitted(world, "offering", {
      owner,
      broker,
      draft: { objects: ["equipment_with_technology"] },
    });
    const review = await viewReview(world.ctx(broker), made.reviewId);
    expect(review?.asked.questions.map((question) => question.code)).toEqual(["tenYears", "lowCapacity", "abandoned"]);
    const empty = await approveListing(world.ctx(broker), { reviewId: made.reviewId, checklist: {} });
    expect(empty).toMatchObject({ ok: false, code: "review:error.checklist" });
    expect(empty.ok ? [] : Object.keys(empty.fields ?? {})).toEqual([
      "listStatus",
      "obsolete.tenYears",
      "obsolete.lowCapacity",
      "obsolete.abandoned",
      "owner",
    ]);
    expect((await reviewRow(made.reviewId)).state).toBe("open");
    const prohibited = { ...CLEAN_CHECKLIST, listStatus: "prohibited" };
    expect(await approveListing(world.ctx(broker), { reviewId: made.reviewId, checklist: prohibited })).toMatchObject({
      fields: { listStatus: ["review:error.prohibited"] },
    });
    must(
      await approveListing(world.ctx(broker), {
        reviewId: made.reviewId,
        checklist: { ...CLEAN_CHECKLIST, listStatus: "restricted" },
      }),
    );
    const kept = { listStatus: "restricted", owner: "proven", rules: { lists: 1, questions: 1 } };
    expect((await reviewRow(made.reviewId)).checklist).toMatchObject(kept);
    const entry = await db().auditEntry.findFirstOrThrow({
      where: { subjectId: made.listingId, action: "listing.published" },
    });
    expect(entry.after).toMatchObject({ state: "published", checklist: kept });
    expect((await viewReview(world.ctx(broker), made.reviewId))?.checklist).toMatchObject({ listStatus: "restricted" });
  });

  it("finds contacts and a blind owner's name in the text, marks them, and asks the broker to look", async () => {
    const name = (await db().organisation.findUniqueOrThrow({ where: { id: owner.organisationId } })).nameVi;
    const made = await aSubmitted(world, "need", {
      owner,
      broker,
      draft: {
        visibility: "blind",
        description: `Xưởng của ${name} xả nước thải mặn. Gọi không chín một hai ba bốn năm sáu bảy tám, hoặc Zalo: xuongbien88.`,
        keywords: "nước mặn, lienhe@xuong.vn",
      },
    });
    const review = await viewReview(world.ctx(broker), made.reviewId);
    const found = review?.warnings.map((warning) => [warning.code, warning.field, warning.excerpt?.match]);
    expect(found).toEqual(
      expect.arrayContaining([
        ["owner_name", "description", expect.any(String)],
        ["phone", "description", "không chín một hai ba bốn năm sáu bảy tám"],
        ["social", "description", "Zalo: xuongbien88"],
        ["email", "keywords", "lienhe@xuong.vn"],
      ]),
    );
    const unseen = { ...CLEAN_CHECKLIST, contactsSeen: false };
    expect(await approveListing(world.ctx(broker), { reviewId: made.reviewId, checklist: unseen })).toMatchObject({
      fields: { contactsSeen: ["review:error.contacts"] },
    });
    must(await rejectListing(world.ctx(broker), { reviewId: made.reviewId, reasonCode: "advertising" }));
  });

  it("the lists are those in force on the day: a new version of the rule speaks from its date on", async () => {
    const rule = await db().ruleParameter.findFirstOrThrow({ where: { key: "technology.lists" } });
    const entry = {
      code: "new",
      list: "prohibited",
      vi: "Mục mới",
      en: "New entry",
      law: "Điều 99",
      words: ["bể nổi"],
    };
    await db().ruleParameter.create({
      data: { key: rule.key, version: 2, value: [entry], validFrom: dateOnly("2026-12-01"), source: "Nghị định mới" },
    });
    const made = await aSubmitted(world, "need", { owner, broker, draft: { description: "Nuôi cá trong bể nổi." } });
    const hints = async () => (await viewReview(world.ctx(broker), made.reviewId))?.hints.map((hint) => hint.code);
    expect(await hints()).toEqual([]);
    const today = world.clock.now();
    world.clock.set(new Date("2026-12-02T02:00:00Z"));
    expect(await hints()).toEqual(["new"]);
    expect((await viewReview(world.ctx(broker), made.reviewId))?.lists).toMatchObject({
      version: 2,
      source: "Nghị định mới",
    });
    world.clock.set(today);
  });
});

describe("two brokers", () => {
  it("nobody approves alone what they posted on behalf: the second one publishes, also when both press at once", async () => {
    const made = await aSubmitted(world, "need", { owner, broker, onBehalf: true });
    expect(must(await approve(world.ctx(broker), made.reviewId))).toEqual({ reference: null, second: true });
    expect(await approve(world.ctx(broker), made.reviewId)).toMatchObject({ code: "review:error.second" });
    expect((await reviewRow(made.reviewId)).state).toBe("open");
    const queued = async (who: PersonActor) =>
      (await reviewQueue(world.ctx(who))).find((row) => row.id === made.reviewId);
    expect(await queued(broker)).toMatchObject({ halfApproved: true, mayDecide: false });
    expect(await queued(other)).toMatchObject({ halfApproved: true, mayDecide: true });
    const answers = await Promise.all([1, 2].map(() => approve(world.ctx(other), made.reviewId)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const { brokerId, reference } = await db().listing.findUniqueOrThrow({ where: { id: made.listingId } });
    // who posted it goes on looking after it
    expect(brokerId).toBe(broker.personId);
    expect(await viewListing(world.ctx(), reference ?? "")).not.toBeNull();
    const log = await db().auditEntry.findMany({ where: { subjectId: made.listingId }, orderBy: { seq: "asc" } });
    expect(log.map((entry) => [entry.action, entry.actorId]).slice(-2)).toEqual([
      ["review.approved-first", broker.personId],
      ["listing.published", other.personId],
    ]);
  });

  it("another broker, or the organisation's own confirmation, is the second pair of eyes", async () => {
    const byOther = await aSubmitted(world, "need", { owner, broker, onBehalf: true });
    expect(must(await approve(world.ctx(other), byOther.reviewId)).second).toBe(false);
    const confirmed = await aSubmitted(world, "need", { owner, broker, onBehalf: true });
    must(await confirmOnBehalf(world.ctx(owner.manager), { listingId: confirmed.listingId }));
    expect(must(await approve(world.ctx(broker), confirmed.reviewId)).second).toBe(false);
  });

  it("on every listing when the Department says so", async () => {
    await db().ruleParameter.create({
      data: {
        key: "review.secondReviewer",
        version: 2,
        value: true,
        validFrom: dateOnly("2026-11-01"),
        source: "Quyết định của Sở",
      },
    });
    const made = await aSubmitted(world, "need", { owner, broker });
    expect(must(await approve(world.ctx(broker), made.reviewId)).second).toBe(true);
    must(await rejectListing(world.ctx(other), { reviewId: made.reviewId, reasonCode: "out_of_scope" }));
    const again = await aSubmitted(world, "need", { owner, broker });
    must(await approve(world.ctx(broker), again.reviewId));
    expect(must(await approve(world.ctx(other), again.reviewId)).reference).toMatch(/^NC-/);
  });
});
