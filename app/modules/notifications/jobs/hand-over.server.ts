import type { Ctx } from "~/platform/context";
import { jobErrorCode, jobErrorText } from "~/platform/job-errors";
import { inJob } from "~/platform/job-scope";
import type { Metrics } from "~/platform/metrics.server";
import type { MailPort } from "~/platform/ports/mail";
import type { QueuePort } from "~/platform/ports/queue";
import type { RightOfWay } from "~/platform/right-of-way";
import { createDelivery } from "../commands/deliver-mail.server";
import { recordDeadLetter } from "../commands/record-dead-letter.server";
import { deliverJobId } from "../domain/keys";
import { deliverMailJob } from "./deliver-mail.job";

/** Mails that may wait here; more go into the queue, where every worker finds them. */
const PLACES = 1_000;
/** Claimed together: one statement for so many. */
const CHUNK = 25;
/** While more than this are on their way no others are claimed: connections to the mail server are few. */
const ENOUGH = 10;

export type HandOver = {
  /** Sends these mails soon, without a job for each; what finds no place goes into the queue. */
  take(mailIds: readonly string[]): Promise<void>;
  /** Begins no other mail and hands the waiting ones to the queue; resolves when those on their way are over. */
  stop(): Promise<void>;
};

/** Queues the handing-over of these mails. Ids derive from the mails, so it may be called as often as one likes. */
export async function queueMails(queue: QueuePort, mailIds: readonly string[], delayMs = 0): Promise<void> {
  await queue.add(
    mailIds.map((mailId) => ({ definition: deliverMailJob, id: deliverJobId(mailId), payload: { mailId }, delayMs })),
  );
}

/**
 * The short way of a mail: the worker that wrote its row hands it over itself, as soon as the row is committed. The row is
 * what counts: it is claimed, sent and marked like by a job, only one worker can claim it, and one that was left behind is
 * found by the sweep. What the mail server cannot take yet becomes a job, which waits and tries again.
 */
export function createHandOver(
  ctxOf: () => Ctx,
  mail: MailPort,
  queue: QueuePort,
  { metrics, rightOfWay }: { metrics?: Pick<Metrics, "job" | "givenUp"> | undefined; rightOfWay?: RightOfWay } = {},
): HandOver {
  const delivery = createDelivery(ctxOf, mail);
  const running = new Set<Promise<void>>();
  let waiting: string[] = [];
  let underWay = 0;
  let stopping = false;

  /** The sweep for lost mails comes back to what could not be queued. */
  const intoQueue = async (mailIds: readonly string[], delayMs = 0) => {
    await queueMails(queue, mailIds, delayMs).catch((error: unknown) => {
      ctxOf().log.warn({ mails: mailIds.length, code: jobErrorCode(error) }, "mails could not be queued yet");
    });
  };

  const failed = async (mailId: string, error: unknown) => {
    const ctx = ctxOf();
    const code = jobErrorCode(error);
    const jobId = deliverJobId(mailId);
    ctx.log.warn({ job: jobId, attempt: 1, code }, "mail not handed over");
    if ((deliverMailJob.retryOn as readonly string[]).includes(code)) {
      return intoQueue([mailId], deliverMailJob.backoffMs);
    }
    metrics?.givenUp(deliverMailJob.name, code);
    const dead = { name: deliverMailJob.name, jobId, payload: { mailId }, code, message: jobErrorText(error) };
    // where the dead letter cannot be written, the row still says that the mail failed, and why
    await recordDeadLetter(ctx, { ...dead, attempts: 1 }).catch((lost: unknown) => {
      ctx.log.error({ job: jobId, code: jobErrorCode(lost) }, "given up without a dead letter");
    });
  };

  const sendChunk = async (mailIds: readonly string[]) => {
    const claims = await delivery.claim(mailIds);
    await Promise.all(
      mailIds.map(async (mailId, at) => {
        // what is logged names the mail's job and the request it came from, whichever way the mail goes
        await inJob({ job: deliverJobId(mailId) }, async () => {
          const began = performance.now();
          // counted like the job whose work it is
          const end = (how: string) => metrics?.job(deliverMailJob.name, how, (performance.now() - began) / 1000);
          try {
            await delivery.send(claims[at] ?? "nothing-to-do", mailId, { lastAttempt: false });
            end("done");
          } catch (error) {
            end(jobErrorCode(error));
            await failed(mailId, error);
          }
        });
        underWay -= 1;
        pump();
      }),
    );
  };

  const pump = () => {
    while (!stopping && waiting.length > 0 && underWay <= ENOUGH) {
      const chunk = waiting.slice(0, CHUNK);
      waiting = waiting.slice(CHUNK);
      underWay += chunk.length;
      const sending = rightOfWay ? rightOfWay.hold(() => sendChunk(chunk)) : sendChunk(chunk);
      const work: Promise<void> = sending
        .catch(async (error: unknown) => {
          // not claimed, so nothing was sent
          ctxOf().log.warn({ mails: chunk.length, code: jobErrorCode(error) }, "mails could not be claimed yet");
          await intoQueue(chunk, deliverMailJob.backoffMs);
          underWay -= chunk.length;
        })
        .finally(() => {
          running.delete(work);
          pump();
        });
      running.add(work);
    }
  };

  return {
    async take(mailIds) {
      const room = stopping ? 0 : Math.max(0, PLACES - waiting.length);
      waiting.push(...mailIds.slice(0, room));
      pump();
      if (mailIds.length > room) await queueMails(queue, mailIds.slice(room));
    },
    async stop() {
      stopping = true;
      const left = waiting;
      waiting = [];
      if (left.length > 0) await intoQueue(left);
      await Promise.all(running);
    },
  };
}
