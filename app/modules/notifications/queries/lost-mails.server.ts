import type { Ctx } from "~/platform/context";

const BATCH = 500;
/** A mail that has waited this long should have a job; queueing it again is harmless when it has. */
const WAITED_MS = 60_000;

/**
 * Ids of mails that may have lost their job: still waiting after a minute, or claimed by a worker that died. Queueing
 * them under their derived ids does nothing where the job still exists.
 */
export async function lostMails(ctx: Ctx): Promise<string[]> {
  const now = ctx.clock.now().getTime();
  const rows = await ctx.db.mail.findMany({
    where: {
      OR: [
        { state: "queued", createdAt: { lt: new Date(now - WAITED_MS) } },
        { state: "sending", claimedAt: { lt: new Date(now - ctx.env.MAIL_TAKEOVER_MS) } },
      ],
    },
    orderBy: { createdAt: "asc" },
    take: BATCH,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}
