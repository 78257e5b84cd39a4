import type { EventType } from "./events";
import type { JobDefinition } from "./ports/queue";

/** What a subscription may use of an event: who and what, never words. */
export type RelayedEvent = { id: string; type: EventType; subjectId: string; payload: Record<string, string> };

/**
 * "When one of these events was committed, queue this job." Written as data in each context's `jobs/subscriptions.ts`;
 * the relay (workers/outbox-relay.ts) does the rest. `id` derives from the event or its subject, so that a relay that
 * dies between queueing and marking queues the same job again and not a second one.
 */
export type Subscription = {
  event: readonly EventType[];
  job: JobDefinition;
  /** ids only; null = not for this event */
  payload: (event: RelayedEvent) => Record<string, string> | null;
  /** starts with the job's name; no ":" (BullMQ) */
  id: (event: RelayedEvent) => string;
};
