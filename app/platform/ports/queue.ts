import type { z } from "zod";

/** A job as data. Payloads hold ids only: handlers re-read what they need and are safe to run twice. */
export type JobDefinition<P extends z.ZodType = z.ZodType> = {
  /** kebab-case; part of every job id */
  name: string;
  payload: P;
  /** tries in all, the first included */
  attempts: number;
  /** first pause in milliseconds; doubles with jitter */
  backoffMs: number;
  concurrency: number;
  /** a run that takes longer fails with "job.time-limit"; longer than every wait inside it */
  timeLimitMs: number;
  /** error codes (JobError.code) worth another try; everything else goes to the dead letters at once */
  retryOn: readonly string[];
};

export type QueuedJob = {
  definition: JobDefinition;
  /** derived from the subject, e.g. `deliver-mail.<mailId>`: the same id is never queued twice while it waits or runs */
  id: string;
  payload: unknown;
  delayMs?: number;
};

export type JobRun<P = unknown> = {
  payload: P;
  jobId: string;
  attempt: number;
  lastAttempt: boolean;
  /** aborted when the time limit is over: whoever can should stop; what a late run still does must be harmless */
  signal?: AbortSignal;
};
export type JobHandler<P = unknown> = (run: JobRun<P>) => Promise<void>;
/** Called once when a job is given up. */
export type GiveUp = (dead: {
  name: string;
  jobId: string;
  payload: unknown;
  code: string;
  message: string;
  /** tries it had */
  attempts?: number;
}) => Promise<void>;

/** A failure with a code that a JobDefinition may list in `retryOn`. */
export class JobError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "JobError";
  }
}

export type QueueCounts = { waiting: number; active: number; delayed: number; failed: number; oldest: string | null };

/** Work to be done later, somewhere. Adapters: BullMQ on Redis, BullMQ on PostgreSQL, inline (tests). */
export interface QueuePort {
  readonly kind: "redis" | "postgres" | "inline";
  add(jobs: QueuedJob[]): Promise<void>;
  /** True once after the store came up empty: for the first time, or because it lost everything. */
  wasEmptied(): Promise<boolean>;
  /** Starts taking jobs of this definition. */
  work(definition: JobDefinition, handler: JobHandler, giveUp: GiveUp): void;
  /** Jobs by state; `oldest`: when the job that waits longest was queued (ISO), null when none waits. */
  counts(): Promise<Record<string, QueueCounts>>;
  /** Stops taking jobs and waits for the running ones; `add` still works. */
  stopWork(): Promise<void>;
  /** As stopWork, then closes connections. */
  close(): Promise<void>;
}
