import type { EventType } from "./events";
import { isId } from "./ids";
import type { JobDefinition } from "./ports/queue";

/** What a subscription may use of an event: who and what, never words. */
export type RelayedEvent = { id: string; type: EventType; subjectId: string; payload: Record<string, string> };

/**
 * "When one of these events was committed, queue this job." Written as data in each context's `jobs/subscriptions.ts`;
 * the relay (workers/outbox-relay.ts) does the rest. The job's id derives from the event (`jobIdOf`), so that a relay that
 * dies between queueing and marking queues the same job again and not a second one.
 */
export type Subscription = {
  event: readonly EventType[];
  job: JobDefinition;
  /** ids only; null = not for this event */
  payload: (event: RelayedEvent) => Record<string, string> | null;
};

/** Id of an event's job; no ":" (BullMQ). Whether it is done is kept with the event. */
export const jobIdOf = (jobName: string, eventId: string): string => `${jobName}.${eventId}`;

/** The event whose job this is; null when the job came from elsewhere. */
export function eventOf(jobName: string, jobId: string): string | null {
  const rest = jobId.startsWith(`${jobName}.`) ? jobId.slice(jobName.length + 1) : "";
  return isId(rest) ? rest : null;
}
