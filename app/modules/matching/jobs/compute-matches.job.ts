import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Ranks a listing against the other side and stores its matches. Two at a time: one is weighed while the database works for the other. */
export const computeMatchesJob = {
  name: "compute-matches",
  payload: z.object({ listingId: z.uuid() }),
  attempts: 8,
  backoffMs: 2_000,
  concurrency: 2,
  timeLimitMs: 300_000,
  retryOn: [...DATABASE_AWAY, "search.away"],
} satisfies JobDefinition;
