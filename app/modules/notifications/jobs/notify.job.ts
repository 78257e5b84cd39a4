import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** An earlier event of the same subject is still to be told: this one waits for it. */
export const EARLIER_WAITS = "notify.earlier-waits";

/** Tells the people whom an event concerns. Safe to run twice: notices and mails have unique keys. */
export const notifyJob = {
  name: "notify",
  payload: z.object({ eventId: z.uuid() }),
  attempts: 10,
  backoffMs: 1_000,
  concurrency: 50,
  timeLimitMs: 60_000,
  retryOn: [EARLIER_WAITS, ...DATABASE_AWAY],
} satisfies JobDefinition;
