import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadManyForMatching } from "~/modules/listings/index.server";
import {
  computeMatches,
  countCorpus,
  countMatches,
  dismissMatch,
  indexListing,
  openCorpus,
  queueOutdatedMatches,
  rankCandidates,
} from "~/modules/matching/index.server";
import { createQueueInline } from "~/platform/adapters/queue-inline.server";
import type { PersonActor } from "~/platform/context";
import type { QueuedJob, QueuePort } from "~/platform/ports/queue";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor } from "./world";

/** Offerings of one organisation that all answer the same need: more than it may hold in a list. */
const MANY = 9;
const KEPT = 6;
const SHOWN = 3;

let world: TestWorld;
let broker: PersonActor;
let need: MadeListing;
let crowd: MadeListing[];
let other: MadeListing;
const db = () => world.container.ports.db;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  const owner = await makeOrganisation(world, { broker });
  crowd = [];
  for (let made = 0; made < MANY; made++)
    crowd.push(await aPublishedOffering(world, { broker, owner, draft: DYEING_OFFERING }));
  // fits as well, a little less
  other = await aPublishedOffering(world, {
    broker,
    draft: { ...DYEING_OFFERING, keywords: "khử màu", problemSolved: "Nước thải màu." },
  });
  for (const { listingId } of [need, ...crowd, other]) await indexListing(world.system, listingId);
});
afterAll(() => world.close());

const kept = async (organisationId: string) =>
  db().match.count({ where: { needId: need.listingId, offering: { organisationId } } });

describe.each(["small", "large"])("in a %s corpus", (size) => {
  beforeAll(async () => {
    if (size === "large") await countCorpus(world.system, { least: 0 });
    await db().match.deleteMany();
    await computeMatches(world.system, need.listingId);
  });

  it("one organisation cannot fill a need's list, however much it posts", async () => {
    expect((await openCorpus(world.system)).large !== null).toBe(size === "large");
    expect(await kept(crowd[0]?.organisationId ?? "")).toBe(KEPT);
    expect(await kept(other.organisationId)).toBe(1);
  });

  it("nor the candidates that are weighed", async () => {
    const [listing] = await loadManyForMatching(db(), [need.listingId]);
    if (!listing) throw new Error("the need is not published");
    const owners = async (perOwner?: number) => {
      const { ranked } = await rankCandidates(world.system, listing, { wanted: 2, ...(perOwner ? { perOwner } : {}) });
      return ranked.map(({ other: found }) => found.ownerKey);
    };
    const [first, second] = await owners();
    expect(second).toBe(first);
    expect(await owners(1)).toEqual([crowd[0]?.organisationId, other.organisationId]);
  });
});

it("nor the page, when its offerings were matched one by one; what is dismissed makes room for its next", async () => {
  for (const { listingId } of [...crowd, other]) await computeMatches(world.system, listingId);
  expect(await kept(crowd[0]?.organisationId ?? "")).toBe(MANY);
  const view = await matchesFor(world, need.owner, need.listingId);
  const of = (ids: string[]) => view.matches.filter(({ other: card }) => ids.includes(card.id)).length;
  const ids = crowd.map(({ listingId }) => listingId);
  expect(of(ids)).toBe(SHOWN);
  expect(of([other.listingId])).toBe(1);
  expect(view.capped).toBe(MANY - SHOWN);
  expect((await countMatches(world.ctx(need.owner), [need.listingId])).get(need.listingId)?.count).toBe(SHOWN + 1);

  const first = view.matches.find(({ other: card }) => ids.includes(card.id));
  must(await dismissMatch(world.ctx(broker), { matchId: first?.id ?? "", reasonCode: "price", note: "" }));
  const after = await matchesFor(world, need.owner, need.listingId);
  expect(after.matches.filter(({ other: card }) => ids.includes(card.id))).toHaveLength(SHOWN);
  expect(after.matches.map(({ id }) => id)).not.toContain(first?.id);
  expect(after.capped).toBe(MANY - SHOWN - 1);
});

describe("the sweep after a change of engine", () => {
  /** The inline queue, with this many others waiting already; what it is given is noted. */
  function busyQueue(waiting: number): QueuePort & { given: QueuedJob[] } {
    const inline = createQueueInline();
    const given: QueuedJob[] = [];
    return {
      ...inline,
      given,
      counts: async () => ({ "compute-matches": { waiting, active: 0, delayed: 0, failed: 0, oldest: null } }),
      add: async (jobs) => void given.push(...jobs),
    };
  }

  it("queues what there is room for, and goes on past what cannot be computed", async () => {
    await db().matchRun.updateMany({ data: { engineVersion: "0" } });
    const full = busyQueue(200);
    expect(await queueOutdatedMatches(world.system, full)).toBe(0);
    const queue = busyQueue(196);
    const all = await db().listing.count({ where: { state: "published" } });
    // nothing of it is ever done: still every listing gets its turn, needs first
    const rounds = [];
    for (let round = 0; round < 3; round++) rounds.push(await queueOutdatedMatches(world.system, queue));
    expect(rounds).toEqual([4, 4, all - 8]);
    const ids = queue.given.map(({ payload }) => (payload as { listingId: string }).listingId);
    expect(ids[0]).toBe(need.listingId);
    expect(new Set(ids).size).toBe(all);
    // and then from the start again
    expect(await queueOutdatedMatches(world.system, queue)).toBe(4);
    expect(queue.given.at(-4)?.payload).toEqual({ listingId: need.listingId });
  });
});
