import { z } from "zod";
import type { Ctx } from "~/platform/context";
import type { Sample } from "~/platform/metrics.server";
import { isAlive } from "../domain/health";

const DAY_MS = 86_400_000;

const queues = z.record(
  z.string(),
  z.object({
    ...{ waiting: z.number(), active: z.number(), delayed: z.number(), failed: z.number() },
    oldest: z.iso.datetime().nullish(),
  }),
);

/**
 * The state of the whole exchange as numbers, for machines that watch: outbox, queues, mails, dead letters, sweeps, workers.
 * The same on every process; no names, addresses or texts. Each count is one index scan.
 */
export async function exchangeState(ctx: Pick<Ctx, "db" | "clock">): Promise<Sample[]> {
  const now = ctx.clock.now();
  const age = (at: Date | string | null | undefined) =>
    at ? Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000) : 0;
  const day = new Date(now.getTime() - DAY_MS);
  const [events, undone, waiting, failed, sent, letters, sweeps, beats] = await Promise.all([
    ctx.db.outboxEvent.aggregate({ where: { relayedAt: null }, _count: true, _min: { createdAt: true } }),
    ctx.db.$queryRaw<{ count: number; oldest: Date | null }[]>`
      SELECT count(*)::int AS count, min(created_at) AS oldest FROM outbox_event WHERE waiting <> '{}'`,
    ctx.db.mail.groupBy({
      by: ["state"],
      where: { state: { in: ["queued", "sending"] } },
      _count: true,
      _min: { createdAt: true },
    }),
    ctx.db.mail.count({ where: { state: "failed", createdAt: { gte: day } } }),
    ctx.db.mail.count({ where: { sentAt: { gte: day } } }),
    ctx.db.deadLetter.groupBy({ by: ["jobName", "errorCode"], where: { resolvedAt: null }, _count: true }),
    ctx.db.sweepRun.findMany(),
    ctx.db.workerBeat.findMany({ where: { seenAt: { gte: day } }, orderBy: { seenAt: "desc" }, take: 100 }),
  ]);
  const alive = beats.filter((beat) => isAlive(beat, now));
  const parsed = queues.safeParse(alive[0]?.queues);
  const state = (name: "queued" | "sending") => waiting.find((row) => row.state === name);
  const samples: Sample[] = [];
  const say = (name: string, help: string, value: number, labels?: Record<string, string>) =>
    samples.push({ name: `cungcau_${name}`, help, value, ...(labels ? { labels } : {}) });

  say("outbox_waiting", "Events that no relay has handed to the queue yet", events._count);
  say("outbox_oldest_seconds", "Age of the oldest of them", age(events._min.createdAt));
  say("events_undone", "Events whose jobs are neither done nor given up", undone[0]?.count ?? 0);
  say("events_undone_oldest_seconds", "Age of the oldest of them", age(undone[0]?.oldest));
  for (const name of ["queued", "sending"] as const)
    say("mails", "Mails by state; sent and failed: of the last day", state(name)?._count ?? 0, { state: name });
  say("mails", "", sent, { state: "sent" });
  say("mails", "", failed, { state: "failed" });
  const oldest = [state("queued"), state("sending")].flatMap((row) => row?._min.createdAt ?? []);
  say("mails_oldest_waiting_seconds", "Age of the oldest mail that waits", Math.max(0, ...oldest.map(age)));
  for (const row of letters)
    say("dead_letters", "Jobs given up that wait for a decision", row._count, {
      job: row.jobName,
      code: row.errorCode,
    });
  for (const row of sweeps) {
    const labels = { sweep: row.name };
    say(
      "sweep_last_success_timestamp_seconds",
      "When a regular task last ended well",
      (row.succeededAt?.getTime() ?? 0) / 1000,
      labels,
    );
    say("sweep_last_duration_seconds", "How long its last run took", (row.durationMs ?? 0) / 1000, labels);
    say("sweep_failures", "Runs that failed since", row.failures, labels);
  }
  say("workers_alive", "Workers that said within a minute that they live", alive.length);
  for (const [queue, of] of Object.entries(parsed.success ? parsed.data : {})) {
    for (const which of ["waiting", "active", "delayed", "failed"] as const)
      say("queue_jobs", "Jobs in the queue by state", of[which], { queue, state: which });
    say("queue_oldest_waiting_seconds", "Age of the oldest job that waits for a worker", age(of.oldest), { queue });
  }
  return samples;
}
