import { listingsOfUnitChange } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { applyUnitsJob } from "./apply-units.job";
import { computeMatchesJob } from "./compute-matches.job";

const BATCH = 200;

/**
 * A unit got or lost a name, or measures something else: listings written in it are matched again. Lines are kept as they were
 * typed and read when they are compared, so nothing else is made anew. Safe to run twice: job ids derive from change and listing.
 */
export function handleApplyUnits(ctx: () => Ctx, queue: QueuePort): JobHandler {
  return async ({ payload }) => {
    const { changeId } = applyUnitsJob.payload.parse(payload);
    const change = await listingsOfUnitChange(ctx(), changeId);
    if (!change) return;
    for (let at = 0; at < change.listingIds.length; at += BATCH)
      await queue.add(
        change.listingIds.slice(at, at + BATCH).map((listingId) => ({
          definition: computeMatchesJob,
          id: `compute-matches.unit-${change.seq}.${listingId}`,
          payload: { listingId },
        })),
      );
  };
}
