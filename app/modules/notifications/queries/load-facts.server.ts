import type { Prisma } from "~/generated/prisma/client";
import { visibleTo } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { joinedById } from "~/platform/db/joined.server";
import type { RelayedEvent } from "~/platform/subscriptions";
import { type Facts, NO_FACTS, nameIn } from "../domain/facts";
import type { Condition } from "../domain/rule";
import { ofAnnexClosed, ofAnnexOpening, ofAnnexRequest } from "./annex-facts.server";
import { ofCase, ofIntroduction } from "./brokering-facts.server";
import { ofDeal } from "./deals-facts.server";
import { findListing, LISTING, listingFacts } from "./listing-facts.server";
import { ofApproval, ofImport } from "./office-facts.server";
import { ofOutcomeQuestion } from "./outcome-facts.server";
import { ofSearchAlert } from "./search-facts.server";
import { ofMeeting, ofSession } from "./sessions-facts.server";

/** Told in the words of the published version; the rest is about what was submitted. */
const OF_THE_SHELF = new Set<string>([
  "listing.published",
  "listing.trl-confirmed",
  "matches.computed",
  "listing.reconfirm-due",
  "listing.unconfirmed",
]);

async function ofListing(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const id = event.subjectId;
  const listing = await findListing(ctx.db, id);
  if (!listing) return null;
  const conditions = new Set<Condition>();
  let words: Record<string, string> = {};
  if (event.type === "matches.computed" && listing.state === "published") {
    // only what the owner will find on the page: a brokers-only listing must not be told of, not even that it is there
    const shown = visibleTo({ kind: "anonymous" }, ctx.clock.now());
    const found = await ctx.db.match.findFirst({
      where: {
        belowThreshold: false,
        decision: { not: "dismissed" },
        OR: [
          { needId: id, offering: shown },
          { offeringId: id, need: shown },
        ],
      },
      select: { id: true },
    });
    if (found) conditions.add("has-matches");
  }
  if (event.type === "listing.changes-requested" || event.type === "listing.rejected") {
    const review = await ctx.db.review.findFirst({
      where: { listingId: id, state: event.type === "listing.rejected" ? "rejected" : "changes_requested" },
      orderBy: { decidedAt: "desc" },
      select: { reasonCode: true, note: true },
    });
    words = { reasonCode: review?.reasonCode ?? "", note: review?.note ?? "" };
  }
  if (event.type === "listing.trl-confirmed") {
    const row = await ctx.db.listing.findUnique({
      where: { id },
      select: { trlConfirmed: true, trlConfirmedNote: true },
    });
    // taken back by a new version since: no news
    if (!row?.trlConfirmed) return null;
    words = { trl: String(row.trlConfirmed), note: row.trlConfirmedNote ?? "" };
  }
  // a review answer is about what was submitted, not about what is still published
  const facts = listingFacts(listing, !OF_THE_SHELF.has(event.type));
  return {
    ...facts,
    conditions,
    reviewId: event.payload.reviewId ?? null,
    linkId: event.payload.confirmationId ?? null,
    words: (locale, timeZone) => ({ ...facts.words(locale, timeZone), ...words }),
  };
}

async function ofMatch(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const match = await ctx.db.match.findUnique({
    where: { id: event.subjectId },
    select: { decision: true, need: { select: LISTING }, offering: { select: { visibility: true, state: true } } },
  });
  if (!match) return null;
  // told to the need's owner, without a word about the offering
  const visible =
    match.decision === "shortlisted" &&
    match.offering.state === "published" &&
    ["public", "blind"].includes(match.offering.visibility);
  return { ...listingFacts(match.need), conditions: new Set(visible ? (["other-side-visible"] as const) : []) };
}

async function ofInterest(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const interest = await ctx.db.interest.findUnique({
    where: { id: event.subjectId },
    select: { id: true, kind: true, personId: true, brokerId: true, listing: { select: LISTING } },
  });
  if (!interest) return null;
  const { brokerId, personId } = interest;
  // the words of a question are for its page, after signing in
  if (!interest.listing)
    return { ...NO_FACTS, interestId: interest.id, personId, brokerId, conditions: new Set(["ask-search"]) };
  const about = listingFacts(interest.listing);
  // who asked is not read: the owner learns it from the broker, with both sides' consent
  const condition: Condition = interest.kind === "can_solve" ? "can-solve" : "ask-broker";
  return {
    ...about,
    interestId: interest.id,
    personId,
    brokerId: brokerId ?? about.brokerId,
    conditions: new Set([condition]),
  };
}

const ORGANISATION = {
  id: true,
  nameVi: true,
  nameEn: true,
  brokerId: true,
  createdById: true,
  rejectReason: true,
  rejectNote: true,
} as const;
type OrganisationRow = Prisma.OrganisationGetPayload<{ select: typeof ORGANISATION }>;
const findOrganisation = joinedById<OrganisationRow>((db, ids) =>
  db.organisation.findMany({ where: { id: { in: ids } }, select: ORGANISATION }),
);

function organisationFacts(organisation: OrganisationRow, more: Record<string, string> = {}): Facts {
  return {
    ...NO_FACTS,
    organisationId: organisation.id,
    creatorId: organisation.createdById,
    brokerId: organisation.brokerId,
    words: (locale) => ({
      organisation: nameIn(organisation, locale),
      ...more,
    }),
  };
}

async function ofOrganisation(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const organisation = await findOrganisation(ctx.db, event.subjectId);
  if (!organisation) return null;
  const rejected = event.type === "organisation.rejected";
  return organisationFacts(
    organisation,
    rejected ? { reasonCode: organisation.rejectReason ?? "", note: organisation.rejectNote ?? "" } : {},
  );
}

async function ofClaim(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const claim = await ctx.db.organisationClaim.findUnique({
    where: { id: event.subjectId },
    select: { state: true, personId: true, reasonCode: true, note: true, organisation: { select: ORGANISATION } },
  });
  if (!claim) return null;
  const conditions = new Set<Condition>(
    claim.state === "approved" ? ["approved"] : claim.state === "rejected" ? ["declined"] : [],
  );
  return {
    ...organisationFacts(claim.organisation, { reasonCode: claim.reasonCode ?? "", note: claim.note ?? "" }),
    personId: claim.personId,
    conditions,
  };
}

async function ofMembership(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const membership = await ctx.db.membership.findUnique({
    where: { id: event.subjectId },
    select: {
      state: true,
      personId: true,
      person: { select: { fullName: true } },
      organisation: { select: ORGANISATION },
    },
  });
  if (!membership) return null;
  const conditions = new Set<Condition>(
    membership.state === "active" ? ["approved"] : membership.state === "declined" ? ["declined"] : [],
  );
  return {
    ...organisationFacts(membership.organisation, { person: membership.person.fullName }),
    personId: membership.personId,
    conditions,
  };
}

async function ofInvitation(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const invitation = await ctx.db.invitation.findUnique({
    where: { id: event.subjectId },
    select: {
      id: true,
      email: true,
      invitedById: true,
      acceptedAt: true,
      revokedAt: true,
      expiresAt: true,
      organisation: { select: ORGANISATION },
    },
  });
  if (!invitation) return null;
  const [inviter, known] = await Promise.all([
    ctx.db.person.findUnique({ where: { id: invitation.invitedById }, select: { fullName: true } }),
    ctx.db.person.findUnique({ where: { email: invitation.email }, select: { locale: true } }),
  ]);
  const open = !invitation.acceptedAt && !invitation.revokedAt && invitation.expiresAt > ctx.clock.now();
  return {
    ...organisationFacts(invitation.organisation, { person: inviter?.fullName ?? "" }),
    inviterId: invitation.invitedById,
    invitee: open ? { address: invitation.email, locale: known?.locale ?? "vi" } : null,
    linkId: invitation.id,
  };
}

async function ofPerson(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const { linkId, suppressionId } = event.payload;
  if (suppressionId) {
    const stopped = await ctx.db.mailSuppression.findUnique({
      where: { id: suppressionId },
      select: { liftedAt: true },
    });
    return stopped && !stopped.liftedAt ? { ...NO_FACTS, personId: event.subjectId, linkId: suppressionId } : null;
  }
  if (!linkId) return { ...NO_FACTS, personId: event.subjectId };
  const link = await ctx.db.oneTimeLink.findUnique({
    where: { id: linkId },
    select: { personId: true, usedAt: true, expiresAt: true },
  });
  // a link that was used or has run out since is no longer news
  if (!link || link.personId !== event.subjectId || link.usedAt || link.expiresAt <= ctx.clock.now()) return null;
  return { ...NO_FACTS, personId: event.subjectId, linkId };
}

/** Re-reads the subject of an event; null when it is gone or there is nothing to tell any more. */
export async function loadFacts(ctx: Ctx, event: RelayedEvent, subjectKind: string): Promise<Facts | null> {
  switch (subjectKind) {
    case "person":
      return ofPerson(ctx, event);
    case "organisation":
      return ofOrganisation(ctx, event);
    case "claim":
      return ofClaim(ctx, event);
    case "membership":
      return ofMembership(ctx, event);
    case "invitation":
      return ofInvitation(ctx, event);
    case "listing":
      if (event.type === "annex.closed") return ofAnnexClosed(ctx, event);
      return event.type.startsWith("listing.approval-") ? ofApproval(ctx, event) : ofListing(ctx, event);
    case "import-upload":
      return ofImport(ctx, event);
    case "match":
      return ofMatch(ctx, event);
    case "annex-request":
      return ofAnnexRequest(ctx, event);
    case "annex-opening":
      return ofAnnexOpening(ctx, event);
    case "interest":
      return ofInterest(ctx, event);
    case "search-alert":
      return ofSearchAlert(ctx, event);
    case "case":
      return ofCase(ctx, event);
    case "introduction":
      return ofIntroduction(ctx, event);
    case "meeting":
      return ofMeeting(ctx, event);
    case "session":
      return ofSession(ctx, event);
    case "deal":
      return ofDeal(ctx, event);
    case "outcome-question":
      return ofOutcomeQuestion(ctx, event);
    default:
      return null;
  }
}
