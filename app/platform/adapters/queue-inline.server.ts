import type { GiveUp, JobDefinition, JobHandler, QueuePort } from "../ports/queue";
import { type ReadyJob, readyJob, runAttempt } from "./queue-run";

type Entry = ReadyJob & {
  attempt: number;
  state: "waiting" | "delayed" | "active";
  queuedAt: string;
  timer?: NodeJS.Timeout;
};
type Worker = { definition: JobDefinition; handler: JobHandler; giveUp: GiveUp; active: number };

/** The inline queue also tells a test when nothing is left to do. */
export type InlineQueue = QueuePort & { idle(): Promise<void> };

/** A queue in this process's memory, for tests: same rules as the real ones, nothing survives the process. */
export function createQueueInline(): InlineQueue {
  const entries = new Map<string, Entry>();
  const workers = new Map<string, Worker>();
  const running = new Set<Promise<void>>();
  let resting = false;
  let closed = false;
  let waiters: (() => void)[] = [];

  const settle = () => {
    if (entries.size > 0 && !closed) return;
    for (const wake of waiters) wake();
    waiters = [];
  };
  const wait = (entry: Entry, milliseconds: number) => {
    entry.state = milliseconds > 0 ? "delayed" : "waiting";
    if (milliseconds === 0) return;
    entry.timer = setTimeout(() => {
      entry.state = "waiting";
      pump(entry.definition.name);
    }, milliseconds);
  };
  const runOne = async (worker: Worker, entry: Entry) => {
    entry.attempt += 1;
    const end = await runAttempt(worker.definition, worker.handler, worker.giveUp, {
      payload: structuredClone(entry.payload),
      jobId: entry.id,
      attempt: entry.attempt,
    });
    worker.active -= 1;
    if (end.kind === "retry") wait(entry, worker.definition.backoffMs * 2 ** (entry.attempt - 1));
    else if (end.kind === "unburied") {
      entry.attempt -= 1;
      wait(entry, 1_000);
    } else entries.delete(entry.id);
  };
  const pump = (name: string) => {
    const worker = workers.get(name);
    if (!worker || resting) return;
    for (const entry of entries.values()) {
      if (worker.active >= worker.definition.concurrency) return;
      if (entry.definition.name !== name || entry.state !== "waiting") continue;
      entry.state = "active";
      worker.active += 1;
      const work: Promise<void> = runOne(worker, entry).finally(() => {
        running.delete(work);
        settle();
        pump(name);
      });
      running.add(work);
    }
  };

  const stopWork = async () => {
    resting = true;
    await Promise.all(running);
  };

  return {
    kind: "inline",
    async add(jobs) {
      // all or none: the first job that does not fit keeps the others out
      const ready = jobs.map(readyJob);
      for (const job of ready) {
        if (entries.has(job.id)) continue;
        const entry: Entry = { ...job, attempt: 0, state: "waiting", queuedAt: new Date().toISOString() };
        entries.set(job.id, entry);
        wait(entry, job.delayMs);
      }
      for (const name of new Set(ready.map((job) => job.definition.name))) queueMicrotask(() => pump(name));
    },
    wasEmptied: async () => false,
    work(definition, handler, giveUp) {
      workers.set(definition.name, { definition, handler, giveUp, active: 0 });
      queueMicrotask(() => pump(definition.name));
    },
    async counts() {
      const counts: Awaited<ReturnType<QueuePort["counts"]>> = {};
      for (const { definition, state, queuedAt } of entries.values()) {
        const count = counts[definition.name] ?? { waiting: 0, active: 0, delayed: 0, failed: 0, oldest: null };
        count[state] += 1;
        // in the order they came
        if (state === "waiting") count.oldest ??= queuedAt;
        counts[definition.name] = count;
      }
      return counts;
    },
    stopWork,
    async close() {
      closed = true;
      for (const entry of entries.values()) clearTimeout(entry.timer);
      await stopWork();
      settle();
    },
    async idle() {
      if (entries.size === 0 || closed) return;
      await new Promise<void>((resolve) => waiters.push(resolve));
    },
  };
}
