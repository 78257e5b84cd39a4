import {
  applyDictionaryJob,
  applySectorsJob,
  applyUnitsJob,
  askSearchesJob,
  computeMatchesJob,
  embedListingsJob,
  indexListingJob,
} from "~/modules/matching/index.server";
import { deliverDigestsJob } from "../jobs/deliver-digests.job";
import { deliverMailJob } from "../jobs/deliver-mail.job";
import { notifyJob } from "../jobs/notify.job";
import { replayDeadLetterJob } from "../jobs/replay-dead-letter.job";

/** How often a job is tried, its first pause (which doubles, with jitter) and the codes of errors worth another try. */
export type RetryView = { name: string; attempts: number; backoffMs: number; codes: readonly string[] };

/** Every job there is; a test keeps it complete against workers/registry.ts. */
export const RETRIES: RetryView[] = [
  notifyJob,
  deliverMailJob,
  deliverDigestsJob,
  indexListingJob,
  computeMatchesJob,
  askSearchesJob,
  embedListingsJob,
  applyDictionaryJob,
  applySectorsJob,
  applyUnitsJob,
  replayDeadLetterJob,
].map(({ name, attempts, backoffMs, retryOn }) => ({ name, attempts, backoffMs, codes: retryOn }));
