import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Looks for the listings whose numbers a change of a unit touches and queues their matches. */
export const applyUnitsJob = {
  name: "apply-units",
  payload: z.object({ changeId: z.uuid() }),
  attempts: 8,
  backoffMs: 2_000,
  concurrency: 1,
  timeLimitMs: 600_000,
  retryOn: [...DATABASE_AWAY],
} satisfies JobDefinition;
