import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import { joinedById } from "~/platform/db/joined.server";
import { type Facts, NO_FACTS } from "../domain/facts";

type Text = { lang: Locale; title: string };

/** The title in the reader's language, else in the other one. */
function titleIn(texts: readonly Text[], locale: Locale): string {
  return (texts.find((text) => text.lang === locale) ?? texts[0])?.title ?? "";
}

const TEXTS = { select: { lang: true, title: true } } satisfies Prisma.ListingVersion$textsArgs;
/** What a notice may say of a listing: kind, reference and title. Its organisation's name is not even read. */
export const LISTING = {
  id: true,
  kind: true,
  state: true,
  reference: true,
  visibility: true,
  organisationId: true,
  brokerId: true,
  createdById: true,
  publishedVersion: { select: { texts: TEXTS } },
  versions: { select: { texts: TEXTS }, orderBy: { number: "desc" }, take: 1 },
  organisation: { select: { brokerId: true } },
} satisfies Prisma.ListingSelect;
type ListingRow = Prisma.ListingGetPayload<{ select: typeof LISTING }>;

/** A listing by its id; null where there is none. */
export const findListing = joinedById<ListingRow>((db, ids) =>
  db.listing.findMany({ where: { id: { in: ids } }, select: LISTING }),
);

/** A listing as notices speak of it; `latest` in the words last submitted instead of those on the shelf. */
export function listingFacts(listing: ListingRow, latest = false): Facts {
  const version = latest
    ? (listing.versions[0] ?? listing.publishedVersion)
    : (listing.publishedVersion ?? listing.versions[0]);
  return {
    ...NO_FACTS,
    organisationId: listing.organisationId,
    listingId: listing.id,
    creatorId: listing.createdById,
    brokerId: listing.brokerId ?? listing.organisation?.brokerId ?? null,
    words: (locale) => ({
      title: titleIn(version?.texts ?? [], locale),
      reference: listing.reference ?? "",
      listingKind: listing.kind,
    }),
  };
}
