import type { Verdict } from "./file-census";

/** A worker that was silent this long is not counted: it beats every few seconds. Milliseconds. */
export const WORKER_SILENT_MS = 45_000;
/** An event waits milliseconds when all is well; this long means that no relay takes it. */
export const EVENT_LATE_MS = 60_000;
/** Mails are tried again for a while when the server says "later"; after this long somebody should look. */
export const MAIL_LATE_MS = 30 * 60_000;
/** A listing's change should be found by searching within this time. */
export const INDEX_LATE_MS = 5 * 60_000;
/** A sweep may be late by this much whatever its interval: restarts happen. */
const SWEEP_GRACE_MS = 5 * 60_000;

export type SweepFacts = {
  everyMs: number;
  startedAt: Date;
  finishedAt: Date | null;
  succeededAt: Date | null;
  failures: number;
};
export type SweepHealth = "fine" | "failing" | "late";

/** Does a sweep do its work? "late": it has not come to an end for three intervals, so it hangs or nobody runs it. */
export function sweepHealth(sweep: SweepFacts, now: Date): SweepHealth {
  const last = sweep.finishedAt ?? sweep.succeededAt ?? sweep.startedAt;
  if (now.getTime() - last.getTime() > 3 * sweep.everyMs + SWEEP_GRACE_MS) return "late";
  return sweep.failures > 0 ? "failing" : "fine";
}

export function isAlive(worker: { seenAt: Date; stoppedAt: Date | null }, now: Date): boolean {
  return worker.stoppedAt === null && now.getTime() - worker.seenAt.getTime() <= WORKER_SILENT_MS;
}

export type Attention =
  | "unattended"
  | "no-worker"
  | "not-listening"
  | "events-late"
  | "mails-late"
  | "sweeps"
  | "index-late"
  | "dead-letters"
  | "mails-failed"
  | "files-missing"
  | "files-foreign";

export type HealthFacts = {
  now: Date;
  workersAlive: number;
  listening: boolean;
  oldestEvent: Date | null;
  oldestMail: Date | null;
  unhealthySweeps: number;
  indexBehindSince: Date | null;
  deadLetters: number;
  mailsFailed: number;
  /** people who are no brokers any more and still have open files */
  unattended: number;
  /** what the last count of the store of files came to */
  files: Verdict | null;
};

/** What an administrator should look at, the most urgent first; empty when all is well. */
export function attentions(facts: HealthFacts): Attention[] {
  const late = (since: Date | null, ms: number) => since !== null && facts.now.getTime() - since.getTime() > ms;
  const found: [Attention, boolean][] = [
    ["no-worker", facts.workersAlive === 0],
    ["not-listening", facts.workersAlive > 0 && !facts.listening],
    ["events-late", late(facts.oldestEvent, EVENT_LATE_MS)],
    ["mails-late", late(facts.oldestMail, MAIL_LATE_MS)],
    ["sweeps", facts.unhealthySweeps > 0],
    ["index-late", late(facts.indexBehindSince, INDEX_LATE_MS)],
    ["unattended", facts.unattended > 0],
    ["dead-letters", facts.deadLetters > 0],
    ["mails-failed", facts.mailsFailed > 0],
    ["files-missing", facts.files === "missing"],
    ["files-foreign", facts.files === "foreign"],
  ];
  return found.filter(([, holds]) => holds).map(([name]) => name);
}
