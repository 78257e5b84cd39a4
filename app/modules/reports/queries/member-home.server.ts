import { brokerFor } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { byUrgency, type WaitingItem } from "../domain/waiting";
import { waitingConnections } from "./waiting-connections.server";
import { type OwnListings, ownListings } from "./waiting-listings.server";
import { type OwnOrganisations, ownOrganisations } from "./waiting-organisations.server";

export type MemberHome = {
  broker: { fullName: string; phone: string | null; email: string } | null;
  organisations: OwnOrganisations["organisations"];
  waiting: WaitingItem[];
  figures: OwnListings["figures"];
};

/**
 * What waits for a person and their organisations: whose move it is and when the next step is due.
 * Reads own organisations' rows only. Null for anybody who is not signed in.
 */
export async function memberHome(ctx: Ctx): Promise<MemberHome | null> {
  const { actor } = ctx;
  if (!isPerson(actor)) return null;
  const [broker, organisations, listings, connections] = await Promise.all([
    brokerFor(ctx, actor.memberships[0]?.organisationId ?? null),
    ownOrganisations(ctx, actor),
    ownListings(ctx, actor),
    waitingConnections(ctx),
  ]);
  return {
    broker,
    organisations: organisations.organisations,
    waiting: [...organisations.waiting, ...listings.waiting, ...connections].sort(byUrgency),
    figures: listings.figures,
  };
}
