import type { Ctx } from "~/platform/context";
import type { QueuePort } from "~/platform/ports/queue";
import { LOST_MAILS, lostMails } from "../queries/lost-mails.server";
import { queueMails } from "./hand-over.server";

/** Pages of one sweep; the rest is the next one's. */
const PAGES = 20;

/**
 * Queues every mail that may have lost its job; `all` = also those that wait since a moment ago, because the queue lost
 * everything. @returns how many
 */
export async function queueLostMails(ctx: Ctx, queue: QueuePort, { all = false } = {}): Promise<number> {
  let queued = 0;
  let after: string | undefined;
  for (let page = 0; all || page < PAGES; page++) {
    const ids = await lostMails(ctx, { after, ...(all ? { waitedMs: 0 } : {}) });
    if (ids.length > 0) await queueMails(queue, ids);
    queued += ids.length;
    after = ids.at(-1);
    if (ids.length < LOST_MAILS) break;
  }
  return queued;
}
