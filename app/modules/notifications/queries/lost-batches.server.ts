import type { Ctx } from "~/platform/context";

const BATCH = 1_000;
const WAITED_MS = 60_000;

/** Batches of digests that are waiting or on their way; mails that were held back go alone. */
export async function batchesAhead(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT batch_id)::int AS count FROM mail
    WHERE state IN ('queued', 'sending') AND batch_id IS NOT NULL AND send_after IS NULL`;
  return row?.count ?? 0;
}

/** Batches of digests that may have lost their job: some of them wait since a minute, or their worker died. */
export async function lostBatches(ctx: Ctx): Promise<string[]> {
  const now = ctx.clock.now().getTime();
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT batch_id AS id FROM mail
    WHERE state IN ('queued', 'sending') AND batch_id IS NOT NULL AND (
      (state = 'queued' AND send_after IS NULL AND created_at < ${new Date(now - WAITED_MS)})
      OR (state = 'sending' AND claimed_at < ${new Date(now - ctx.env.MAIL_TAKEOVER_MS)})
    ) LIMIT ${BATCH}`;
  return rows.map((row) => row.id);
}
