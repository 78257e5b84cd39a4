import type { Prisma } from "~/generated/prisma/client";
import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import { faultPoint } from "~/platform/fault-points.server";
import { jobScope } from "~/platform/job-scope";
import type { MailPort } from "~/platform/ports/mail";
import { JobError } from "~/platform/ports/queue";
import { DIGEST } from "../domain/keys";
import { MAIL_TRANSITIONS, MAX_CLAIMS } from "../domain/mail-states";
import { topicOf } from "../domain/topics";
import { stoppedAmong } from "../queries/suppressions.server";
import { MAIL_TO_WRITE, writeMail } from "../queries/write-mail.server";
import { headersOf } from "./mail-headers";
import { recordRefusal } from "./record-refusal.server";
import { defer, postpone, refuse, STOPPED } from "./settle-mail.server";

/** Mails go on while the database is away for this part of the time after which another worker takes them over. */
const SETTLE_SHARE = 0.6;
const SETTLE_PAUSE_MS = 250;
const SETTLE_LIMIT_MS = 110_000;

const CLAIMED = {
  ...MAIL_TO_WRITE,
  toAddress: true,
  messageId: true,
  attempts: true,
  claimedAt: true,
  requestId: true,
} satisfies Prisma.MailSelect;
type ClaimedMail = Prisma.MailGetPayload<{ select: typeof CLAIMED }> & { stopped: boolean };
type Claim = ClaimedMail | "nothing-to-do" | "held-by-another";

export type Delivery = (
  mailId: string,
  lastAttempt: boolean,
  signal?: AbortSignal,
) => Promise<"sent" | "nothing-to-do">;

/** Hands one mail to the mail server; see `createDelivery`. */
export async function deliverMail(
  ctx: Ctx,
  port: MailPort,
  mailId: string,
  lastAttempt: boolean,
): Promise<"sent" | "nothing-to-do"> {
  return createDelivery(() => ctx, port)(mailId, lastAttempt);
}

/**
 * Hands mails to the mail server: claim (committed), send, mark (committed). The server is never spoken to inside a
 * transaction. A crash anywhere leaves a claimed row that is taken over after MAIL_TAKEOVER_MS: the mail goes out at
 * least once, every time with the same Message-ID. Mails that are on their way side by side are claimed and marked
 * together; each goes to the server, and is marked, without waiting for a neighbour's answer.
 * @throws JobError "mail.claimed" when another worker holds it, "mail.temporary" when the server may take it later,
 * "mail.refused" when it never will
 */
export function createDelivery(ctxOf: () => Ctx, port: MailPort): Delivery {
  const claim = coalesce((ids: string[]) => claimAll(ctxOf(), ids));
  const settle = coalesce((ids: string[]) => settleAll(ctxOf(), ids), { limitMs: SETTLE_LIMIT_MS });
  return (mailId, lastAttempt, signal) => deliver(ctxOf(), port, { claim, settle }, { mailId, lastAttempt, signal });
}

async function claimAll(ctx: Ctx, ids: string[]): Promise<Claim[]> {
  const now = ctx.clock.now();
  const stale = new Date(now.getTime() - ctx.env.MAIL_TAKEOVER_MS);
  const claimed = await ctx.db.mail.updateManyAndReturn({
    where: {
      id: { in: ids },
      OR: [
        { state: { in: [...MAIL_TRANSITIONS.claim.from] }, OR: [{ sendAfter: null }, { sendAfter: { lte: now } }] },
        { state: "sending", claimedAt: { lt: stale } },
      ],
    },
    data: { state: MAIL_TRANSITIONS.claim.to, claimedAt: now, attempts: { increment: 1 } },
    select: CLAIMED,
  });
  const stopped = await stoppedAmong(
    ctx.db,
    claimed.map((mail) => mail.toAddress),
  );
  const mine = new Map(
    claimed.map((mail) => [mail.id, { ...mail, stopped: stopped.has(mail.toAddress.toLowerCase()) }]),
  );
  const others = ids.filter((id) => !mine.has(id));
  const sending = others.length === 0 ? [] : await stillSending(ctx, others);
  return ids.map((id) => mine.get(id) ?? (sending.includes(id) ? "held-by-another" : "nothing-to-do"));
}

/** Of mails that could not be claimed: those somebody is at work on. The rest is over, gone, or held until its time. */
async function stillSending(ctx: Ctx, ids: string[]): Promise<string[]> {
  const rows = await ctx.db.mail.findMany({ where: { id: { in: ids }, state: "sending" }, select: { id: true } });
  return rows.map((row) => row.id);
}

/**
 * Marks mails that the server accepted, and goes on trying while the database is away: what was accepted and is not
 * marked goes out twice.
 */
async function settleAll(ctx: Ctx, ids: string[]): Promise<null[]> {
  const until = performance.now() + ctx.env.MAIL_TAKEOVER_MS * SETTLE_SHARE;
  for (;;) {
    try {
      faultPoint("deliver:before-commit");
      // one statement that commits itself: the shorter the way, the fewer mails a crash can make go out twice
      await ctx.db.mail.updateMany({
        // also when another worker took it over meanwhile: it was accepted, so nobody need send it again
        where: { id: { in: ids }, state: { in: [...MAIL_TRANSITIONS.accepted.from] } },
        data: { state: MAIL_TRANSITIONS.accepted.to, sentAt: ctx.clock.now(), claimedAt: null, lastError: null },
      });
      return ids.map(() => null);
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS));
    }
  }
}

async function deliver(
  ctx: Ctx,
  port: MailPort,
  { claim, settle }: { claim: (id: string) => Promise<Claim>; settle: (id: string) => Promise<null> },
  { mailId, lastAttempt, signal }: { mailId: string; lastAttempt: boolean; signal?: AbortSignal },
): Promise<"sent" | "nothing-to-do"> {
  const mail = await claim(mailId);
  if (mail === "nothing-to-do") return "nothing-to-do";
  if (mail === "held-by-another") {
    // its holder is at work or died a moment ago; after the last try the sweep comes back to it
    if (lastAttempt) return "nothing-to-do";
    throw new JobError("mail.claimed", `Mail ${mailId} is claimed by another worker`);
  }
  faultPoint("deliver:after-claim");
  const scope = jobScope();
  if (scope && mail.requestId) scope.requestId = mail.requestId;

  if (mail.attempts > MAX_CLAIMS) {
    await refuse(ctx, mailId, `given up after ${MAX_CLAIMS} claims`);
    throw new JobError("mail.refused", `Mail ${mailId} was claimed ${MAX_CLAIMS} times and never accepted`);
  }
  if (mail.stopped && (mail.kind === DIGEST || topicOf(mail.kind) !== "security")) {
    await refuse(ctx, mailId, STOPPED);
    return "nothing-to-do";
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
  const outgoing = {
    ...content,
    messageId: mail.messageId,
    from: ctx.env.MAIL_FROM,
    to: mail.toAddress,
    bulk: mail.kind === DIGEST,
    headers: headersOf(mail.locale, stopUrl),
  };
  const outcome = await port.send(outgoing, signal);
  if (outcome.accepted) {
    faultPoint("deliver:after-250");
    await settle(mailId);
    ctx.log.info({ mailId, kind: mail.kind, attempts: mail.attempts }, "mail accepted");
    return "sent";
  }
  if (outcome.retryAfterMs !== undefined) {
    await defer(ctx, mailId, outcome.retryAfterMs);
    return "nothing-to-do";
  }
  const reason = `${outcome.code} ${outcome.response}`;
  if (outcome.temporary && !lastAttempt) {
    await postpone(ctx, mailId, reason, mail.claimedAt ?? undefined);
    throw new JobError("mail.temporary", `The mail server could not take mail ${mailId} yet: ${outcome.code}`);
  }
  await refuse(ctx, mailId, reason);
  if (!outcome.temporary) await recordRefusal(ctx, { mailId, address: mail.toAddress, source: "smtp" }, outcome);
  throw new JobError(
    outcome.temporary ? "mail.temporary" : "mail.refused",
    `The mail server did not take mail ${mailId}: ${outcome.code}`,
  );
}
