import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { QueuePort } from "~/platform/ports/queue";
import { ENGINE_VERSION } from "../domain/engine";
import { computeMatchesJob } from "./compute-matches.job";
import { indexListingJob } from "./index-listing.job";

/** Listings queued at a time: what people wait for is never behind more than these. */
const BATCH = 200;

/**
 * Queues published listings whose matches an earlier engine computed, or nobody did (a lost job). Ids derive from listing
 * and engine, so it may be called as often as one likes. @returns how many were queued
 */
export async function queueOutdatedMatches(ctx: Pick<Ctx, "db" | "clock">, queue: QueuePort): Promise<number> {
  const today = dateOnly(localDay(ctx.clock.now()));
  const rows = await ctx.db.listing.findMany({
    where: {
      state: "published",
      unconfirmedAt: null,
      OR: [{ expiresOn: null }, { expiresOn: { gte: today } }],
      matchRuns: {
        none: { OR: [{ engineVersion: ENGINE_VERSION }, { engineVersion: { startsWith: `${ENGINE_VERSION}/` } }] },
      },
    },
    orderBy: [{ kind: "asc" }, { id: "asc" }],
    take: BATCH,
    select: { id: true },
  });
  // job ids take no "+"
  const engine = ENGINE_VERSION.replace(/[^\w.-]/g, "-");
  await queue.add(
    rows.map(({ id }) => ({
      definition: computeMatchesJob,
      id: `compute-matches.${engine}.${id}`,
      payload: { listingId: id },
    })),
  );
  return rows.length;
}

/** A change should be in the index by now: its job is lost, or was given up. Milliseconds. */
const INDEXED_BY_MS = 2 * 60_000;

/**
 * Queues listings whose last change the search index does not know of. Ids derive from listing and version, so it may be
 * called as often as one likes. @returns how many were queued
 */
export async function queueUnindexed(ctx: Pick<Ctx, "db" | "clock">, queue: QueuePort): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - INDEXED_BY_MS);
  const rows = await ctx.db.$queryRaw<{ id: string; version: bigint }[]>`
    SELECT l.id, l.row_version AS version FROM listing l LEFT JOIN listing_indexed i ON i.listing_id = l.id
     WHERE l.published_version_id IS NOT NULL AND l.updated_at < ${before} AND coalesce(i.row_version, -1) < l.row_version
     ORDER BY l.updated_at LIMIT ${BATCH}`;
  await queue.add(
    rows.map(({ id, version }) => ({
      definition: indexListingJob,
      id: `index-listing.${id}.${version}`,
      payload: { listingId: id },
    })),
  );
  return rows.length;
}
