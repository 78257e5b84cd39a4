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
