import { isOfficeBroker, isOwner } from "~/modules/listings/index.server";
import { type Actor, isMemberOf, isPerson } from "~/platform/context";

export type ListingOfMatch = { officeId: string; organisationId: string | null; createdById: string | null };

/** May see a listing's matches: brokers of the office that keeps it, and its owner. */
export function maySeeMatches(actor: Actor, listing: ListingOfMatch): boolean {
  return actor.kind === "system" || isOfficeBroker(actor, listing.officeId) || isOwner(actor, listing);
}

/** May shortlist or dismiss: brokers of the office who are no member of either side. */
export function mayDecideMatch(actor: Actor, sides: ListingOfMatch[]): boolean {
  return sides.every((side) => isOfficeBroker(actor, side.officeId) && !isMemberOf(actor, side.organisationId));
}

/** Organisations in whose name a person may say "we can solve this" or ask the broker: verified ones. */
export function speakingFor(actor: Actor): { organisationId: string; name: string }[] {
  if (!isPerson(actor)) return [];
  return actor.memberships.filter((m) => m.verified).map(({ organisationId, name }) => ({ organisationId, name }));
}
