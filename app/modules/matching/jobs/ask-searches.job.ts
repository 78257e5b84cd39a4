import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Asks the saved searches about a listing that came to the shelf or changed there. Safe to run twice. */
export const askSearchesJob = {
  name: "ask-searches",
  payload: z.object({ listingId: z.uuid() }),
  attempts: 10,
  backoffMs: 1_000,
  concurrency: 20,
  timeLimitMs: 60_000,
  retryOn: DATABASE_AWAY,
} satisfies JobDefinition;
