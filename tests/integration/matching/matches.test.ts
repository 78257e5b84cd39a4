import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withdrawListing } from "~/modules/listings/index.server";
import {
  brokerListings,
  computeAllMatches,
  computeMatches,
  computeMatchesJob,
  dismissMatch,
  ENGINE_VERSION,
  handleComputeMatches,
  indexListing,
  MATCH_THRESHOLD,
  matchesOf,
  precisionByEngine,
  precisionRecords,
  queueOutdatedMatches,
  rebuildIndex,
  shortlistMatch,
  undoDecision,
} from "~/modules/matching/index.server";
import { createQueueInline } from "~/platform/adapters/queue-inline.server";
import type { PersonActor } from "~/platform/context";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor, processed, SATELLITE_NEED } from "./world";

let world: TestWorld;
let broker: PersonActor;
let need: MadeListing;
let offering: MadeListing;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  offering = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
  await processed(world, need.listingId, offering.listingId);
});
afterAll(() => world.close());

describe("matches of a listing", () => {
  it("are there both ways, one row per pair, with evidence that adds up", async () => {
    const ofNeed = await matchesFor(world, need.owner, need.listingId);
    const ofOffering = await matchesFor(world, offering.owner, offering.listingId);
    const match = ofNeed.matches.find((one) => one.other.id === offering.listingId);
    expect(match?.score).toBeGreaterThanOrEqual(MATCH_THRESHOLD);
    expect(ofOffering.matches.find((one) => one.other.id === need.listingId)?.id).toBe(match?.id);
    expect(await db().match.count({ where: { needId: need.listingId, offeringId: offering.listingId } })).toBe(1);
    const sum = match?.evidence.contributions.reduce((total, one) => total + one.points, 0) ?? 0;
    expect(sum).toBeCloseTo(match?.score ?? -1, 6);
    expect(match?.evidence.contributions.map((one) => one.kind)).toEqual(expect.arrayContaining(["phrase", "sector"]));
    // the factory's lines: 240 m³/day asked, 5–20 m³/h offered
    expect(match?.evidence.contributions).toContainEqual(expect.objectContaining({ kind: "line" }));
    expect(JSON.stringify(match)).not.toContain("0203 555 6666");
    // both speak of waste water of dyeing, and so do the cards and the heads of both pages
    expect(match?.evidence.elements?.some(({ phrase }) => /nước thải/i.test(phrase))).toBe(true);
    expect(JSON.stringify(ofNeed.elements)).toMatch(/nước thải/i);
  });

  it("are for the owner and brokers only; absent and hidden answer alike", async () => {
    const outsider = await makeOrganisation(world, { broker });
    const { actor: visitor } = await makePerson(world);
    for (const actor of [outsider.manager, visitor, { kind: "anonymous" as const }]) {
      expect(await matchesOf(world.ctx(actor), need.listingId)).toBeNull();
    }
    expect(await matchesOf(world.ctx(broker), "01900000-0000-7000-8000-000000000000")).toBeNull();
    expect((await matchesFor(world, broker, need.listingId)).asBroker).toBe(true);
  });

  it("computing again changes nothing but the time, and keeps decisions", async () => {
    const pair = { needId_offeringId: { needId: need.listingId, offeringId: offering.listingId } };
    const before = await db().match.findUniqueOrThrow({ where: pair });
    must(await shortlistMatch(world.ctx(broker), { matchId: before.id }));
    await computeMatches(world.system, need.listingId);
    await Promise.all([computeMatches(world.system, offering.listingId), computeMatches(world.system, need.listingId)]);
    const after = await db().match.findUniqueOrThrow({ where: pair });
    expect(after).toMatchObject({
      id: before.id,
      score: before.score,
      decision: "shortlisted",
      decidedById: broker.personId,
    });
    must(await undoDecision(world.ctx(broker), { matchId: before.id }));
  });

  it("says 'not computed yet' and 'nothing fits' apart, honestly", async () => {
    const satellite = await aPublishedNeed(world, { broker, draft: SATELLITE_NEED });
    expect(await matchesFor(world, satellite.owner, satellite.listingId)).toMatchObject({ run: null, matches: [] });
    await processed(world, satellite.listingId);
    const view = await matchesFor(world, satellite.owner, satellite.listingId);
    expect(view.run).not.toBeNull();
    expect(view.matches).toEqual([]);
    expect(view.weak).toEqual([]);
    const listed = await brokerListings(world.ctx(broker), { matches: "none", kind: "need", page: 1 });
    expect(listed?.rows.map((row) => row.card.id)).toContain(satellite.listingId);
    expect(listed?.rows.map((row) => row.card.id)).not.toContain(need.listingId);
  });

  it("never joins two listings of one organisation, not even a blind one", async () => {
    const owner = { organisationId: need.organisationId, manager: need.owner };
    const own = await aPublishedOffering(world, { broker, owner, draft: DYEING_OFFERING });
    const blind = await aPublishedOffering(world, {
      broker,
      owner,
      draft: { ...DYEING_OFFERING, visibility: "blind" },
    });
    await processed(world, own.listingId, blind.listingId, need.listingId);
    expect(
      await db().match.count({
        where: { needId: need.listingId, offeringId: { in: [own.listingId, blind.listingId] } },
      }),
    ).toBe(0);
  });

  it("gives one organisation three places at most", async () => {
    const owner = await makeOrganisation(world, { broker });
    const many: string[] = [];
    for (let i = 0; i < 5; i++) {
      const made = await aPublishedOffering(world, {
        broker,
        owner,
        draft: { ...DYEING_OFFERING, title: `Xử lý nước thải dệt nhuộm kiểu ${i}` },
      });
      many.push(made.listingId);
    }
    await processed(world, ...many, need.listingId);
    const view = await matchesFor(world, broker, need.listingId);
    expect(view.matches.filter((one) => many.includes(one.other.id))).toHaveLength(3);
    expect(view.capped).toBe(2);
    expect(view.matches.some((one) => one.other.id === offering.listingId)).toBe(true);
  });

  it("drops listings that were withdrawn or expired, from view, index and later runs", async () => {
    const gone = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
    const old = await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, expiresOn: "25/11/2026" } });
    await processed(world, gone.listingId, old.listingId, need.listingId);
    const ids = async () => (await matchesFor(world, broker, need.listingId)).matches.map((one) => one.other.id);
    expect(await ids()).toEqual(expect.arrayContaining([gone.listingId, old.listingId]));
    must(await withdrawListing(world.ctx(gone.owner), { listingId: gone.listingId }));
    await indexListing(world.system, gone.listingId);
    world.clock.advanceDays(5);
    expect(await ids()).not.toContain(gone.listingId);
    expect(await ids()).not.toContain(old.listingId);
    expect(await computeMatches(world.system, gone.listingId)).toBeNull();
    expect(await computeMatches(world.system, old.listingId)).toBeNull();
    const fresh = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
    await processed(world, fresh.listingId);
    expect(
      await db().match.count({
        where: { needId: fresh.listingId, offeringId: { in: [gone.listingId, old.listingId] } },
      }),
    ).toBe(0);
  });

  it("hides what the owner may not see, and blind owners", async () => {
    const hidden = await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, visibility: "brokers" } });
    const blind = await aPublishedOffering(world, { broker, draft: { ...DYEING_OFFERING, visibility: "blind" } });
    await processed(world, hidden.listingId, blind.listingId, need.listingId);
    const mine = await matchesFor(world, need.owner, need.listingId);
    expect(mine.matches.map((one) => one.other.id)).not.toContain(hidden.listingId);
    const blinded = mine.matches.find((one) => one.other.id === blind.listingId);
    if (blinded) expect(blinded.other.organisation).toBeNull();
    const seen = await matchesFor(world, broker, need.listingId);
    expect(seen.matches.map((one) => one.other.id)).toContain(hidden.listingId);
  });

  it("computes all, and the index can be rebuilt", async () => {
    const published = await db().listing.count({ where: { state: "published" } });
    expect(await rebuildIndex(world.system)).toEqual({ indexed: published, resumed: false });
    expect((await computeAllMatches(world.system)).listings).toBe(published);
  });
});

describe("decisions", () => {
  const theMatch = () =>
    db().match.findUniqueOrThrow({
      where: { needId_offeringId: { needId: need.listingId, offeringId: offering.listingId } },
    });

  it("shortlist, dismiss with a reason, undo: audited, told, conditional", async () => {
    const { id } = await theMatch();
    must(await shortlistMatch(world.ctx(broker), { matchId: id }));
    expect(await shortlistMatch(world.ctx(broker), { matchId: id })).toMatchObject({
      code: "matching:error.decidedMeanwhile",
    });
    expect(await dismissMatch(world.ctx(broker), { matchId: id, reasonCode: "other", note: " " })).toMatchObject({
      fields: { note: ["matching:error.noteForOther"] },
    });
    must(
      await dismissMatch(world.ctx(broker), { matchId: id, reasonCode: "too_early", note: "Mới ở phòng thí nghiệm" }),
    );
    const asOwner = await matchesFor(world, need.owner, need.listingId);
    expect(asOwner.matches.map((one) => one.id)).not.toContain(id);
    const asBroker = await matchesFor(world, broker, need.listingId);
    expect(asBroker.matches.find((one) => one.id === id)).toMatchObject({
      decision: "dismissed",
      reasonCode: "too_early",
      note: "Mới ở phòng thí nghiệm",
    });
    must(await undoDecision(world.ctx(broker), { matchId: id }));
    expect(await theMatch()).toMatchObject({ decision: "none", reasonCode: null, note: null, decidedAt: null });
    const events = await db().outboxEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    expect(events.map((event) => event.type)).toEqual(expect.arrayContaining(["match.shortlisted", "match.dismissed"]));
    expect(await db().auditEntry.count({ where: { subjectId: id, actorId: broker.personId } })).toBeGreaterThanOrEqual(
      3,
    );
  });

  it("are the brokers' alone, and of two at once one wins", async () => {
    const { id } = await theMatch();
    for (const actor of [need.owner, offering.owner, { kind: "anonymous" as const }]) {
      expect(await shortlistMatch(world.ctx(actor), { matchId: id })).toMatchObject({
        code: "matching:error.notFound",
      });
    }
    const other = await makeBroker(world);
    const results = await Promise.all(
      [broker, other, broker, other].map((actor, i) =>
        i % 2
          ? dismissMatch(world.ctx(actor), { matchId: id, reasonCode: "price" })
          : shortlistMatch(world.ctx(actor), { matchId: id }),
      ),
    );
    expect(results.some((result) => result.ok)).toBe(true);
    const audited = await db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
    // every step starts where the one before ended: no decision was overwritten unseen
    const steps = audited.map(
      (entry) => [entry.before, entry.after] as unknown as [{ decision: string }, { decision: string }],
    );
    for (const [i, [before]] of steps.slice(1).entries()) expect(before.decision).toBe(steps[i]?.[1].decision);
    must(await undoDecision(world.ctx(broker), { matchId: id }));
  });

  it("count towards precision at five by engine version, for the office's staff alone", async () => {
    const { id } = await theMatch();
    must(await shortlistMatch(world.ctx(broker), { matchId: id }));
    const before = await precisionByEngine(world.ctx(broker));
    expect(before).toMatchObject([
      { engineVersion: ENGINE_VERSION, decided: 1, shortlisted: 1, needs: 1, precisionAt5: 1 },
    ]);
    must(await dismissMatch(world.ctx(broker), { matchId: id, reasonCode: "price" }));
    // each figure opens its records
    const records = (input: { decision?: "shortlisted" | "dismissed"; reason?: string; engine?: string }) =>
      precisionRecords(world.ctx(broker), { ...input, page: 1 });
    expect(await records({ decision: "dismissed", reason: "price", engine: ENGINE_VERSION })).toMatchObject({
      total: 1,
      rows: [
        {
          shortlisted: false,
          reason: "price",
          need: { id: need.listingId },
          offering: { id: offering.listingId },
        },
      ],
    });
    expect(await records({ decision: "shortlisted" })).toMatchObject({ total: 0 });
    expect(await records({ engine: "0" })).toMatchObject({ total: 0 });
    expect(await precisionRecords(world.ctx(need.owner), { page: 1 })).toBeNull();
    expect(await precisionByEngine(world.ctx(broker))).toMatchObject([
      { decided: 1, shortlisted: 0, precisionAt5: 0, reasons: [{ code: "price", count: 1 }] },
    ]);
    must(await undoDecision(world.ctx(broker), { matchId: id }));
    expect(await precisionByEngine(world.ctx(broker))).toEqual([]);
    expect(await precisionByEngine(world.ctx(need.owner))).toBeNull();
  });
});

it("computes anew what an earlier engine left, or nobody computed, once", async () => {
  const queue = createQueueInline();
  queue.work(
    computeMatchesJob,
    handleComputeMatches(() => world.system),
    async ({ message }) => {
      throw new Error(message);
    },
  );
  await computeAllMatches(world.system);
  expect(await queueOutdatedMatches(world.system, queue)).toBe(0);
  await db().matchRun.update({ where: { listingId: need.listingId }, data: { engineVersion: "0" } });
  await db().matchRun.delete({ where: { listingId: offering.listingId } });
  expect(await queueOutdatedMatches(world.system, queue)).toBe(2);
  await queue.idle();
  expect(await queueOutdatedMatches(world.system, queue)).toBe(0);
  const runs = await db().matchRun.findMany({
    where: { listingId: { in: [need.listingId, offering.listingId] } },
    select: { engineVersion: true },
  });
  expect(runs).toEqual([{ engineVersion: ENGINE_VERSION }, { engineVersion: ENGINE_VERSION }]);
  await queue.close();
});
