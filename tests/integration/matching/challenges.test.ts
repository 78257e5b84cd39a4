import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markChallenge, viewListing, withdrawListing } from "~/modules/listings/index.server";
import { challenges, expressInterest, indexListing, saveSearch, searchListings } from "~/modules/matching/index.server";
import { askedSchema } from "~/modules/matching/schemas";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { aPublishedNeed, aPublishedOffering, type MadeListing, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makeStaff, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING } from "./world";

let world: TestWorld;
let broker: PersonActor;
let need: MadeListing;
let plain: MadeListing;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 8 });
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  broker = await makeBroker(world);
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  plain = await aPublishedNeed(world, { broker });
  for (const { listingId } of [need, plain]) await indexListing(world.system, listingId);
});
afterAll(() => world?.close());

const search = (marks?: string[]) =>
  searchListings(world.ctx(), { q: "", sort: "newest", page: 1, ...(marks ? { marks } : {}) });

describe("a challenge of the province", () => {
  it("is published by a broker once, and only what everybody may read", async () => {
    const both = await Promise.all(
      [broker, await makeBroker(world)].map((who) =>
        markChallenge(world.ctx(who), { listingId: need.listingId, on: true }),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ code: "challenges:error.already" });
    const blind = await aPublishedNeed(world, { broker, draft: { visibility: "blind" } });
    expect(await markChallenge(world.ctx(broker), { listingId: blind.listingId, on: true })).toMatchObject({
      code: "challenges:error.notPublic",
    });
    const offering = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
    for (const [who, listingId] of [
      [broker, offering.listingId],
      [need.owner, plain.listingId],
      [await makeStaff(world, "leader"), plain.listingId],
    ] as const)
      expect(await markChallenge(world.ctx(who), { listingId, on: true })).toMatchObject({ code: "common:notFound" });
    const audit = await world.container.ports.db.auditEntry.findMany({
      where: { action: "listing.challenge-published" },
    });
    expect(audit).toMatchObject([{ subjectId: need.listingId, after: { challenge: true } }]);
  });

  it("is counted and found by its mark, on its page and in the list", async () => {
    await indexListing(world.system, need.listingId);
    const all = await search();
    expect(all.facets.marks).toEqual({ challenge: 1 });
    expect(all.cards.filter(({ challengeSince }) => challengeSince).map(({ id }) => id)).toEqual([need.listingId]);
    expect((await search(["challenge"])).cards.map(({ id }) => id)).toEqual([need.listingId]);
    expect((await viewListing(world.ctx(), need.listingId))?.challengeSince).toEqual(world.clock.now());
    expect(await challenges(world.ctx())).toMatchObject([
      { card: { id: need.listingId }, answers: 0, answeredBy: null },
    ]);
    const asked = askedSchema.parse({ marks: ["challenge"] });
    must(await saveSearch(world.ctx(broker), { name: "Bài toán", mode: "daily", asked }));
    expect((await world.container.ports.db.savedSearch.findFirstOrThrow()).marks).toEqual(["marks=challenge"]);
  });

  it("counts who can solve it for everybody, and names them to the Department only", async () => {
    const { organisationId, manager } = await makeOrganisation(world, { broker });
    must(
      await expressInterest(world.ctx(manager), {
        listingId: need.listingId,
        kind: "can_solve",
        organisationId,
        message: "Chúng tôi đã xử lý nước thải nhuộm cho ba làng nghề.",
      }),
    );
    const [open] = await challenges(world.ctx(manager));
    expect(open).toMatchObject({ answers: 1, answeredBy: null });
    expect(JSON.stringify(await challenges(world.ctx()))).not.toContain(organisationId);
    const [elsewhere] = await challenges(world.ctx({ ...broker, officeId: newId() }));
    expect(elsewhere).toMatchObject({ answers: 1, answeredBy: null });
    const [inside] = await challenges(world.ctx(broker));
    expect(inside?.answeredBy).toHaveLength(1);
    const { nameVi } = await world.container.ports.db.organisation.findUniqueOrThrow({ where: { id: organisationId } });
    expect(inside?.answeredBy?.[0]?.name).toBe(nameVi);
  });

  it("ends when the broker ends it, and leaves with its need", async () => {
    must(await markChallenge(world.ctx(broker), { listingId: plain.listingId, on: true }));
    must(await withdrawListing(world.ctx(plain.owner), { listingId: plain.listingId }));
    must(await markChallenge(world.ctx(broker), { listingId: need.listingId, on: false }));
    await indexListing(world.system, need.listingId);
    expect(await challenges(world.ctx())).toEqual([]);
    expect((await search(["challenge"])).total).toBe(0);
  });
});
