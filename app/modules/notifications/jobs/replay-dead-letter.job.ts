import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Queues again what was given up, after a person said so. */
export const replayDeadLetterJob = {
  name: "replay-dead-letter",
  payload: z.object({ deadLetterId: z.uuid() }),
  attempts: 5,
  backoffMs: 1_000,
  concurrency: 1,
  timeLimitMs: 30_000,
  retryOn: DATABASE_AWAY,
} satisfies JobDefinition;
