import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import type { MailPort } from "~/platform/ports/mail";
import { JobError } from "~/platform/ports/queue";
import { deliverJobId } from "../domain/keys";
import { MAX_CLAIMS } from "../domain/mail-states";
import type { WrittenMail } from "../domain/render-mail";
import { deliverMailJob } from "../jobs/deliver-mail.job";
import { claimBatch, type Letter } from "../queries/letters.server";
import { writeDigests } from "../queries/write-digests.server";
import { headersOf } from "./mail-headers";
import { recordDeadLetter } from "./record-dead-letter.server";
import { recordRefusal } from "./record-refusal.server";
import { defer, postpone, refuse, SETTLE_LIMIT_MS, STOPPED, settleSent } from "./settle-mail.server";

/** Mails claimed at a time: what a crash leaves to be taken over. */
const CLAIM = 50;
/** Mails of one batch on their way at a time, a few more than connections, and those that wait for their mark … */
const AT_ONCE = 6;
/** … what a crash may send twice is both together. */
const UNMARKED = 12;

type Run = { lastAttempt: boolean; signal?: AbortSignal; clear?: (() => Promise<void>) | undefined };

/** Marks digests that the server took; all batches of a process are marked together. */
export type MarkDigest = (mailId: string) => Promise<null>;

/** Marks are gathered this long: nobody waits for a digest, and a statement for each would cost as much as sending it. */
const GATHER_MS = 15;

export function createMarkDigest(ctxOf: () => Ctx): MarkDigest {
  return coalesce<string, null>(
    async (ids) => {
      await settleSent(ctxOf(), ids);
      return ids.map(() => null);
    },
    { limitMs: SETTLE_LIMIT_MS, gatherMs: GATHER_MS },
  );
}

/**
 * Hands a batch of digests to the mail server, in sets: claim, write, send a few at a time, mark. What a mail is, and what
 * a crash does to it, is the same as for a single one (see deliverMail); what the server refuses lands in the dead letters
 * mail by mail. `clear` is waited for before each mail: digests step aside for what somebody waits for.
 * @throws JobError "mail.temporary" when some may go later
 */
export async function deliverDigests(
  ctx: Ctx,
  port: MailPort,
  batchId: string,
  run: Run,
  settle: MarkDigest = createMarkDigest(() => ctx),
): Promise<{ sent: number }> {
  const marking = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let sent = 0;
  let later = 0;
  const mark = (mailId: string) => {
    const work: Promise<void> = settle(mailId)
      .then(() => {
        sent += 1;
      })
      .catch((error: unknown) => void failures.push(error))
      .finally(() => marking.delete(work));
    marking.add(work);
  };
  while (!run.signal?.aborted && failures.length === 0) {
    await run.clear?.();
    const queue = await claim(ctx, batchId);
    if (queue.length === 0) break;
    const written = await writeDigests(ctx, queue);
    const lane = async () => {
      for (let mail = queue.shift(); mail; mail = queue.shift()) {
        await run.clear?.();
        while (marking.size >= UNMARKED) await Promise.race(marking);
        const end = await sendOne(ctx, port, mail, written.get(mail.id), run.lastAttempt);
        if (end === "sent") mark(mail.id);
        if (end === "later") later += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (later > 0) break;
  }
  await Promise.all(marking);
  if (failures.length > 0) throw failures[0];
  if (later > 0) throw new JobError("mail.temporary", `${later} digests of batch ${batchId} could not be taken yet`);
  return { sent };
}

/** Claims waiting mails of the batch, and those whose worker died. */
function claim(ctx: Ctx, batchId: string): Promise<Letter[]> {
  const now = ctx.clock.now();
  return claimBatch(ctx.db, batchId, CLAIM, now, new Date(now.getTime() - ctx.env.MAIL_TAKEOVER_MS));
}

async function sendOne(
  ctx: Ctx,
  port: MailPort,
  mail: Letter,
  write: (() => WrittenMail) | undefined,
  lastAttempt: boolean,
): Promise<"sent" | "later" | "over"> {
  if (mail.stopped) {
    await refuse(ctx, mail.id, STOPPED);
    return "over";
  }
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
