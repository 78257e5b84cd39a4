import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { QueuePort } from "~/platform/ports/queue";
import { ENGINE_VERSION } from "../domain/engine";
import { engineNow } from "../queries/vectors.server";
import { computeMatchesJob } from "./compute-matches.job";
import { indexListingJob } from "./index-listing.job";

/** Listings that wait at a time: what people wait for is never behind more than these. */
const BATCH = 200;

/** The listing each queue got last: one whose job is given up again and again must not stand before all others for ever. */
const reached = new WeakMap<QueuePort, { kind: ListingKind; id: string }>();

/**
 * Queues published listings whose matches an earlier engine computed, or nobody did (a lost job): also when a language model was
 * named, changed or taken away, as soon as it has read the listing. Goes on where it stopped and begins again at the end. Ids
 * derive from listing and engine, so it may be called as often as one likes. @returns how many were queued
 */
export async function queueOutdatedMatches(
  ctx: Pick<Ctx, "db" | "clock" | "env" | "embedder">,
  queue: QueuePort,
): Promise<number> {
  const room = BATCH - ((await queue.counts())[computeMatchesJob.name]?.waiting ?? 0);
  if (room <= 0) return 0;
  const today = localDay(ctx.clock.now());
  const last = reached.get(queue) ?? null;
  const rows = await ctx.db.$queryRaw<{ id: string; kind: ListingKind; engine: string }[]>`
    SELECT id, kind, engine FROM (
      SELECT l.id, l.kind, r.engine_version AS made_by,
        CASE WHEN v.listing_id IS NULL THEN ${ENGINE_VERSION} ELSE ${engineNow(ctx)} END AS engine
      FROM listing l
      LEFT JOIN match_run r ON r.listing_id = l.id
      LEFT JOIN listing_vector v
        ON v.listing_id = l.id AND v.space = ${ctx.embedder?.space ?? ""} AND v.version_id = l.published_version_id
      WHERE l.state = 'published' AND l.unconfirmed_at IS NULL AND (l.expires_on IS NULL OR l.expires_on >= ${today}::date)
    ) published
    WHERE (made_by IS NULL OR split_part(made_by, '/', 1) <> engine)
      AND (${last === null} OR (kind, id) > (${last?.kind ?? "need"}::"ListingKind", ${last?.id ?? NO_ID}::uuid))
    ORDER BY kind, id LIMIT ${room}`;
  const end = rows.at(-1);
  if (end && rows.length === room) reached.set(queue, { kind: end.kind, id: end.id });
  else reached.delete(queue);
  await queue.add(
    rows.map(({ id, engine }) => ({
      definition: computeMatchesJob,
      // job ids take no "+"
      id: `compute-matches.${engine.replace(/[^\w.-]/g, "-")}.${id}`,
      payload: { listingId: id },
    })),
  );
  return rows.length;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

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
