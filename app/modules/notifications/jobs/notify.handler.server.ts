import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import { JobError, type JobHandler, type QueuePort } from "~/platform/ports/queue";
import { notifyEvents, type Told } from "../commands/notify-events.server";
import { deliverJobId } from "../domain/keys";
import { deliverMailJob } from "./deliver-mail.job";
import { EARLIER_WAITS, notifyJob } from "./notify.job";

/** Queues the handing-over of these mails. Ids derive from the mails, so it may be called as often as one likes. */
export async function queueMails(queue: QueuePort, mailIds: readonly string[]): Promise<void> {
  await queue.add(
    mailIds.map((mailId) => ({ definition: deliverMailJob, id: deliverJobId(mailId), payload: { mailId } })),
  );
}

/**
 * Tells people of one event, then queues its mails; jobs that run side by side in a worker are told together. A crash
 * between the two is repaired by the job running again.
 */
export function handleNotify(ctx: () => Ctx, queue: QueuePort): JobHandler {
  const tell = coalesce<{ eventId: string; anyway: boolean }, Told>(
    async (asked) => {
      const told = await notifyEvents(ctx(), asked);
      const mailIds = told.flatMap((one) => (one.kind === "told" ? one.mailIds : []));
      if (mailIds.length > 0) await queueMails(queue, mailIds);
      return told;
    },
    { most: 50 },
  );
  return async ({ payload, lastAttempt }) => {
    const { eventId } = notifyJob.payload.parse(payload);
    const told = await tell({ eventId, anyway: lastAttempt });
    if (told.kind === "failed") throw told.error;
    if (told.kind === "behind") {
      throw new JobError(EARLIER_WAITS, `An earlier event of the subject of ${eventId} is still to be told`);
    }
  };
}
