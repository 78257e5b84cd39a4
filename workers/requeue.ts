import type { WorkContainer } from "~/platform/container.server";
import type { QueuedJob } from "~/platform/ports/queue";
import type { Subscription } from "~/platform/subscriptions";
import { jobsOf, type OutboxRow } from "./outbox-relay";

const PAGE = 500;
/** of one sweep: the rest is the next one's */
const PAGES = 20;
/** An event this long without its effect should have a job; queueing it again under its own id is harmless when it has. */
const UNDONE_MS = 60_000;

/**
 * Queues again the jobs of relayed events that are neither done nor given up: all of them when the queue lost everything
 * (or `all` is asked for), else those that nobody has looked at for a minute. Job ids derive from events, so a job that
 * still waits or runs stays the only one. @returns how many jobs were handed to the queue
 */
export async function requeueUndone(
  container: WorkContainer,
  subscriptions: readonly Subscription[],
  { all = false } = {},
): Promise<number> {
  const { db, clock } = container.ports;
  const everything = all || (await container.queue.wasEmptied());
  const now = clock.now();
  const before = everything ? now : new Date(now.getTime() - UNDONE_MS);
  let queued = 0;
  let after = 0n;
  for (let page = 0; everything || page < PAGES; page++) {
    const found = await db.$transaction(
      async (tx) => {
        const rows = await tx.$queryRaw<(OutboxRow & { waiting: string[]; seq: bigint })[]>`
          SELECT id, type, subject_id AS "subjectId", payload, waiting, seq FROM outbox_event
          WHERE waiting <> '{}' AND queued_at <= ${before} AND seq > ${after}
          ORDER BY seq LIMIT ${PAGE} FOR UPDATE SKIP LOCKED`;
        after = rows.at(-1)?.seq ?? after;
        if (rows.length === 0) return 0;
        // a job that only a newer release knows stays for that release's workers
        const jobs: QueuedJob[] = rows.flatMap((row) =>
          jobsOf(row, subscriptions).jobs.filter((job) => row.waiting.includes(job.definition.name)),
        );
        await container.queue.add(jobs);
        // not looked at again for a minute: a long backlog cannot hide what was lost behind it
        await tx.outboxEvent.updateMany({
          where: { id: { in: rows.map((row) => row.id) } },
          data: { queuedAt: clock.now() },
        });
        queued += jobs.length;
        return rows.length;
      },
      { maxWait: 10_000, timeout: 60_000 },
    );
    if (found < PAGE) break;
  }
  return queued;
}
