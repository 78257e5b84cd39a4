import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { newId } from "~/platform/ids";

type Dead = { name: string; jobId: string; payload: unknown; code: string; message: string; attempts?: number };

/**
 * Keeps a job that was given up, where a person can read, replay or drop it. One row per job id: giving up again after
 * a replay opens the same row again. Payloads hold ids only and are kept as they are.
 */
export async function recordDeadLetter(ctx: Ctx, dead: Dead): Promise<void> {
  const content = {
    jobName: dead.name,
    payload: (dead.payload ?? {}) as Prisma.InputJsonValue,
    errorCode: dead.code,
    error: dead.message.slice(0, 2_000),
    attempts: dead.attempts ?? null,
    createdAt: ctx.clock.now(),
  };
  await ctx.db.deadLetter.upsert({
    where: { queue_jobId: { queue: dead.name, jobId: dead.jobId } },
    create: { id: newId(), queue: dead.name, jobId: dead.jobId, ...content },
    update: { ...content, resolvedAt: null, resolution: null, resolvedById: null },
  });
  ctx.log.error({ job: dead.jobId, code: dead.code }, "job given up");
}
