import type { Ctx } from "~/platform/context";
import type { JobHandler, QueuePort } from "~/platform/ports/queue";
import { notifyEvent } from "../commands/notify-event.server";
import { deliverJobId } from "../domain/keys";
import { deliverMailJob } from "./deliver-mail.job";
import { notifyJob } from "./notify.job";

/** Queues the handing-over of these mails. Ids derive from the mails, so it may be called as often as one likes. */
export async function queueMails(queue: QueuePort, mailIds: readonly string[]): Promise<void> {
  await queue.add(
    mailIds.map((mailId) => ({ definition: deliverMailJob, id: deliverJobId(mailId), payload: { mailId } })),
  );
}

/** Tells people of one event, then queues its mails. A crash between the two is repaired by the job running again. */
export function handleNotify(ctx: () => Ctx, queue: QueuePort): JobHandler {
  return async ({ payload }) => {
    const { eventId } = notifyJob.payload.parse(payload);
    const { mailIds } = await notifyEvent(ctx(), eventId);
    await queueMails(queue, mailIds);
  };
}
