import type { Ctx } from "~/platform/context";

export const LOST_MAILS = 500;
/** A mail that has waited this long should have a job; queueing it again is harmless when it has. */
const WAITED_MS = 60_000;

/**
 * Ids of mails that may have lost their job: still waiting after a minute, or claimed by a worker that died. Queueing
 * them under their derived ids does nothing where the job still exists. At most LOST_MAILS at a time; `after` is the last
 * id of those already seen. (Digests go in batches: see lostBatches.)
 */
export async function lostMails(
  ctx: Ctx,
  { waitedMs = WAITED_MS, after }: { waitedMs?: number; after?: string } = {},
): Promise<string[]> {
  const now = ctx.clock.now().getTime();
  const rows = await ctx.db.mail.findMany({
    where: {
      ...(after ? { id: { gt: after } } : {}),
      OR: [
        { state: "queued", sendAfter: null, batchId: null, createdAt: { lte: new Date(now - waitedMs) } },
        { state: "sending", batchId: null, claimedAt: { lt: new Date(now - ctx.env.MAIL_TAKEOVER_MS) } },
      ],
    },
    orderBy: { id: "asc" },
    take: LOST_MAILS,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}
