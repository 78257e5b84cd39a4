import type { Ctx } from "~/platform/context";
import type { MailPort } from "~/platform/ports/mail";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { buildDigests } from "../commands/build-digests.server";
import { createMarkDigest, deliverDigests } from "../commands/deliver-digests.server";
import { batchesAhead, lostBatches } from "../queries/lost-batches.server";
import { deliverDigestsJob } from "./deliver-digests.job";

/** Batches made before they can go: more would only take the database's time from mails that somebody waits for. */
const AHEAD = 4;

/** Hands one batch of digests to the mail server, and makes the next. `clear` waits while something urgent is under way. */
export function handleDeliverDigests(
  ctx: () => Ctx,
  mail: MailPort,
  queue: QueuePort,
  clear?: () => Promise<void>,
): JobHandler {
  const mark = createMarkDigest(ctx);
  return async ({ payload, lastAttempt, signal }) => {
    const { batchId } = deliverDigestsJob.payload.parse(payload);
    await deliverDigests(ctx(), mail, batchId, { lastAttempt, signal, clear }, mark);
    await queueDigests(ctx(), queue, clear);
  };
}

/** Queues batches under ids of their own, as often as one likes. */
async function queueBatches(queue: QueuePort, batchIds: readonly string[]): Promise<void> {
  await queue.add(
    batchIds.map((batchId) => ({
      definition: deliverDigestsJob,
      id: `${deliverDigestsJob.name}.${batchId}`,
      payload: { batchId },
    })),
  );
}

/**
 * Makes and queues digests that are due, a few batches at a time: each batch that is over makes the next. Queues again what
 * lost its job. `clear` is waited for before each batch, as before each mail. @returns how many digests were made
 */
export async function queueDigests(ctx: Ctx, queue: QueuePort, clear?: () => Promise<void>): Promise<number> {
  const lost = await lostBatches(ctx);
  if (lost.length > 0) await queueBatches(queue, lost);
  let made = 0;
  for (let ahead = await batchesAhead(ctx); ahead < AHEAD; ) {
    await clear?.();
    const { built, batchId, more } = await buildDigests(ctx);
    if (batchId) {
      await queueBatches(queue, [batchId]);
      ahead += 1;
    }
    made += built;
    if (!more) break;
  }
  return made;
}
