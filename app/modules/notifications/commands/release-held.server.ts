import type { Ctx } from "~/platform/context";

const BATCH = 1_000;

/**
 * Lets go of mails whose hold is over: their reader's quiet hours have ended, or the recipient's domain may get more.
 * Each is let go by one sweep only. A crash before they are queued leaves ordinary waiting mails, which the sweep for
 * lost mails finds.
 * @returns ids of at most a thousand mails to hand over; ask again while there are that many
 */
export async function releaseHeld(ctx: Ctx): Promise<{ mailIds: string[]; more: boolean }> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE mail SET send_after = NULL WHERE id IN (
      SELECT id FROM mail WHERE state = 'queued' AND send_after <= ${ctx.clock.now()}
      ORDER BY send_after, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ) RETURNING id`;
  return { mailIds: rows.map((row) => row.id), more: rows.length === BATCH };
}
