import type { z } from "zod";
import { jobErrorCode, jobErrorText } from "../job-errors";
import { type GiveUp, type JobDefinition, JobError, type JobHandler, type QueuedJob } from "../ports/queue";

/** What every queue adapter does alike: checks a job before it is queued, runs it, classifies how it ended. */
export type ReadyJob = { definition: JobDefinition; id: string; payload: z.core.output<z.ZodType>; delayMs: number };

/** Code of a run that took longer than its definition allows. */
export const TIME_LIMIT = "job.time-limit";

const ID = /^[a-z][a-z0-9-]*(\.[A-Za-z0-9_-]+)+$/;

/**
 * Checks id and payload where the job is made, so that a mistake fails its maker and not a worker at night.
 * @throws JobError "job.invalid" when the id does not derive from the job's name or the payload does not fit
 */
export function readyJob(job: QueuedJob): ReadyJob {
  const { definition } = job;
  if (!ID.test(job.id) || !job.id.startsWith(`${definition.name}.`)) {
    throw new JobError("job.invalid", `The id of a "${definition.name}" job must be "${definition.name}.<subject>"`);
  }
  const parsed = definition.payload.safeParse(job.payload);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join(".") || "payload").join(", ");
    throw new JobError("job.invalid", `The payload of a "${definition.name}" job does not fit: ${where}`);
  }
  return { definition, id: job.id, payload: parsed.data, delayMs: Math.max(0, job.delayMs ?? 0) };
}

export type JobEnd =
  | { kind: "done" }
  /** worth another try; the queue waits and counts */
  | { kind: "retry"; code: string; text: string }
  /** given up, and the dead letter is written */
  | { kind: "dead"; code: string; text: string }
  /** given up, but the dead letter could not be written: the job must not be lost */
  | { kind: "unburied"; code: string; text: string };

/**
 * Runs one attempt. Only codes in `retryOn` are worth another try; everything else, and the last attempt, goes to
 * `giveUp` before the queue forgets the job. Never throws.
 */
export async function runAttempt(
  definition: JobDefinition,
  handler: JobHandler,
  giveUp: GiveUp,
  given: { payload: unknown; jobId: string; attempt: number },
): Promise<JobEnd> {
  const lastAttempt = given.attempt >= definition.attempts;
  let failure: unknown;
  const parsed = definition.payload.safeParse(given.payload);
  if (parsed.success) {
    try {
      await withinLimit(definition, (signal) =>
        handler({ payload: parsed.data, jobId: given.jobId, attempt: given.attempt, lastAttempt, signal }),
      );
      return { kind: "done" };
    } catch (error) {
      failure = error;
    }
  } else {
    failure = new JobError("payload.invalid", "The payload does not fit the job's definition");
  }
  const code = jobErrorCode(failure);
  const text = jobErrorText(failure);
  if (definition.retryOn.includes(code) && !lastAttempt) return { kind: "retry", code, text };
  try {
    const dead = { name: definition.name, jobId: given.jobId, payload: given.payload, code, message: text };
    await giveUp({ ...dead, attempts: given.attempt });
    return { kind: "dead", code, text };
  } catch {
    return { kind: "unburied", code, text };
  }
}

/**
 * Waits for a run no longer than its definition allows. A run cannot be stopped from outside: it is told by the signal,
 * and what it does afterwards is harmless because handlers change rows conditionally.
 * @throws JobError "job.time-limit"
 */
async function withinLimit(definition: JobDefinition, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      over.abort();
      reject(new JobError(TIME_LIMIT, `A "${definition.name}" job ran longer than ${definition.timeLimitMs} ms`));
    }, definition.timeLimitMs);
  });
  const work = run(over.signal);
  // how it ends after its limit concerns nobody
  work.catch(() => {});
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
