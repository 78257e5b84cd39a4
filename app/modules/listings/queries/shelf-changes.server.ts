import { memberIdsOf } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { SearchDocument } from "~/platform/ports/search";
import { placed } from "../domain/place-sectors";
import { toSearchDocument } from "../domain/search-document";
import { taxonomy } from "./list-sectors.server";
import { MATCHABLE_SELECT, matchableOf, type SynonymsOf } from "./load-for-matching.server";
import { VERSION_SELECT } from "./rows.server";

/** What a listing says on the shelf now, and what it said before. */
export type ShelfChange = {
  document: SearchDocument;
  /** the version that was on the shelf before this one */
  before: SearchDocument | null;
  /** its own people, who need not be told of it */
  insiders: string[];
  /** who may read it; null = everybody. A first sieve only: `visibleTo` decides */
  readers: string[] | null;
};

/** People to whom a listing that is not for everybody may be open: the office's brokers and whoever was invited. */
async function readersOf(ctx: Ctx, listingId: string, officeId: string): Promise<string[]> {
  const { db } = ctx;
  const now = ctx.clock.now();
  const [brokers, grants] = await Promise.all([
    db.grant.findMany({ where: { officeId, role: "broker", endedAt: null }, select: { personId: true } }),
    db.accessGrant.findMany({
      where: { listingId, revokedAt: null, OR: [{ until: null }, { until: { gt: now } }] },
      select: { personId: true, organisationId: true },
    }),
  ]);
  const members = await Promise.all(
    grants.flatMap(({ organisationId }) => (organisationId ? [memberIdsOf(db, organisationId)] : [])),
  );
  const invited = grants.flatMap(({ personId }) => (personId ? [personId] : []));
  return [...new Set([...brokers.map(({ personId }) => personId), ...invited, ...members.flat()])];
}

/** These listings as they stand on the shelf now; those that are not there are left out. */
export async function loadShelfChanges(ctx: Ctx, listingIds: string[], synonymsOf: SynonymsOf): Promise<ShelfChange[]> {
  const { db } = ctx;
  const rows = await db.listing.findMany({ where: { id: { in: listingIds } }, select: MATCHABLE_SELECT });
  const { replaced } = await taxonomy(ctx);
  const changes: ShelfChange[] = [];
  for (const row of rows) {
    const listing = matchableOf(row);
    if (!listing) continue;
    const earlier = await db.listingVersion.findFirst({
      // a version that was refused was never read by anybody
      where: {
        listingId: row.id,
        number: { lt: row.publishedVersion?.number ?? 0 },
        reviews: { none: { state: { not: "approved" } } },
      },
      orderBy: { number: "desc" },
      select: VERSION_SELECT,
    });
    // a merger of sectors is no news of the listing
    const stood = earlier && placed(earlier, replaced);
    const before =
      stood &&
      matchableOf({ ...row, publishedVersion: stood, sectorMain: stood.sectorMain, sectorCodes: stood.sectorCodes });
    const open = listing.visibility === "public" || listing.visibility === "blind";
    const [insiders, readers] = await Promise.all([
      row.organisationId ? memberIdsOf(db, row.organisationId) : [],
      open ? null : readersOf(ctx, row.id, row.officeId),
    ]);
    changes.push({
      document: toSearchDocument(listing, synonymsOf(listing)),
      before: before && toSearchDocument(before, synonymsOf(before)),
      insiders,
      readers,
    });
  }
  return changes;
}
