import { createHash } from "node:crypto";
import type { Ctx } from "~/platform/context";
import { EMBED_AT_ONCE } from "~/platform/ports/embedder";
import type { QueuePort } from "~/platform/ports/queue";
import { embedListingsJob } from "./embed-listings.job";

/** Listings queued at a time. */
const MOST = 64 * EMBED_AT_ONCE;

/**
 * Queues published listings whose published version the model has not read: new ones, all of them when a model was named or
 * changed, and what was lost. Ids derive from the versions, so it may be called as often as one likes. @returns listings queued
 */
export async function queueVectors(ctx: Pick<Ctx, "db" | "embedder">, queue: QueuePort): Promise<number> {
  if (!ctx.embedder) return 0;
  const { space } = ctx.embedder;
  const rows = await ctx.db.$queryRaw<{ id: string; version: string }[]>`
    SELECT l.id, l.published_version_id AS version FROM listing l
    LEFT JOIN listing_vector v ON v.listing_id = l.id AND v.space = ${space} AND v.version_id = l.published_version_id
    WHERE l.state = 'published' AND l.unconfirmed_at IS NULL AND l.published_version_id IS NOT NULL AND v.listing_id IS NULL
    ORDER BY l.id DESC LIMIT ${MOST}`;
  const batches = Array.from({ length: Math.ceil(rows.length / EMBED_AT_ONCE) }, (_, at) =>
    rows.slice(at * EMBED_AT_ONCE, (at + 1) * EMBED_AT_ONCE),
  );
  await queue.add(
    batches.map((batch) => {
      const subject = createHash("sha256").update(space);
      for (const { version } of batch) subject.update(version);
      return {
        definition: embedListingsJob,
        id: `embed-listings.${subject.digest("hex").slice(0, 24)}`,
        payload: { listingIds: batch.map(({ id }) => id) },
      };
    }),
  );
  return rows.length;
}
