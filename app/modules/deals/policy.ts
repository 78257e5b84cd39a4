import type { Prisma } from "~/generated/prisma/client";
import { type Actor, hasGrant, isMemberOf, isPerson, type PersonActor } from "~/platform/context";
import { PARTY_SIDES, type PartySide } from "./domain/choices";
import type { DealRole } from "./domain/deal-machine";

type DealParties = { officeId: string; transferorId: string | null; transfereeId: string | null };

/** Works on deals: a broker, in their own office only. */
export function mayWorkDeals(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker");
}

/** Sees the office's deals: brokers and registrars, and leaders, who change nothing. */
export function maySeeOfficeDeals(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker", "registrar", "leader");
}

/** The sides whose organisation this person belongs to. */
export function ownSides(actor: Actor, deal: DealParties): PartySide[] {
  return PARTY_SIDES.filter((side) => {
    const organisationId = side === "transferor" ? deal.transferorId : deal.transfereeId;
    return organisationId !== null && isMemberOf(actor, organisationId);
  });
}

/**
 * In what capacities somebody acts on a deal. Who belongs to a party acts as that party only: such a broker does not move
 * the deal and such a registrar does not register it, as with cases and reviews.
 */
export function rolesOn(actor: Actor, deal: DealParties): DealRole[] {
  const sides = ownSides(actor, deal);
  if (sides.length > 0) return [...sides];
  if (!isPerson(actor) || actor.officeId !== deal.officeId) return [];
  return (["broker", "registrar", "leader"] as const).filter((role) => actor.grants.includes(role));
}

/** The one where of every query of deals: the office's for its staff, their own for members of the parties. */
export function visibleDeals(actor: Actor): Prisma.DealWhereInput {
  if (actor.kind === "system") return {};
  if (actor.kind === "anonymous") return { id: { in: [] } };
  const organisations = actor.memberships.map((membership) => membership.organisationId);
  return {
    OR: [
      ...(maySeeOfficeDeals(actor) ? [{ officeId: actor.officeId }] : []),
      { transferorId: { in: organisations } },
      { transfereeId: { in: organisations } },
    ],
  };
}
