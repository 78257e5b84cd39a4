import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Tells the people whom an event concerns. Safe to run twice: notices and mails have unique keys. */
export const notifyJob = {
  name: "notify",
  payload: z.object({ eventId: z.uuid() }),
  attempts: 10,
  backoffMs: 1_000,
  concurrency: 4,
  timeLimitMs: 60_000,
  retryOn: DATABASE_AWAY,
} satisfies JobDefinition;
