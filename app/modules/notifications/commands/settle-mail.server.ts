import type { Ctx } from "~/platform/context";
import { faultPoint } from "~/platform/fault-points.server";
import { MAIL_TRANSITIONS } from "../domain/mail-states";

/** Why a mail to an address that is no good was not even tried. */
export const STOPPED = "the address is stopped";

/**
 * The server accepted these mails. Also when another worker took one over meanwhile: it was accepted, so nobody need send
 * it again.
 */
export async function markSent(ctx: Ctx, mailIds: readonly string[]): Promise<void> {
  const { from, to } = MAIL_TRANSITIONS.accepted;
  await ctx.db.$executeRaw`
    UPDATE mail SET state = ${to}::"MailState", sent_at = ${ctx.clock.now()}, claimed_at = NULL, last_error = NULL
    WHERE id = ANY(${[...mailIds]}::uuid[]) AND state = ANY(${[...from]}::"MailState"[])`;
}

/** Marks go on being tried while the database is away for this part of the time after which another worker takes over. */
const SETTLE_SHARE = 0.6;
const SETTLE_PAUSE_MS = 250;
/** Longer than marks are tried: what joins them must not give up before. */
export const SETTLE_LIMIT_MS = 110_000;

/**
 * Marks mails that the server accepted, and goes on trying while the database is away: what was accepted and is not marked
 * goes out twice.
 */
export async function settleSent(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const until = performance.now() + ctx.env.MAIL_TAKEOVER_MS * SETTLE_SHARE;
  for (;;) {
    try {
      faultPoint("deliver:before-commit");
      // one statement that commits itself: the shorter the way, the fewer mails a crash can make go out twice
      return await markSent(ctx, ids);
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS));
    }
  }
}

/** The mail will not be sent (any more), and why. */
export async function refuse(ctx: Ctx, mailId: string, reason: string): Promise<void> {
  await ctx.db.mail.updateMany({
    where: { id: mailId, state: { in: [...MAIL_TRANSITIONS.refuse.from] } },
    data: { state: MAIL_TRANSITIONS.refuse.to, claimedAt: null, lastError: reason.slice(0, 300) },
  });
}

/** The server may take it later: back to waiting. `claimedAt` names the claim, so that nobody else's is ended. */
export async function postpone(ctx: Ctx, mailId: string, reason: string, claimedAt?: Date): Promise<void> {
  await ctx.db.mail.updateMany({
    where: { id: mailId, state: { in: [...MAIL_TRANSITIONS.postpone.from] }, ...(claimedAt ? { claimedAt } : {}) },
    data: { state: MAIL_TRANSITIONS.postpone.to, claimedAt: null, lastError: reason.slice(0, 300) },
  });
}

/** The recipient's domain has had enough for now: held, without counting as a try. A sweep lets it go. */
export async function defer(ctx: Ctx, mailId: string, milliseconds: number): Promise<void> {
  await ctx.db.mail.updateMany({
    where: { id: mailId, state: { in: [...MAIL_TRANSITIONS.postpone.from] } },
    data: {
      state: MAIL_TRANSITIONS.postpone.to,
      claimedAt: null,
      attempts: { decrement: 1 },
      sendAfter: new Date(ctx.clock.now().getTime() + milliseconds),
    },
  });
}
