import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { QueuePort } from "~/platform/ports/queue";
import { ENGINE_VERSION } from "../domain/engine";
import { computeMatchesJob } from "./compute-matches.job";

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
      OR: [{ expiresOn: null }, { expiresOn: { gte: today } }],
      matchRuns: { none: { engineVersion: ENGINE_VERSION } },
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
