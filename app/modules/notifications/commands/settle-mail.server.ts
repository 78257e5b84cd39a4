import type { Ctx } from "~/platform/context";
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
