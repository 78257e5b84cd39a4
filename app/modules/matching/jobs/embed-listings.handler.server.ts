import type { Ctx } from "~/platform/context";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { embedListings } from "../commands/embed-listings.server";
import { computeMatchesJob } from "./compute-matches.job";
import { embedListingsJob } from "./embed-listings.job";

/** What is queued here and lost is found by the sweep: such matches name an engine without the model (queueOutdatedMatches). */
export function handleEmbedListings(ctx: () => Ctx, queue: QueuePort): JobHandler {
  return async ({ payload, jobId, signal }) => {
    const { listingIds } = embedListingsJob.payload.parse(payload);
    const made = await embedListings(ctx(), listingIds, signal);
    await queue.add(
      made.map((listingId) => ({
        definition: computeMatchesJob,
        id: `compute-matches.${jobId}.${listingId}`,
        payload: { listingId },
      })),
    );
  };
}
