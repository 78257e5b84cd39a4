import type { Prisma } from "~/generated/prisma/client";
import type { ListingState, Visibility } from "~/generated/prisma/enums";
import { type Actor, hasGrant, isManagerOf, isMemberOf, isPerson, type PersonActor } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";

/** What the predicates need to know of a listing. */
export type ListingFactsForPolicy = {
  officeId: string;
  organisationId: string | null;
  createdById: string | null;
  onBehalf: boolean;
  onBehalfConfirmedAt: Date | null;
  state: ListingState;
};

/** The columns behind them: what a query selects before it asks a predicate. */
export const POLICY_FACTS = {
  officeId: true,
  organisationId: true,
  createdById: true,
  onBehalf: true,
  onBehalfConfirmedAt: true,
  state: true,
} as const satisfies Record<keyof ListingFactsForPolicy, true>;

/** A broker of the office that keeps this listing. */
export function isOfficeBroker(actor: Actor, officeId: string): actor is PersonActor {
  return hasGrant(actor, "broker") && actor.officeId === officeId;
}

/** Owner: a member of the organisation, or the person who drafts before having one. */
export function isOwner(
  actor: Actor,
  listing: Pick<ListingFactsForPolicy, "organisationId" | "createdById">,
): actor is PersonActor {
  if (!isPerson(actor)) return false;
  return listing.organisationId === null
    ? listing.createdById === actor.personId
    : isMemberOf(actor, listing.organisationId);
}

/** Live access grants of this person or one of their organisations, as a where. */
export function grantsOf(actor: Actor, now: Date): Prisma.AccessGrantWhereInput {
  if (!isPerson(actor)) return { id: { in: [] } };
  return {
    AND: [
      {
        OR: [{ personId: actor.personId }, { organisationId: { in: actor.memberships.map((m) => m.organisationId) } }],
      },
      { revokedAt: null, OR: [{ until: null }, { until: { gt: now } }] },
    ],
  };
}

/** On the shelf today: published, not past its last day (the sweep that marks it expired may come later), not given up on by its owner. */
export function onShelf(now: Date): Prisma.ListingWhereInput {
  return {
    state: "published",
    publishedVersionId: { not: null },
    unconfirmedAt: null,
    OR: [{ expiresOn: null }, { expiresOn: { gte: dateOnly(localDay(now)) } }],
  };
}

/**
 * May see: the one where that every query of listings uses.
 * Everybody: published public and blind ones. Besides: the owner's members (any state), brokers of the office (all but
 * other people's drafts), and whoever an AccessGrant invites (published only).
 */
export function visibleTo(actor: Actor, now: Date): Prisma.ListingWhereInput {
  if (actor.kind === "system") return {};
  const open: Prisma.ListingWhereInput = { AND: [onShelf(now), { visibility: { in: ["public", "blind"] } }] };
  if (!isPerson(actor)) return open;
  const ways: Prisma.ListingWhereInput[] = [
    open,
    { organisationId: { in: actor.memberships.map((m) => m.organisationId) } },
    { organisationId: null, createdById: actor.personId, origin: { in: ["member", "broker"] } },
    { AND: [onShelf(now), { accessGrants: { some: grantsOf(actor, now) } }] },
  ];
  if (hasGrant(actor, "broker")) {
    ways.push({
      officeId: actor.officeId,
      OR: [{ state: { not: "draft" } }, { onBehalf: true }, { createdById: actor.personId }],
    });
  }
  return { OR: ways };
}

/**
 * May read the whole of what they may see: everything but blind listings, of which the owner's members, the office's brokers and
 * whoever was introduced do; everybody else reads the open part (domain/open-part.ts). The where beside `visibleTo`.
 */
export function wholeTo(actor: Actor, now: Date): Prisma.ListingWhereInput {
  if (actor.kind === "system") return {};
  const notBlind: Prisma.ListingWhereInput = { visibility: { not: "blind" } };
  if (!isPerson(actor)) return notBlind;
  return {
    OR: [
      notBlind,
      { organisationId: { in: actor.memberships.map((m) => m.organisationId) } },
      { organisationId: null, createdById: actor.personId },
      ...(hasGrant(actor, "broker") ? [{ officeId: actor.officeId }] : []),
      { accessGrants: { some: { AND: [{ scope: "contacts" }, grantsOf(actor, now)] } } },
    ],
  };
}

/** Visibilities an actor may search in: the index filter that matches `visibleTo` for listings of others. */
export function searchableVisibilities(actor: Actor): Visibility[] {
  return actor.kind === "system" || hasGrant(actor, "broker")
    ? ["public", "blind", "brokers", "invited"]
    : ["public", "blind"];
}

/** Typed by a broker and not yet confirmed by the organisation: the office's brokers still hold the pen. */
function heldByBrokers(actor: Actor, listing: ListingFactsForPolicy): boolean {
  return listing.onBehalf && listing.onBehalfConfirmedAt === null && isOfficeBroker(actor, listing.officeId);
}

/** May change the draft, send it for review, withdraw it: its owner; the office's brokers until the organisation confirmed. */
export function canEdit(actor: Actor, listing: ListingFactsForPolicy): actor is PersonActor {
  return isOwner(actor, listing) || heldByBrokers(actor, listing);
}

/** May send for review: members of a verified organisation; a broker on behalf of an organisation, which confirms later. */
export function canSubmit(actor: Actor, listing: ListingFactsForPolicy): actor is PersonActor {
  if (heldByBrokers(actor, listing)) return listing.organisationId !== null;
  return isPerson(actor) && actor.memberships.some((m) => m.organisationId === listing.organisationId && m.verified);
}

/** Whether what this actor sends goes to the organisation's office first: a member, where the organisation wants it so. */
export function sendsThroughOffice(
  actor: Actor,
  listing: Pick<ListingFactsForPolicy, "organisationId">,
  organisation: { officeApproval: boolean } | null,
): boolean {
  const { organisationId } = listing;
  return (
    organisation?.officeApproval === true && isMemberOf(actor, organisationId) && !isManagerOf(actor, organisationId)
  );
}

/** May decide a review: a broker of the office who is no member of the organisation whose listing it is. */
export function canReview(
  actor: Actor,
  listing: { officeId: string; organisationId: string | null },
): actor is PersonActor {
  return isOfficeBroker(actor, listing.officeId) && !isMemberOf(actor, listing.organisationId);
}

/** May know whose listing a blind one is, and its contacts: the owner and the office's brokers (grants are asked separately). */
export function knowsOwner(
  actor: Actor,
  listing: Pick<ListingFactsForPolicy, "officeId" | "organisationId" | "createdById">,
): boolean {
  return actor.kind === "system" || isOwner(actor, listing) || isOfficeBroker(actor, listing.officeId);
}
