import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import { EMBED_AT_ONCE } from "~/platform/ports/embedder";
import type { JobDefinition } from "~/platform/ports/queue";

/** Has a language model read some listings, as they are now; their matches are then computed anew. */
export const embedListingsJob = {
  name: "embed-listings",
  payload: z.object({ listingIds: z.array(z.uuid()).min(1).max(EMBED_AT_ONCE) }),
  attempts: 6,
  backoffMs: 5_000,
  concurrency: 1,
  // longer than the embedder may take (EMBEDDER_TIMEOUT_MS)
  timeLimitMs: 180_000,
  retryOn: [...DATABASE_AWAY, "embedder.away"],
} satisfies JobDefinition;
