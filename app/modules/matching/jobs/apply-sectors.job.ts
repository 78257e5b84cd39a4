import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Looks for the listings that a change of a sector touches and queues their matches. */
export const applySectorsJob = {
  name: "apply-sectors",
  payload: z.object({ changeId: z.uuid() }),
  attempts: 8,
  backoffMs: 2_000,
  concurrency: 1,
  timeLimitMs: 600_000,
  retryOn: [...DATABASE_AWAY],
} satisfies JobDefinition;
