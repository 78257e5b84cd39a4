import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import type { Db, Tx } from "~/platform/db/client.server";
import type { SearchDocument } from "~/platform/ports/search";
import { openWords } from "../domain/open-part";
import { readinessOf } from "../domain/readiness";
import { withScale } from "../domain/scale-line";
import { toSearchDocument } from "../domain/search-document";
import type { MatchableListing, Tombstone } from "../domain/types";
import { factsOf, linesOf, textsOf, VERSION_SELECT } from "./rows.server";

/** What of a listing the engine and the index read. */
export const MATCHABLE_SELECT = {
  id: true,
  officeId: true,
  kind: true,
  reference: true,
  rowVersion: true,
  visibility: true,
  origin: true,
  publishedAt: true,
  state: true,
  unconfirmedAt: true,
  // where it stands now: its version may name a sector that was merged since
  sectorMain: true,
  sectorCodes: true,
  challengeSince: true,
  organisationId: true,
  trlConfirmed: true,
  organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
  publishedVersion: { select: VERSION_SELECT },
} satisfies Prisma.ListingSelect;
export type MatchableRow = Prisma.ListingGetPayload<{ select: typeof MATCHABLE_SELECT }>;

/** A row as the engine and the index read it: of a blind one only the open words. Null when it is off the shelf. */
export function matchableOf(row: MatchableRow): MatchableListing | null {
  const { publishedVersion: version, reference, publishedAt } = row;
  if (
    row.state !== "published" ||
    row.unconfirmedAt ||
    !version ||
    !reference ||
    !publishedAt ||
    version.texts.length === 0
  )
    return null;
  const known = row.organisation !== null && !row.organisation.anonymous;
  const listing: MatchableListing = {
    id: row.id,
    versionId: version.id,
    officeId: row.officeId,
    kind: row.kind,
    reference,
    rowVersion: Number(row.rowVersion),
    visibility: row.visibility,
    origin: row.origin,
    ownerKey: known ? row.organisationId : null,
    challenge: row.challengeSince !== null,
    organisation: known && row.visibility !== "blind" ? displayName(row.organisation, "vi") : null,
    texts: textsOf(version.texts),
    lines: withScale(row.kind, linesOf(version.lines), factsOf(version)),
    publishedAt,
    ...factsOf(version),
    sectorMain: row.sectorMain,
    sectorCodes: row.sectorCodes,
    ...readinessOf(version, row.trlConfirmed),
  };
  return row.visibility === "blind" ? openWords(listing) : listing;
}

/** The published version of a listing for the matching engine; null when it is not (any longer) published. */
export async function loadForMatching(db: Db | Tx, listingId: string): Promise<MatchableListing | null> {
  const row = await db.listing.findUnique({ where: { id: listingId }, select: MATCHABLE_SELECT });
  return row && matchableOf(row);
}

/** Several at once, in the order of `listingIds`; unpublished ones are left out. */
export async function loadManyForMatching(db: Db | Tx, listingIds: string[]): Promise<MatchableListing[]> {
  const rows = await db.listing.findMany({ where: { id: { in: listingIds } }, select: MATCHABLE_SELECT });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return listingIds.flatMap((id) => {
    const row = byId.get(id);
    return (row && matchableOf(row)) ?? [];
  });
}

/** Other names of what a listing speaks of; the dictionary belongs to another context. */
export type SynonymsOf = (listing: MatchableListing) => string[];

/** What the index should hold of a listing now: its document, or a tombstone with the row version when it is off the shelf. Null when there is no such listing. */
export async function loadSearchDocument(
  db: Db | Tx,
  listingId: string,
  synonymsOf: SynonymsOf,
): Promise<SearchDocument | Tombstone | null> {
  const row = await db.listing.findUnique({ where: { id: listingId }, select: MATCHABLE_SELECT });
  if (!row) return null;
  const listing = matchableOf(row);
  return listing
    ? toSearchDocument(listing, synonymsOf(listing))
    : { removed: true, id: row.id, rowVersion: Number(row.rowVersion) };
}

/** All published listings in batches, by id, for a rebuild; those behind `from` when it goes on. */
export async function* streamSearchDocuments(
  db: Db,
  synonymsOf: SynonymsOf,
  { from = null, batch = 500 }: { from?: string | null; batch?: number } = {},
): AsyncGenerator<SearchDocument[]> {
  let after = from ?? undefined;
  for (;;) {
    const rows: MatchableRow[] = await db.listing.findMany({
      where: { state: "published", ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: "asc" },
      take: batch,
      select: MATCHABLE_SELECT,
    });
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    yield rows
      .map(matchableOf)
      .filter((row) => row !== null)
      .map((listing) => toSearchDocument(listing, synonymsOf(listing)));
  }
}

/** Which of these a rebuild would index now. */
export async function searchableOf(db: Db, listingIds: string[]): Promise<string[]> {
  const rows = await db.listing.findMany({
    where: {
      id: { in: listingIds },
      state: "published",
      unconfirmedAt: null,
      reference: { not: null },
      publishedAt: { not: null },
      publishedVersion: { texts: { some: {} } },
    },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
