import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { organisationQueue } from "~/modules/accounts/index.server";
import { reviewQueue } from "~/modules/listings/index.server";
import { dismissMatch, expressInterest, openInterests } from "~/modules/matching/index.server";
import { brokerHome, memberHome } from "~/modules/reports/index.server";
import type { PersonActor } from "~/platform/context";
import {
  aPublishedNeed,
  aPublishedOffering,
  aSubmitted,
  type MadeListing,
  withReferenceData,
} from "../../factories/listings";
import { makeBroker, makePendingOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { DYEING_NEED, DYEING_OFFERING, matchesFor, processed, SATELLITE_NEED } from "../matching/world";

let world: TestWorld;
let broker: PersonActor;
let need: MadeListing;
let offering: MadeListing;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  broker = await makeBroker(world);
  await withReferenceData(world);
  await world.container.ports.search.prepare();
  need = await aPublishedNeed(world, { broker, draft: DYEING_NEED });
  offering = await aPublishedOffering(world, { broker, draft: DYEING_OFFERING });
  const alone = await aPublishedNeed(world, { broker, draft: SATELLITE_NEED });
  await processed(world, need.listingId, offering.listingId, alone.listingId);
});
afterAll(() => world.close());

/** A home that must be there. */
async function homeOf(actor: PersonActor) {
  const home = await memberHome(world.ctx(actor));
  if (!home) throw new Error("no home");
  return home;
}

describe("a member's home", () => {
  it("counts the suggestions that the page behind the number shows, from either side", async () => {
    for (const { owner, listingId } of [need, offering]) {
      const home = await homeOf(owner);
      const shown = (await matchesFor(world, owner, listingId)).matches.length;
      expect(shown).toBeGreaterThan(0);
      expect(home.figures.matches).toBe(shown);
      expect(home.waiting.find((item) => item.key === "matchesFound")).toMatchObject({
        params: { count: shown },
        to: `/my/listings/${listingId}/matches`,
        who: "you",
      });
    }
  });

  it("names the broker with telephone, and the broker's date while a listing is in review", async () => {
    const { owner, listingId } = await aSubmitted(world, "offering", { broker });
    const home = await homeOf(owner);
    expect(home.broker).toMatchObject({ fullName: broker.fullName });
    const item = home.waiting.find((one) => one.key === "inReview");
    expect(item).toMatchObject({ who: "broker", to: `/my/listings/${listingId}` });
    const due = await world.container.ports.db.due.findFirstOrThrow({
      where: { kind: "review", state: "open" },
      orderBy: { createdAt: "desc" },
    });
    expect(item?.dueOn).toEqual(due.dueOn);
  });

  it("tells a new person to register an organisation, and is nothing for who is not signed in", async () => {
    const { actor: person } = await makePerson(world);
    expect((await homeOf(person)).waiting.map((item) => item.key)).toEqual(["noOrganisation"]);
    expect(await memberHome(world.ctx())).toBeNull();
  });
});

describe("the broker's home", () => {
  it("shows figures that equal the queues behind them, dated work first", async () => {
    const { actor: founder } = await makePerson(world);
    await makePendingOrganisation(world, founder);
    must(
      await expressInterest(world.ctx(offering.owner), {
        listingId: need.listingId,
        organisationId: offering.organisationId,
        kind: "can_solve",
        message: "Chúng tôi đã lắp hệ thống này cho một làng nghề tương tự và có thể khảo sát ngay.",
      }),
    );
    const ctx = world.ctx(broker);
    const home = await brokerHome(ctx);
    expect(home?.figures).toMatchObject({
      reviews: (await reviewQueue(ctx))?.length,
      organisations: (await organisationQueue(ctx))?.length,
      interests: (await openInterests(ctx))?.length,
      needsToDecide: 1,
      needsUnanswered: 1,
    });
    expect(home?.figures.organisations).toBeGreaterThan(0);
    expect(home?.figures.interests).toBe(1);
    const dated = home?.waiting.map((item) => item.dueOn !== null) ?? [];
    expect(dated).toEqual([...dated].sort((a, b) => Number(b) - Number(a)));
  });

  it("has nothing left to decide once the only suggestion is dismissed; others see no broker's home", async () => {
    const [match] = (await matchesFor(world, broker, need.listingId)).matches;
    must(await dismissMatch(world.ctx(broker), { matchId: match?.id ?? "", reasonCode: "too_early", note: "" }));
    expect((await brokerHome(world.ctx(broker)))?.figures).toMatchObject({ needsToDecide: 0 });
    expect(await brokerHome(world.ctx(need.owner))).toBeNull();
  });
});
