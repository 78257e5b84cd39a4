import { createPostgresBackend, DelayedError, type Job, Queue, UnrecoverableError, Worker, withBackend } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import type { Logger } from "pino";
import type { Env } from "../env.server";
import { jobErrorCode } from "../job-errors";
import type { GiveUp, JobDefinition, JobHandler, QueuePort } from "../ports/queue";
import { readyJob, runAttempt } from "./queue-run";

/** Schema of BullMQ's own tables on PostgreSQL (made by scripts/migrate.ts). */
const SCHEMA = "bullmq";
/** A job whose worker died this often is given up instead of killing workers for ever. */
const MAX_STALLS = 5;

type QueueLike = {
  addBulk(jobs: { name: string; data: unknown; opts: Record<string, unknown> }[]): Promise<unknown>;
  getJobCounts(
    ...states: ("waiting" | "active" | "delayed" | "failed" | "prioritized")[]
  ): Promise<Record<string, number>>;
  /** ascending: the one that was queued first */
  getJobs(types: "waiting"[], start: number, end: number, ascending: boolean): Promise<unknown[]>;
  close(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
};
type WorkerLike = { close(): Promise<void>; on(event: string, listener: (...args: never[]) => void): unknown };
type RunningJob = Pick<Job, "data" | "id" | "attemptsMade" | "deferredFailure"> & {
  moveToDelayed(timestamp: number, token?: string): Promise<void>;
};
type Processor = (job: RunningJob, token?: string) => Promise<void>;
type WorkerOptions = { concurrency: number; lockDuration: number; stalledInterval: number; maxStalledCount: number };

/** One of BullMQ's two homes. All queues and workers of a process share its connections. */
type Home = {
  queue(name: string): QueueLike;
  worker(name: string, processor: Processor, options: WorkerOptions): WorkerLike;
  wasEmptied(): Promise<boolean>;
  close(): Promise<void>;
};

function redisHome(url: string, prefix: string): Home {
  // lazyConnect: making a container does no work; null: workers wait for Redis to come back instead of giving up
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  connection.on("error", () => {}); // every Queue and Worker reports it as its own
  return {
    queue: (name) => new Queue(name, { connection }),
    worker: (name, processor, options) => new Worker(name, processor, { connection, ...options }),
    // the mark goes when everything goes; SET NX says so to one worker only
    wasEmptied: async () => (await connection.set(`${prefix}:filled`, "1", "NX")) === "OK",
    close: async () => connection.disconnect(),
  };
}

function postgresHome(url: string): Home {
  // each worker keeps one connection to LISTEN on; the rest is for short statements
  const pool = new pg.Pool({ connectionString: url, max: 40, options: `-c search_path=${SCHEMA}`, keepAlive: true });
  pool.setMaxListeners(0);
  pool.on("error", () => {});
  const bound = withBackend(createPostgresBackend);
  return {
    queue: (name) => new bound.Queue(name, { connection: pool }),
    worker: (name, processor, options) => new bound.Worker(name, processor, { connection: pool, ...options }),
    // its tables live in the database that holds the outbox: they are lost together or not at all
    wasEmptied: async () => false,
    close: () => pool.end(),
  };
}

/**
 * BullMQ behind our port: on Redis when REDIS_URL is set, else on PostgreSQL. One BullMQ queue per job definition.
 * A finished or given-up job is forgotten at once: its id may be queued again, while the same id cannot wait twice.
 * What is given up is kept by `giveUp`, not by BullMQ.
 */
export function createQueue(env: Env, log: Logger): QueuePort {
  const home = env.REDIS_URL ? redisHome(env.REDIS_URL, env.QUEUE_PREFIX) : postgresHome(env.DATABASE_URL);
  const queues = new Map<string, QueueLike>();
  const workers = new Map<string, WorkerLike>();
  let resting: Promise<unknown> | undefined;
  let closing: Promise<void> | undefined;
  const stopWork = async () => {
    resting ??= Promise.allSettled([...workers.values()].map((worker) => worker.close()));
    await resting;
  };
  const queueName = (definition: { name: string }) => `${env.QUEUE_PREFIX}-${definition.name}`;
  // a connection that is closed while it is being opened breaks off: no fault while we stop
  const report = (queue: string) => (error: unknown) =>
    log[resting !== undefined ? "debug" : "error"](
      { queue, code: jobErrorCode(error), reason: error instanceof Error ? error.name : "unknown" },
      "queue connection",
    );

  const queueOf = (definition: { name: string }): QueueLike => {
    const known = queues.get(definition.name);
    if (known) return known;
    const queue = home.queue(queueName(definition));
    queue.on("error", report(definition.name));
    queues.set(definition.name, queue);
    return queue;
  };

  return {
    kind: env.REDIS_URL ? "redis" : "postgres",
    async add(jobs) {
      const byName = group(jobs.map(readyJob));
      for (const ready of byName.values()) {
        const definition = ready[0]?.definition;
        if (!definition) continue;
        await queueOf(definition).addBulk(
          ready.map((job) => ({
            name: definition.name,
            data: job.payload,
            opts: {
              jobId: job.id,
              delay: job.delayMs,
              attempts: definition.attempts,
              backoff: { type: "exponential", delay: definition.backoffMs, jitter: 0.5 },
              removeOnComplete: true,
              removeOnFail: true,
              stackTraceLimit: 0,
            },
          })),
        );
      }
    },
    wasEmptied: () => home.wasEmptied(),
    work(definition, handler, giveUp) {
      if (workers.has(definition.name)) throw new Error(`"${definition.name}" is already being worked on`);
      const worker = home.worker(queueName(definition), processorOf(definition, handler, giveUp, log), {
        concurrency: definition.concurrency,
        lockDuration: env.QUEUE_LOCK_MS,
        stalledInterval: env.QUEUE_LOCK_MS,
        maxStalledCount: MAX_STALLS,
      });
      worker.on("error", report(definition.name));
      worker.on("failed", (job: RunningJob | undefined) => {
        // BullMQ itself gave the job up: the workers that held it died too often
        if (!job?.deferredFailure) return;
        const dead = { name: definition.name, jobId: String(job.id), payload: job.data, code: "stalled" };
        giveUp({ ...dead, message: "The worker died each time this job ran" }).catch(report(definition.name));
      });
      workers.set(definition.name, worker);
    },
    async counts() {
      for (const name of workers.keys()) queueOf({ name });
      const entries = [...queues].map(async ([name, queue]) => {
        const found = await queue.getJobCounts("waiting", "prioritized", "active", "delayed", "failed");
        const of = (state: string) => found[state] ?? 0;
        const waiting = of("waiting") + of("wait") + of("prioritized");
        const [first] = waiting > 0 ? await queue.getJobs(["waiting"], 0, 0, true) : [];
        const oldest = queuedAt(first);
        return [name, { waiting, active: of("active"), delayed: of("delayed"), failed: of("failed"), oldest }] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
    stopWork,
    close() {
      closing ??= (async () => {
        // workers first: their running jobs may still want to queue something
        await stopWork();
        await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
        await home.close();
      })();
      return closing;
    },
  };
}

/** Turns an attempt's end into what BullMQ understands. Errors handed to it carry a code and no values. */
function processorOf(definition: JobDefinition, handler: JobHandler, giveUp: GiveUp, log: Logger): Processor {
  return async (job, token) => {
    const attempt = job.attemptsMade + 1;
    const jobId = String(job.id);
    const end = await runAttempt(definition, handler, giveUp, { payload: job.data, jobId, attempt });
    if (end.kind === "done") return;
    log.warn({ job: jobId, attempt, code: end.code, end: end.kind }, "job failed");
    if (end.kind === "retry") throw new Error(end.code);
    if (end.kind === "dead") throw new UnrecoverableError(end.code);
    await job.moveToDelayed(Date.now() + 5_000, token);
    throw new DelayedError();
  };
}

/** When a job was queued; null for one that went while we asked. */
function queuedAt(job: unknown): string | null {
  const at = typeof job === "object" && job !== null && "timestamp" in job ? job.timestamp : null;
  return typeof at === "number" ? new Date(at).toISOString() : null;
}

function group<T extends { definition: { name: string } }>(jobs: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const job of jobs) groups.set(job.definition.name, [...(groups.get(job.definition.name) ?? []), job]);
  return groups;
}
