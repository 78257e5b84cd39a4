import { z } from "zod";
import type { MailState } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { type Reason, reasonOfJob, reasonOfMail } from "../domain/failure-reasons";
import { type Verdict, verdictSchema } from "../domain/file-census";
import { type Attention, attentions, isAlive, type SweepHealth, sweepHealth } from "../domain/health";
import { mayOperate } from "../policy";
import { type IndexLag, indexLag } from "./index-lag.server";
import { fileHolders } from "./open-files.server";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const counts = z.record(
  z.string(),
  z.object({
    ...{ waiting: z.number(), active: z.number(), delayed: z.number(), failed: z.number() },
    // a worker of the last release does not say it
    oldest: z.iso.datetime().nullish(),
  }),
);

export type QueueView = {
  name: string;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  /** when the job that waits longest was queued */
  oldest: Date | null;
};
export type WorkerView = {
  id: string;
  host: string;
  pid: number;
  startedAt: Date;
  seenAt: Date;
  alive: boolean;
  stopped: boolean;
  listening: boolean;
};
export type SweepView = {
  name: string;
  everyMs: number;
  startedAt: Date;
  running: boolean;
  succeededAt: Date | null;
  durationMs: number | null;
  found: number;
  foundAt: Date | null;
  errorCode: string | null;
  failures: number;
  health: SweepHealth;
};
export type FailureView = {
  reason: Reason;
  /** where it stands: jobs that were given up, or mails that were not delivered */
  kind: "job" | "mail";
  /** job's or mail's name and the code as logged, to filter the list by */
  name: string | null;
  code: string;
  count: number;
  newest: Date;
};
/** The store of files as it was last counted. */
export type FilesView = {
  countedAt: Date;
  verdict: Verdict;
  place: string;
  objects: number;
  bytes: number;
  orphans: number;
  missing: number;
  pruned: number;
  prunedEver: number;
};
export type OperatorOverview = {
  now: Date;
  attention: Attention[];
  workers: WorkerView[];
  queueKind: string | null;
  queues: { seenAt: Date; rows: QueueView[] } | null;
  throughput: { key: "events" | "notices" | "mails" | "matches"; hour: number; day: number }[];
  waiting: { events: number; oldestEvent: Date | null; mails: number; oldestMail: Date | null };
  mails: Record<MailState, number>;
  failures: FailureView[];
  deadLetters: number;
  sweeps: SweepView[];
  index: IndexLag;
  files: FilesView | null;
};

/** How the background half of the exchange does, on all machines; null for everybody but administrators. */
export async function operatorOverview(ctx: Ctx): Promise<OperatorOverview | null> {
  if (!mayOperate(ctx.actor)) return null;
  const now = ctx.clock.now();
  const [workers, sweeps, throughput, waiting, mails, failures, index, holders, files] = await Promise.all([
    workersOf(ctx, now),
    sweepsOf(ctx, now),
    throughputOf(ctx, now),
    waitingOf(ctx),
    mailsByState(ctx),
    failuresOf(ctx, now),
    indexLag(ctx),
    fileHolders(ctx),
    filesOf(ctx),
  ]);
  const alive = workers.rows.filter((worker) => worker.alive);
  const deadLetters = failures.filter((one) => one.kind === "job").reduce((sum, one) => sum + one.count, 0);
  return {
    now,
    attention: attentions({
      now,
      workersAlive: alive.length,
      listening: alive.some((worker) => worker.listening),
      oldestEvent: waiting.oldestEvent,
      oldestMail: waiting.oldestMail,
      unhealthySweeps: sweeps.filter((sweep) => sweep.health !== "fine").length,
      indexBehindSince: index.since,
      deadLetters,
      unattended: (holders ?? []).filter((holder) => !holder.broker).length,
      mailsFailed: failures.filter((one) => one.kind === "mail").reduce((sum, one) => sum + one.count, 0),
      files: files?.verdict ?? null,
    }),
    workers: workers.rows,
    queueKind: workers.queueKind,
    queues: workers.queues,
    throughput,
    waiting,
    mails,
    failures,
    deadLetters,
    sweeps,
    index,
    files,
  };
}

async function filesOf(ctx: Ctx): Promise<FilesView | null> {
  const row = await ctx.db.fileCensus.findUnique({ where: { id: 1 } });
  if (!row) return null;
  const { id: _id, young: _young, verdict, bytes, ...rest } = row;
  return { ...rest, bytes: Number(bytes), verdict: verdictSchema.parse(verdict) };
}

async function workersOf(ctx: Ctx, now: Date) {
  const rows = await ctx.db.workerBeat.findMany({
    where: { seenAt: { gte: new Date(now.getTime() - DAY_MS) } },
    orderBy: { seenAt: "desc" },
    take: 20,
  });
  const [newest] = rows.filter((row) => isAlive(row, now));
  const parsed = newest ? counts.safeParse(newest.queues) : null;
  return {
    rows: rows.map(({ queues: _queues, queueKind: _kind, stoppedAt, ...row }) => ({
      ...row,
      alive: isAlive({ seenAt: row.seenAt, stoppedAt }, now),
      stopped: stoppedAt !== null,
    })),
    queueKind: newest?.queueKind ?? null,
    queues:
      newest && parsed?.success
        ? {
            seenAt: newest.seenAt,
            rows: Object.entries(parsed.data).map(([name, { oldest, ...of }]) => ({
              name,
              ...of,
              oldest: oldest ? new Date(oldest) : null,
            })),
          }
        : null,
  };
}

async function sweepsOf(ctx: Ctx, now: Date): Promise<SweepView[]> {
  const rows = await ctx.db.sweepRun.findMany({ orderBy: { name: "asc" } });
  return rows.map(({ finishedAt, ...row }) => ({
    ...row,
    running: finishedAt === null,
    health: sweepHealth({ ...row, finishedAt }, now),
  }));
}

async function throughputOf(ctx: Ctx, now: Date): Promise<OperatorOverview["throughput"]> {
  const hour = new Date(now.getTime() - HOUR_MS);
  const day = new Date(now.getTime() - DAY_MS);
  const rows = await ctx.db.$queryRaw<{ key: "events" | "notices" | "mails" | "matches"; hour: number; day: number }[]>`
    SELECT 'events' AS key, count(*) FILTER (WHERE relayed_at >= ${hour})::int AS hour, count(*)::int AS day
      FROM outbox_event WHERE relayed_at >= ${day}
    UNION ALL SELECT 'notices', count(*) FILTER (WHERE created_at >= ${hour})::int, count(*)::int
      FROM notice WHERE created_at >= ${day}
    UNION ALL SELECT 'mails', count(*) FILTER (WHERE sent_at >= ${hour})::int, count(*)::int
      FROM mail WHERE sent_at >= ${day}
    UNION ALL SELECT 'matches', count(*) FILTER (WHERE computed_at >= ${hour})::int, count(*)::int
      FROM match_run WHERE computed_at >= ${day}`;
  return rows;
}

async function waitingOf(ctx: Ctx): Promise<OperatorOverview["waiting"]> {
  const mail = { state: { in: ["queued", "sending"] satisfies MailState[] } };
  const [events, event, mails] = await Promise.all([
    ctx.db.outboxEvent.count({ where: { relayedAt: null } }),
    ctx.db.outboxEvent.findFirst({
      where: { relayedAt: null },
      orderBy: { seq: "asc" },
      select: { createdAt: true },
    }),
    ctx.db.mail.aggregate({ where: mail, _count: true, _min: { createdAt: true } }),
  ]);
  return {
    events,
    oldestEvent: event?.createdAt ?? null,
    mails: mails._count,
    oldestMail: mails._min.createdAt,
  };
}

async function mailsByState(ctx: Ctx): Promise<Record<MailState, number>> {
  const rows = await ctx.db.mail.groupBy({ by: ["state"], _count: true });
  const none: Record<MailState, number> = { queued: 0, sending: 0, sent: 0, failed: 0 };
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row._count])) };
}

/** What was given up and waits for a decision, and mails of the last 30 days that were not delivered and have no open letter. */
async function failuresOf(ctx: Ctx, now: Date): Promise<FailureView[]> {
  const jobs = await ctx.db.deadLetter.groupBy({
    by: ["jobName", "errorCode"],
    where: { resolvedAt: null },
    _count: true,
    _max: { createdAt: true },
  });
  const since = new Date(now.getTime() - 30 * DAY_MS);
  // a mail that was not delivered has a letter of its own; here are those whose letter is settled or was never written
  const mails = await ctx.db.$queryRaw<{ code: string; count: number; newest: Date }[]>`
    SELECT split_part(coalesce(m.last_error, ''), ' ', 1) AS code, count(*)::int AS count, max(m.created_at) AS newest
      FROM mail m
     WHERE m.state = 'failed' AND m.created_at >= ${since} AND m.last_error IS DISTINCT FROM 'no news any more'
       AND NOT EXISTS (SELECT 1 FROM dead_letter d WHERE d.job_id = 'deliver-mail.' || m.id)
     GROUP BY 1`;
  const found: FailureView[] = [
    ...jobs.map((row) => ({
      reason: reasonOfJob(row.errorCode),
      kind: "job" as const,
      name: row.jobName,
      code: row.errorCode,
      count: row._count,
      newest: row._max.createdAt ?? now,
    })),
    ...mails.map(({ code, count, newest }) => ({
      reason: reasonOfMail(`${code} `),
      kind: "mail" as const,
      name: null,
      code,
      count,
      newest,
    })),
  ];
  return found.sort((a, b) => b.count - a.count || b.newest.getTime() - a.newest.getTime());
}
