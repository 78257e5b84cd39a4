import type { Ctx } from "~/platform/context";
import type { JobHandler } from "~/platform/ports/queue";
import { indexListing } from "../commands/index-listing.server";
import { indexListingJob } from "./index-listing.job";
import { searchErrors } from "./search-errors.server";

export function handleIndexListing(ctx: () => Ctx): JobHandler {
  return async ({ payload }) => {
    const { listingId } = indexListingJob.payload.parse(payload);
    await searchErrors(() => indexListing(ctx(), listingId));
  };
}
