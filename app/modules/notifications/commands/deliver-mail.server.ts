import type { Ctx } from "~/platform/context";
import { faultPoint } from "~/platform/fault-points.server";
import type { MailPort } from "~/platform/ports/mail";
import { JobError } from "~/platform/ports/queue";
import { DIGEST } from "../domain/keys";
import { MAIL_TRANSITIONS, MAX_CLAIMS } from "../domain/mail-states";
import { MAIL_TO_WRITE, writeMail } from "../queries/write-mail.server";
import { headersOf } from "./mail-headers";
import { defer, postpone, refuse } from "./settle-mail.server";

/**
 * Hands one mail to the mail server: claim (committed), send, mark (committed). The server is never spoken to inside a
 * transaction. A crash anywhere leaves a claimed row that is taken over after MAIL_TAKEOVER_MS: the mail goes out at
 * least once, every time with the same Message-ID.
 * @throws JobError "mail.claimed" when another worker holds it, "mail.temporary" when the server may take it later,
 * "mail.refused" when it never will
 */
export async function deliverMail(
  ctx: Ctx,
  port: MailPort,
  mailId: string,
  lastAttempt: boolean,
): Promise<"sent" | "nothing-to-do"> {
  const now = ctx.clock.now();
  const stale = new Date(now.getTime() - ctx.env.MAIL_TAKEOVER_MS);
  const claimed = await ctx.db.mail.updateMany({
    where: {
      id: mailId,
      OR: [
        { state: { in: [...MAIL_TRANSITIONS.claim.from] }, OR: [{ sendAfter: null }, { sendAfter: { lte: now } }] },
        { state: "sending", claimedAt: { lt: stale } },
      ],
    },
    data: { state: MAIL_TRANSITIONS.claim.to, claimedAt: now, attempts: { increment: 1 } },
  });
  const mail = await ctx.db.mail.findUnique({
    where: { id: mailId },
    select: { ...MAIL_TO_WRITE, state: true, toAddress: true, messageId: true, attempts: true, sendAfter: true },
  });
  if (!mail || mail.state === "sent" || mail.state === "failed") return "nothing-to-do";
  if (claimed.count === 0) {
    // held: the sweep queues it when its time has come
    if (mail.state === "queued" && mail.sendAfter && mail.sendAfter > now) return "nothing-to-do";
    // its holder is at work or died a moment ago; after the last try the sweep comes back to it
    if (lastAttempt) return "nothing-to-do";
    throw new JobError("mail.claimed", `Mail ${mailId} is claimed by another worker`);
  }
  faultPoint("deliver:after-claim");

  if (mail.attempts > MAX_CLAIMS) {
    await refuse(ctx, mailId, `given up after ${MAX_CLAIMS} claims`);
    throw new JobError("mail.refused", `Mail ${mailId} was claimed ${MAX_CLAIMS} times and never accepted`);
  }
  const written = await writeMail(ctx, mail);
  if (!written) {
    await refuse(ctx, mailId, `unknown template ${mail.kind}`);
    throw new JobError("mail.refused", `Mail ${mailId} has an unknown template`);
  }
  const { outdated, stopUrl, ...content } = written;
  if (outdated) {
    await refuse(ctx, mailId, "no news any more");
    return "nothing-to-do";
  }
  const outcome = await port.send({
    ...content,
    messageId: mail.messageId,
    from: ctx.env.MAIL_FROM,
    to: mail.toAddress,
    bulk: mail.kind === DIGEST,
    headers: headersOf(mail.locale, stopUrl),
  });
  if (outcome.accepted) {
    faultPoint("deliver:after-250");
    await ctx.db.$transaction(async (tx) => {
      // also when another worker took it over meanwhile: it was accepted, so nobody need send it again
      await tx.mail.updateMany({
        where: { id: mailId, state: { in: [...MAIL_TRANSITIONS.accepted.from] } },
        data: { state: MAIL_TRANSITIONS.accepted.to, sentAt: ctx.clock.now(), claimedAt: null, lastError: null },
      });
      faultPoint("deliver:before-commit");
    });
    return "sent";
  }
  if (outcome.retryAfterMs !== undefined) {
    await defer(ctx, mailId, outcome.retryAfterMs);
    return "nothing-to-do";
  }
  const reason = `${outcome.code} ${outcome.response}`;
  if (outcome.temporary && !lastAttempt) {
    await postpone(ctx, mailId, reason, now);
    throw new JobError("mail.temporary", `The mail server could not take mail ${mailId} yet: ${outcome.code}`);
  }
  await refuse(ctx, mailId, reason);
  throw new JobError(
    outcome.temporary ? "mail.temporary" : "mail.refused",
    `The mail server did not take mail ${mailId}: ${outcome.code}`,
  );
}
