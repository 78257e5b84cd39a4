import {
  applyDictionaryJob,
  askSearchesJob,
  computeMatchesJob,
  embedListingsJob,
  indexListingJob,
} from "~/modules/matching/index.server";
import {
  deliverDigestsJob,
  deliverMailJob,
  notifyJob,
  replayDeadLetterJob,
} from "~/modules/notifications/index.server";

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
  replayDeadLetterJob,
].map(({ name, attempts, backoffMs, retryOn }) => ({ name, attempts, backoffMs, codes: retryOn }));
