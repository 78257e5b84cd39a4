import { newId } from "~/platform/ids";
import type { Pair } from "../../factories/cases";
import { aPublishedOffering } from "../../factories/listings";
import type { TestWorld } from "../../setup/harness";

/** A suggestion of a fresh offering on which nobody has decided: the row is written as the engine leaves it. */
export async function aMatch(world: TestWorld, { need, offering: known, broker }: Pair): Promise<string> {
  const { db } = world.container.ports;
  const owner = { organisationId: known.organisationId, manager: known.owner };
  const offering = await aPublishedOffering(world, { broker, owner });
  const [needRow, offeringRow] = await Promise.all(
    [need, offering].map(({ listingId }) => db.listing.findUniqueOrThrow({ where: { id: listingId } })),
  );
  const id = newId();
  await db.match.create({
    data: {
      id,
      needId: need.listingId,
      offeringId: offering.listingId,
      needVersionId: needRow?.publishedVersionId ?? "",
      offeringVersionId: offeringRow?.publishedVersionId ?? "",
      score: 71,
      belowThreshold: false,
      evidence: {},
      engineVersion: "test",
      computedAt: world.clock.now(),
    },
  });
  return id;
}
