import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import { faultPoint } from "~/platform/fault-points.server";
import { jobScope } from "~/platform/job-scope";
import type { MailPort } from "~/platform/ports/mail";
import { JobError } from "~/platform/ports/queue";
import { DIGEST } from "../domain/keys";
import { MAX_CLAIMS } from "../domain/mail-states";
import { topicOf } from "../domain/topics";
import { claimLetters, type Letter } from "../queries/letters.server";
import { writeLetter } from "../queries/write-mail.server";
import { headersOf } from "./mail-headers";
import { recordRefusal } from "./record-refusal.server";
import { defer, postpone, refuse, SETTLE_LIMIT_MS, STOPPED, settleSent } from "./settle-mail.server";

export type Claim = Letter | "nothing-to-do" | "held-by-another";
type Run = { lastAttempt: boolean; signal?: AbortSignal | undefined };
export type Delivered = "sent" | "nothing-to-do";

/** What handing mails over consists of; `deliver` does it all for one mail. */
export type Delivery = {
  deliver(mailId: string, lastAttempt: boolean, signal?: AbortSignal): Promise<Delivered>;
  /** one answer per id, in their order */
  claim(mailIds: readonly string[]): Promise<Claim[]>;
  /** hands over a claimed mail and marks it */
  send(claimed: Claim, mailId: string, run: Run): Promise<Delivered>;
};

/** Hands one mail to the mail server; see `createDelivery`. */
export async function deliverMail(ctx: Ctx, port: MailPort, mailId: string, lastAttempt: boolean): Promise<Delivered> {
  return createDelivery(() => ctx, port).deliver(mailId, lastAttempt);
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
  const claimOne = coalesce((ids: string[]) => claimAll(ctxOf(), ids));
  const settle = coalesce<string, null>(
    async (ids) => {
      await settleSent(ctxOf(), ids);
      return ids.map(() => null);
    },
    { limitMs: SETTLE_LIMIT_MS },
  );
  const send: Delivery["send"] = (claimed, mailId, run) => sendClaimed(ctxOf(), port, settle, claimed, mailId, run);
  return {
    claim: (ids) => claimAll(ctxOf(), ids),
    send,
    deliver: async (mailId, lastAttempt, signal) => send(await claimOne(mailId), mailId, { lastAttempt, signal }),
  };
}

async function claimAll(ctx: Ctx, ids: readonly string[]): Promise<Claim[]> {
  const now = ctx.clock.now();
  const stale = new Date(now.getTime() - ctx.env.MAIL_TAKEOVER_MS);
  const mine = new Map((await claimLetters(ctx.db, ids, now, stale)).map((letter) => [letter.id, letter]));
  const others = ids.filter((id) => !mine.has(id));
  const sending = others.length === 0 ? [] : await stillSending(ctx, others);
  return ids.map((id) => mine.get(id) ?? (sending.includes(id) ? "held-by-another" : "nothing-to-do"));
}

/** Of mails that could not be claimed: those somebody is at work on. The rest is over, gone, or held until its time. */
async function stillSending(ctx: Ctx, ids: string[]): Promise<string[]> {
  const rows = await ctx.db.mail.findMany({ where: { id: { in: ids }, state: "sending" }, select: { id: true } });
  return rows.map((row) => row.id);
}

async function sendClaimed(
  ctx: Ctx,
  port: MailPort,
  settle: (id: string) => Promise<null>,
  mail: Claim,
  mailId: string,
  { lastAttempt, signal }: Run,
): Promise<Delivered> {
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
  const written = await writeLetter(ctx, mail);
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
  const outcome = await port.send(outgoing, signal, () => {
    faultPoint("deliver:after-250");
    return settle(mailId);
  });
  if (outcome.accepted) {
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
