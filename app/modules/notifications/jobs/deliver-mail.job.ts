import { z } from "zod";
import { DATABASE_AWAY } from "~/platform/job-errors";
import type { JobDefinition } from "~/platform/ports/queue";

/** Hands one mail to the mail server. Eleven tries over about an hour and a half outlast greylisting and restarts. */
export const deliverMailJob = {
  name: "deliver-mail",
  payload: z.object({ mailId: z.uuid() }),
  attempts: 11,
  backoffMs: 5_000,
  concurrency: 10,
  timeLimitMs: 120_000,
  retryOn: ["mail.temporary", "mail.claimed", ...DATABASE_AWAY],
} satisfies JobDefinition;
