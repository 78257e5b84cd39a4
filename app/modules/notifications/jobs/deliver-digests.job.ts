import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Hands a batch of digests to the mail server; a queue of its own, so that immediate mails never wait behind digests. */
export const deliverDigestsJob = {
  name: "deliver-digests",
  payload: z.object({ batchId: z.uuid() }),
  attempts: 11,
  backoffMs: 5_000,
  // while one batch is being read, another is on its way
  concurrency: 2,
  timeLimitMs: 600_000,
  retryOn: ["mail.temporary", ...DATABASE_AWAY],
} satisfies JobDefinition;
