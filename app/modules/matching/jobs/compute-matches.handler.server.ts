import type { Ctx } from "~/platform/context";
import type { JobHandler } from "~/platform/ports/queue";
import { computeMatches } from "../commands/compute-matches.server";
import { indexListing } from "../commands/index-listing.server";
import { computeMatchesJob } from "./compute-matches.job";
import { searchErrors } from "./search-errors.server";

/** Indexes first: the other side's later run must find this listing whichever of the two jobs comes first. */
export function handleComputeMatches(ctx: () => Ctx): JobHandler {
  return async ({ payload }) => {
    const { listingId } = computeMatchesJob.payload.parse(payload);
    await searchErrors(async () => {
      await indexListing(ctx(), listingId);
      await computeMatches(ctx(), listingId);
    });
  };
}
