import type { Side } from "~/generated/prisma/enums";
import type { PersonActor } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import type { PartyInput } from "../schemas";

export type ResolvedSide = {
  listingId: string | null;
  organisationId: string | null;
  provinceCode: string | null;
  communeCode: string | null;
};
type Problem = { field: "organisationId" | "reference"; code: string };

const KIND_OF: Record<Side, "need" | "offering"> = { need: "need", offering: "offering" };

/**
 * Finds what a broker named for one side: a listing of the right kind by reference, an organisation, or both when they
 * belong together. Nothing named, or a listing whose owner nobody knows = nobody yet on this side.
 */
export async function resolveSide(
  db: Db,
  actor: PersonActor,
  side: Side,
  input: Pick<PartyInput, "organisationId" | "reference"> & { listingId?: string | null },
): Promise<{ ok: true; side: ResolvedSide } | { ok: false; problem: Problem }> {
  const wrong = (field: Problem["field"], key: string) => ({
    ok: false as const,
    problem: { field, code: `brokering:error.${key}` },
  });
  const named = input.listingId
    ? { id: input.listingId }
    : input.reference
      ? { reference: input.reference.toUpperCase() }
      : null;
  const listing =
    named &&
    (await db.listing.findFirst({
      where: { AND: [named, { officeId: actor.officeId, kind: KIND_OF[side], reference: { not: null } }] },
      select: {
        id: true,
        organisationId: true,
        provinceCode: true,
        publishedVersion: { select: { communeCode: true } },
      },
    }));
  if (named && !listing) return wrong("reference", "noSuchListing");
  const owner = listing?.organisationId ?? null;
  if (owner && input.organisationId && owner !== input.organisationId)
    return wrong("organisationId", "listingOfOthers");
  const organisationId = owner ?? input.organisationId;
  if (!organisationId) {
    // an imported listing may not say whose it is: the case is opened to find out
    return {
      ok: true,
      side: {
        listingId: listing?.id ?? null,
        organisationId: null,
        provinceCode: listing?.provinceCode ?? null,
        communeCode: listing?.publishedVersion?.communeCode ?? null,
      },
    };
  }
  const organisation = await db.organisation.findFirst({
    where: { id: organisationId, officeId: actor.officeId, state: { in: ["pending", "verified"] } },
    select: { provinceCode: true, communeCode: true },
  });
  if (!organisation) return wrong("organisationId", "noSuchOrganisation");
  return {
    ok: true,
    side: {
      listingId: listing?.id ?? null,
      organisationId,
      provinceCode: listing?.provinceCode ?? organisation.provinceCode,
      communeCode: listing?.publishedVersion?.communeCode ?? organisation.communeCode,
    },
  };
}
