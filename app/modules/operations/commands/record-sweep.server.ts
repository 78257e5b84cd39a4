import type { Ctx } from "~/platform/context";

type Sweep = { name: string; everyMs: number };

/** A sweep begins; what it said last stays to be read meanwhile. */
export async function recordSweepStart(ctx: Ctx, { name, everyMs }: Sweep): Promise<void> {
  const startedAt = ctx.clock.now();
  await ctx.db.sweepRun.upsert({
    where: { name },
    create: { name, everyMs, startedAt },
    update: { everyMs, startedAt, finishedAt: null },
  });
}

/** A sweep came to its end: with the number of rows it changed, or with an error's code. */
export async function recordSweepEnd(
  ctx: Ctx,
  { name }: Sweep,
  end: { durationMs: number } & ({ found: number } | { errorCode: string }),
): Promise<void> {
  const now = ctx.clock.now();
  const durationMs = Math.round(end.durationMs);
  await ctx.db.sweepRun.updateMany({
    where: { name },
    data:
      "found" in end
        ? {
            finishedAt: now,
            succeededAt: now,
            durationMs,
            found: end.found,
            ...(end.found > 0 ? { foundAt: now } : {}),
            errorCode: null,
            failures: 0,
          }
        : { finishedAt: now, durationMs, errorCode: end.errorCode, failures: { increment: 1 } },
  });
}
