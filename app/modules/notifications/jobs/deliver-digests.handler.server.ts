import type { Ctx } from "~/platform/context";
import type { MailPort } from "~/platform/ports/mail";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { buildDigests } from "../commands/build-digests.server";
import { deliverDigests } from "../commands/deliver-digests.server";
import { lostBatches } from "../queries/lost-batches.server";
import { deliverDigestsJob } from "./deliver-digests.job";

/** Hands one batch of digests to the mail server. */
export function handleDeliverDigests(ctx: () => Ctx, mail: MailPort): JobHandler {
  return async ({ payload, lastAttempt, signal }) => {
    await deliverDigests(ctx(), mail, deliverDigestsJob.payload.parse(payload).batchId, { lastAttempt, signal });
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

/** Makes and queues every digest that is due, and queues again what lost its job. @returns how many digests were made */
export async function queueDigests(ctx: Ctx, queue: QueuePort): Promise<number> {
  const lost = await lostBatches(ctx);
  if (lost.length > 0) await queueBatches(queue, lost);
  for (let made = 0; ; ) {
    const { built, batchId, more } = await buildDigests(ctx);
    if (batchId) await queueBatches(queue, [batchId]);
    made += built;
    if (!more) return made;
  }
}
