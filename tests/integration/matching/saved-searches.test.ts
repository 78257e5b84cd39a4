import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withdrawListing } from "~/modules/listings/index.server";
import {
  askSearches,
  changeSearch,
  deleteSearch,
  MOST_SEARCHES,
  savedSearches,
  saveSearch,
  tellSearches,
  viewSavedSearch,
} from "~/modules/matching/index.server";
import { type Asked, askedSchema } from "~/modules/matching/schemas";
import { notifyEvent, stopMails, stopToken } from "~/modules/notifications/index.server";
import type { PersonActor } from "~/platform/context";
import {
  aGrant,
  aPublished,
  aPublishedNeed,
  aPublishedOffering,
  type DraftOver,
  withReferenceData,
} from "../../factories/listings";
import { makeBroker, makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  await withReferenceData(world);
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
});
afterAll(() => world?.close());

const asks = (over: Partial<Asked> = {}) => askedSchema.parse(over);
async function keep(
  who: PersonActor,
  asked: Partial<Asked>,
  mode: "immediate" | "daily" | "weekly" | "off" = "immediate",
) {
  return must(await saveSearch(world.ctx(who), { name: "Thử", mode, asked: asks(asked) })).searchId;
}
const publish = (draft: DraftOver, kind: "need" | "offering" = "need") =>
  aPublished(world, kind, { owner, broker, draft });
/** What the workers do with what was found: everything that is due is told. @returns the notices of this person */
async function told(who: PersonActor) {
  await tellSearches(world.system);
  const events = await db().outboxEvent.findMany({ where: { type: "search.found" }, orderBy: { seq: "asc" } });
  for (const { id } of events) await notifyEvent(world.system, id);
  return db().notice.findMany({
    where: { personId: who.personId, kind: "search-found" },
    orderBy: { createdAt: "asc" },
  });
}
const mailsOf = (who: PersonActor) => db().mail.findMany({ where: { personId: who.personId, kind: "search-found" } });

describe("a saved search", () => {
  it("finds by words in any spelling, and by every choice", async () => {
    const { actor } = await makePerson(world);
    const finding = await Promise.all([
      keep(actor, { q: "loc bui xi mang" }),
      keep(actor, { q: "LỌC BỤI", kind: "need", sector: "MTR" }),
      keep(actor, { sector: "MTR-02", province: "22", kind: "need" }),
      // another name of the thing, in the other language
      keep(actor, { q: "wastewater treatment" }),
    ]);
    const others = await Promise.all([
      keep(actor, { q: "lọc bụi hạt nhân" }),
      keep(actor, { q: "lọc bụi", kind: "offering" }),
      keep(actor, { q: "lọc bụi", sector: "NNC" }),
      keep(actor, { q: "lọc bụi", province: "01" }),
      keep(actor, { q: "lọc bụi", trl: ["7-9"] }),
      keep(actor, { q: "lọc bụi", prices: ["0-100m", "20b-"] }),
      keep(actor, { q: "lọc bụi" }, "off"),
    ]);
    const made = await publish({
      title: "Lọc bụi lò nung xi măng",
      description: "Bụi lò nung và xử lý nước thải sau tháp rửa.",
      sectorMain: "MTR-02",
    });
    expect(await askSearches(world.system, [made.listingId])).toBe(finding.length);
    // a job that comes twice finds nothing new
    expect(await askSearches(world.system, [made.listingId])).toBe(0);
    const notices = await told(actor);
    expect(notices).toHaveLength(finding.length);
    for (const id of finding) {
      const view = await viewSavedSearch(world.ctx(actor), id);
      expect(view?.found.map(({ card }) => card.id)).toEqual([made.listingId]);
    }
    for (const id of others) expect((await viewSavedSearch(world.ctx(actor), id))?.found).toEqual([]);
    expect(notices[0]?.params).toMatchObject({ count: "1", titles: "“Lọc bụi lò nung xi măng”" });
    expect((await mailsOf(actor)).length).toBe(finding.length);
  });

  it("tells of many listings at once by one notice, and of none twice", async () => {
    const { actor } = await makePerson(world);
    const id = await keep(actor, { q: "băng tải than" });
    const first = await publish({ title: "Băng tải than hầm lò" });
    await askSearches(world.system, [first.listingId]);
    expect(await told(actor)).toHaveLength(1);
    const more = [await publish({ title: "Băng tải than lộ thiên" }), await publish({ title: "Băng tải than mỏ sâu" })];
    await askSearches(
      world.system,
      more.map(({ listingId }) => listingId),
    );
    // a quarter of an hour passes between two notices of one search
    expect(await told(actor)).toHaveLength(1);
    world.clock.set(new Date(world.clock.now().getTime() + 16 * 60_000));
    const notices = await told(actor);
    expect(notices.map(({ params }) => (params as { count: string }).count)).toEqual(["1", "2"]);
    await askSearches(
      world.system,
      [first, ...more].map(({ listingId }) => listingId),
    );
    world.clock.set(new Date(world.clock.now().getTime() + 16 * 60_000));
    expect(await told(actor)).toHaveLength(2);
    expect((await viewSavedSearch(world.ctx(actor), id))?.found).toHaveLength(3);
  });

  it("waits for the morning or for Monday, as its owner chose, and follows a change of mind", async () => {
    const { actor } = await makePerson(world);
    const [daily, weekly] = [
      await keep(actor, { q: "máy sấy cá" }, "daily"),
      await keep(actor, { q: "máy sấy cá" }, "weekly"),
    ];
    const { listingId } = await publish({ title: "Máy sấy cá bằng bơm nhiệt" });
    await askSearches(world.system, [listingId]);
    expect(await told(actor)).toEqual([]);
    const due = await db().savedSearch.findMany({ where: { personId: actor.personId }, orderBy: { tellAt: "asc" } });
    expect(due.map(({ tellAt }) => tellAt?.toISOString())).toEqual([
      "2026-11-24T00:00:00.000Z",
      "2026-11-30T00:00:00.000Z",
    ]);
    must(await changeSearch(world.ctx(actor), { searchId: weekly, name: "Ngay", mode: "immediate" }));
    expect(await told(actor)).toHaveLength(1);
    must(await changeSearch(world.ctx(actor), { searchId: daily, name: "Thôi", mode: "off" }));
    world.clock.advanceDays(1);
    expect(await told(actor)).toHaveLength(1);
    world.clock.advanceDays(-1);
    expect(await db().savedSearchHit.count({ where: { searchId: daily } })).toBe(0);
  });

  it("holds older listings back until their words change", async () => {
    const { actor } = await makePerson(world);
    const { listingId, versionId } = await publish({ title: "Cần lò đốt rác y tế" });
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    await keep(actor, { q: "rác y tế" });
    await keep(actor, { q: "lò đốt plasma" });
    expect(await askSearches(world.system, [listingId])).toBe(0);
    // a new version with one word more, as a revision leaves it
    const [version, text] = [
      await db().listingVersion.findUniqueOrThrow({ where: { id: versionId } }),
      await db().listingText.findFirstOrThrow({ where: { versionId } }),
    ];
    const next = versionId.replace(/^.{4}/, "ffff");
    const { owners, ipTitles, sites, tests, ...facts } = version;
    expect([owners, ipTitles, sites, tests].flat().filter(Boolean)).toEqual([]);
    await db().listingVersion.create({ data: { ...facts, id: next, number: 2 } });
    await db().listingText.create({
      data: { ...text, id: next, versionId: next, title: "Cần lò đốt plasma rác y tế" },
    });
    await db().listing.update({ where: { id: listingId }, data: { publishedVersionId: next } });
    expect(await askSearches(world.system, [listingId])).toBe(1);
    expect((await told(actor)).map(({ params }) => (params as { titles: string }).titles)).toEqual([
      "“Cần lò đốt plasma rác y tế”",
    ]);
  });
});

describe("who is told what", () => {
  it("is decided by who may see the listing when it is told", async () => {
    const people = { plain: (await makePerson(world)).actor, invited: (await makePerson(world)).actor };
    const stands = [people.plain, people.invited, broker, owner.manager];
    for (const who of stands) await keep(who, { q: "robot hàn" });
    const counts = async () => {
      const result: number[] = [];
      for (const who of stands) result.push((await told(who)).length);
      return result;
    };
    const blind = await aPublishedOffering(world, {
      owner,
      broker,
      draft: { title: "Robot hàn ẩn danh", visibility: "blind" },
    });
    await askSearches(world.system, [blind.listingId]);
    // the owner's own people know
    expect(await counts()).toEqual([1, 1, 1, 0]);
    world.clock.set(new Date(world.clock.now().getTime() + 16 * 60_000));
    const secret = await aPublishedOffering(world, {
      owner,
      broker,
      draft: { title: "Robot hàn kín đáo", visibility: "invited" },
    });
    await aGrant(world, secret.listingId, { personId: people.invited.personId }, "view");
    await askSearches(world.system, [secret.listingId]);
    expect(await counts()).toEqual([1, 2, 2, 0]);
    const texts = JSON.stringify(await db().notice.findMany({ where: { kind: "search-found" } }));
    expect(texts).toContain("Robot hàn ẩn danh");
    expect(texts, "a notice read later must not tell what was closed since").not.toContain("kín đáo");
    expect(JSON.stringify(await mailsOf(broker))).not.toContain("kín đáo");
  });

  it("is nothing when the listing left the shelf before it was told", async () => {
    const { actor } = await makePerson(world);
    const id = await keep(actor, { q: "turbine gió" });
    const { listingId } = await publish({ title: "Turbine gió nhỏ" });
    await askSearches(world.system, [listingId]);
    must(await withdrawListing(world.ctx(owner.manager), { listingId }));
    expect(await told(actor)).toEqual([]);
    expect(await db().savedSearchHit.count({ where: { searchId: id } })).toBe(0);
  });

  it("stops by the link of a mail; notices in the page go on", async () => {
    const { actor } = await makePerson(world);
    await keep(actor, { q: "đèn năng lượng mặt trời" });
    must(await stopMails(world.ctx(), { token: stopToken(world.env, actor.personId, "searches"), mode: "off" }));
    const { listingId } = await publish({ title: "Đèn năng lượng mặt trời cho bè nuôi" });
    await askSearches(world.system, [listingId]);
    expect(await told(actor)).toHaveLength(1);
    expect(await mailsOf(actor)).toEqual([]);
  });
});

describe("saved searches of a person", () => {
  it("are theirs alone, and not too many", async () => {
    const { actor } = await makePerson(world);
    const { actor: other } = await makePerson(world);
    expect(await saveSearch(world.ctx(), { name: "x", mode: "daily", asked: asks() })).toMatchObject({
      code: "searches:error.signIn",
    });
    expect(await saveSearch(world.ctx(actor), { name: "x", mode: "daily", asked: asks({ q: "!!!" }) })).toMatchObject({
      code: "searches:error.noWords",
    });
    const id = await keep(actor, {});
    expect(await savedSearches(world.ctx(other))).toEqual([]);
    expect(await viewSavedSearch(world.ctx(other), id)).toBeNull();
    for (const result of [
      await changeSearch(world.ctx(other), { searchId: id, name: "y", mode: "off" }),
      await deleteSearch(world.ctx(other), { searchId: id }),
    ])
      expect(result).toMatchObject({ code: "searches:error.notFound" });
    for (let more = 1; more < MOST_SEARCHES; more++) await keep(actor, { q: `số ${more}` }, "off");
    expect(await saveSearch(world.ctx(actor), { name: "x", mode: "daily", asked: asks() })).toMatchObject({
      code: "searches:error.tooMany",
      params: { most: MOST_SEARCHES },
    });
    must(await deleteSearch(world.ctx(actor), { searchId: id }));
    expect(await savedSearches(world.ctx(actor))).toHaveLength(MOST_SEARCHES - 1);
    const actions = await db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual(["search.saved", "search.deleted"]);
  });

  it("cost one statement for a listing, however many they are", async () => {
    const { actor } = await makePerson(world);
    const now = world.clock.now();
    await db().$executeRaw`
      INSERT INTO saved_search (id, person_id, name, mode, asked, query, created_at, since)
      SELECT gen_random_uuid(), ${actor.personId}::uuid, 'nhiều', 'weekly', '{}', 'ongnano & so' || (n % 500)::text, ${now}, ${now}
      FROM generate_series(1, 20000) n`;
    const { listingId } = await aPublishedNeed(world, { owner, broker, draft: { title: "Ống nano ongnano so77" } });
    const began = performance.now();
    expect(await askSearches(world.system, [listingId])).toBe(40);
    // a full search for each of them would take minutes
    expect(performance.now() - began).toBeLessThan(2_000);
    await db().savedSearch.deleteMany({ where: { name: "nhiều" } });
  });
});
