import type { Ctx } from "~/platform/context";
import type { QueuePort } from "~/platform/ports/queue";
import { releaseHeld } from "../commands/release-held.server";
import { queueMails } from "./hand-over.server";

/** Lets go of and queues every mail whose hold is over. @returns how many */
export async function queueHeldMails(ctx: Ctx, queue: QueuePort): Promise<number> {
  for (let queued = 0; ; ) {
    const { mailIds, more } = await releaseHeld(ctx);
    if (mailIds.length > 0) await queueMails(queue, mailIds);
    queued += mailIds.length;
    if (!more) return queued;
  }
}
