import type { Ctx } from "~/platform/context";
import type { RelayedEvent } from "~/platform/subscriptions";
import { conditions, type Facts, nameIn } from "../domain/facts";
import { LISTING, listingFacts } from "./listing-facts.server";

const ORGANISATION = { select: { nameVi: true, nameEn: true } } as const;

/**
 * Who asks to read a confidential annex, for its owner, and the owner's answer, for the person who asked. By asking an
 * organisation gives its name to the owner; the owner's name is not read. Of the annex itself nothing is told.
 */
export async function ofAnnexRequest(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const request = await ctx.db.annexRequest.findUnique({
    where: { id: event.subjectId },
    select: { state: true, personId: true, organisationId: true, listing: { select: LISTING } },
  });
  if (!request) return null;
  const organisation = await ctx.db.organisation.findUnique({ where: { id: request.organisationId }, ...ORGANISATION });
  const facts = listingFacts(request.listing);
  return {
    ...facts,
    personId: request.personId,
    conditions: conditions(request.state === "granted" && "approved", request.state === "declined" && "declined"),
    words: (locale, zone) => ({ ...facts.words(locale, zone), organisation: nameIn(organisation, locale) }),
  };
}

/** An organisation (or a broker) opened an annex for the first time, for its owner. */
export async function ofAnnexOpening(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const opening = await ctx.db.annexOpening.findUnique({
    where: { id: event.subjectId },
    select: {
      acceptance: { select: { name: true, organisationId: true, listing: { select: { ...LISTING, office: true } } } },
    },
  });
  if (!opening) return null;
  const { name, organisationId, listing } = opening.acceptance;
  const organisation = organisationId
    ? await ctx.db.organisation.findUnique({ where: { id: organisationId }, ...ORGANISATION })
    : listing.office;
  const facts = listingFacts(listing);
  return {
    ...facts,
    words: (locale, zone) => ({
      ...facts.words(locale, zone),
      organisation: nameIn(organisation, locale),
      person: name,
    }),
  };
}

/**
 * An owner closed its annexes to an organisation, for the members of that organisation: the owner's name is not read. Null when
 * it was let in again since.
 */
export async function ofAnnexClosed(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const organisationId = event.payload.organisationId ?? null;
  const listing = await ctx.db.listing.findUnique({ where: { id: event.subjectId }, select: LISTING });
  if (!listing || !organisationId) return null;
  const open = await ctx.db.accessGrant.count({
    where: { listingId: listing.id, organisationId, scope: "annex", revokedAt: null },
  });
  if (open > 0) return null;
  const organisation = await ctx.db.organisation.findUnique({ where: { id: organisationId }, ...ORGANISATION });
  const facts = listingFacts(listing);
  return {
    ...facts,
    // told to who read, not to whose it is
    organisationId,
    creatorId: null,
    words: (locale, zone) => ({ ...facts.words(locale, zone), organisation: nameIn(organisation, locale) }),
  };
}
