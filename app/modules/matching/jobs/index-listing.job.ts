import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Puts a listing into the index or takes it out, as it is now. */
export const indexListingJob = {
  name: "index-listing",
  payload: z.object({ listingId: z.uuid() }),
  attempts: 12,
  backoffMs: 1_000,
  concurrency: 2,
  timeLimitMs: 60_000,
  retryOn: [...DATABASE_AWAY, "search.away"],
} satisfies JobDefinition;
