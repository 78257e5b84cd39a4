import { setTimeout } from "node:timers/promises";
import { coalesce } from "~/platform/coalesce";
import type { Ctx } from "~/platform/context";
import { JobError, type JobHandler, type QueuePort } from "~/platform/ports/queue";
import { notifyEvents, type Told } from "../commands/notify-events.server";
import { type HandOver, queueMails } from "./hand-over.server";
import { EARLIER_WAITS, notifyJob } from "./notify.job";

/** How often, and after how long, a younger event looks whether its elder was told. */
const LOOKS = 8;
const LOOK_MS = 250;

/**
 * Tells people of one event, then passes its mails on: to `handOver` those that were just written, into the queue those
 * that an earlier run wrote. Jobs that run side by side in a worker are told together. A crash between telling and passing
 * on is repaired by the job running again, or by the sweep for lost mails.
 */
export function handleNotify(ctx: () => Ctx, queue: QueuePort, handOver?: HandOver): JobHandler {
  const tell = coalesce<{ eventId: string; anyway: boolean }, Told>(
    async (asked) => {
      const told = await notifyEvents(ctx(), asked);
      const ends = told.flatMap((one) => (one.kind === "told" ? [one] : []));
      const fresh = new Set(ends.flatMap((one) => one.fresh));
      const all = ends.flatMap((one) => one.mailIds);
      const before = handOver ? all.filter((id) => !fresh.has(id)) : all;
      if (before.length > 0) await queueMails(queue, before);
      if (handOver && fresh.size > 0) await handOver.take([...fresh]);
      return told;
    },
    { most: 100 },
  );
  return async ({ payload, lastAttempt }) => {
    const { eventId } = notifyJob.payload.parse(payload);
    let told = await tell({ eventId, anyway: lastAttempt });
    // the elder is mostly under way beside this one: looked at again here, before the job's own, ever longer waits
    for (let looks = 0; told.kind === "behind" && looks < LOOKS; looks++) {
      await setTimeout(LOOK_MS);
      told = await tell({ eventId, anyway: false });
    }
    if (told.kind === "failed") throw told.error;
    if (told.kind === "behind") {
      throw new JobError(EARLIER_WAITS, `An earlier event of the subject of ${eventId} is still to be told`);
    }
  };
}
