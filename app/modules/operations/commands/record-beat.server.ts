import type { Ctx } from "~/platform/context";
import type { QueuePort } from "~/platform/ports/queue";

/** Workers that ended or died are shown this long. Milliseconds. */
const KEEP_MS = 7 * 86_400_000;

export type Beat = {
  workerId: string;
  host: string;
  pid: number;
  startedAt: Date;
  queueKind: QueuePort["kind"];
  queues: Awaited<ReturnType<QueuePort["counts"]>>;
  /** the relay is connected and hears of events at once */
  listening: boolean;
};

/** A worker says that it lives, what waits in its queues and whether its relay hears. */
export async function recordBeat(ctx: Ctx, beat: Beat): Promise<void> {
  const { workerId, ...facts } = beat;
  const seenAt = ctx.clock.now();
  await ctx.db.workerBeat.upsert({
    where: { id: workerId },
    create: { id: workerId, ...facts, seenAt },
    update: { seenAt, queues: facts.queues, listening: facts.listening },
  });
}

/** A worker ends in order. Forgets those that ended or died long ago. */
export async function recordWorkerEnd(ctx: Ctx, workerId: string): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.workerBeat.updateMany({ where: { id: workerId }, data: { stoppedAt: now, seenAt: now } });
  await ctx.db.workerBeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - KEEP_MS) } } });
}
