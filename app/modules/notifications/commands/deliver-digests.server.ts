import type { Locale } from "~/generated/prisma/enums";
import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import type { MailPort } from "~/platform/ports/mail";
import { JobError } from "~/platform/ports/queue";
import { deliverJobId } from "../domain/keys";
import { MAX_CLAIMS } from "../domain/mail-states";
import type { WrittenMail } from "../domain/render-mail";
import { deliverMailJob } from "../jobs/deliver-mail.job";
import { stoppedAmong } from "../queries/suppressions.server";
import { writeDigests } from "../queries/write-digests.server";
import { headersOf } from "./mail-headers";
import { recordDeadLetter } from "./record-dead-letter.server";
import { recordRefusal } from "./record-refusal.server";
import { defer, markSent, postpone, refuse, STOPPED } from "./settle-mail.server";

/** Mails claimed at a time: what a crash leaves to be taken over. */
const CLAIM = 50;
/** Mails of one batch on their way at a time: what a crash may send twice. */
const AT_ONCE = 8;

type Claimed = {
  id: string;
  personId: string | null;
  toAddress: string;
  locale: Locale;
  messageId: string;
  attempts: number;
};

/**
 * Hands a batch of digests to the mail server, in sets: claim, write, send a few at a time, mark. What a mail is, and what
 * a crash does to it, is the same as for a single one (see deliverMail); what the server refuses lands in the dead letters
 * mail by mail.
 * @throws JobError "mail.temporary" when some may go later
 */
export async function deliverDigests(
  ctx: Ctx,
  port: MailPort,
  batchId: string,
  run: { lastAttempt: boolean; signal?: AbortSignal },
): Promise<{ sent: number }> {
  const sentNow = coalesce(async (ids: string[]) => {
    await markSent(ctx, ids);
    return ids;
  });
  let sent = 0;
  let later = 0;
  while (!run.signal?.aborted) {
    const claimed = await claim(ctx, batchId);
    if (claimed.length === 0) break;
    const stopped = await stoppedAmong(
      ctx.db,
      claimed.map((mail) => mail.toAddress),
    );
    const queue: Claimed[] = [];
    for (const mail of claimed) {
      if (stopped.has(mail.toAddress.toLowerCase())) await refuse(ctx, mail.id, STOPPED);
      else queue.push(mail);
    }
    const written = await writeDigests(ctx, queue);
    const lane = async () => {
      for (let mail = queue.shift(); mail; mail = queue.shift()) {
        const end = await sendOne(ctx, port, mail, written.get(mail.id), run.lastAttempt);
        if (end === "later") later += 1;
        if (end !== "sent") continue;
        await sentNow(mail.id);
        sent += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (later > 0) break;
  }
  if (later > 0) throw new JobError("mail.temporary", `${later} digests of batch ${batchId} could not be taken yet`);
  return { sent };
}

/** Claims waiting mails of the batch, and those whose worker died. */
function claim(ctx: Ctx, batchId: string): Promise<Claimed[]> {
  const now = ctx.clock.now();
  const stale = new Date(now.getTime() - ctx.env.MAIL_TAKEOVER_MS);
  return ctx.db.$queryRaw<Claimed[]>`
    UPDATE mail SET state = 'sending', claimed_at = ${now}, attempts = attempts + 1 WHERE id IN (
      SELECT id FROM mail WHERE batch_id = ${batchId}::uuid AND (
        (state = 'queued' AND (send_after IS NULL OR send_after <= ${now})) OR (state = 'sending' AND claimed_at < ${stale})
      ) ORDER BY id LIMIT ${CLAIM} FOR UPDATE SKIP LOCKED
    ) RETURNING id, person_id AS "personId", to_address AS "toAddress", locale::text AS locale,
      message_id AS "messageId", attempts`;
}

async function sendOne(
  ctx: Ctx,
  port: MailPort,
  mail: Claimed,
  write: (() => WrittenMail) | undefined,
  lastAttempt: boolean,
): Promise<"sent" | "later" | "over"> {
  if (mail.attempts > MAX_CLAIMS) return giveUp(ctx, mail.id, `given up after ${MAX_CLAIMS} claims`);
  if (!write) {
    await refuse(ctx, mail.id, "nothing to tell any more");
    return "over";
  }
  const { stopUrl, ...content } = write();
  const outcome = await port.send({
    ...content,
    messageId: mail.messageId,
    from: ctx.env.MAIL_FROM,
    to: mail.toAddress,
    bulk: true,
    headers: headersOf(mail.locale, stopUrl),
  });
  if (outcome.accepted) return "sent";
  if (outcome.retryAfterMs !== undefined) {
    await defer(ctx, mail.id, outcome.retryAfterMs);
    return "over";
  }
  const reason = `${outcome.code} ${outcome.response}`;
  if (outcome.temporary && !lastAttempt) {
    await postpone(ctx, mail.id, reason);
    return "later";
  }
  if (!outcome.temporary)
    await recordRefusal(ctx, { mailId: mail.id, address: mail.toAddress, source: "smtp" }, outcome);
  return giveUp(ctx, mail.id, reason, outcome.temporary ? "mail.temporary" : "mail.refused");
}

/** A person can read, replay or drop it like every other mail that was given up. */
async function giveUp(ctx: Ctx, mailId: string, reason: string, code = "mail.refused"): Promise<"over"> {
  await refuse(ctx, mailId, reason);
  await recordDeadLetter(ctx, {
    name: deliverMailJob.name,
    jobId: deliverJobId(mailId),
    payload: { mailId },
    code,
    message: `Digest ${mailId} was not taken`,
  });
  return "over";
}
