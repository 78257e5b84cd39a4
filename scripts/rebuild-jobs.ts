/**
 * Queues everything that is not done yet again, from the database alone: for a queue that lost its jobs. What is done is
 * not told again, and a job that still waits or runs stays the only one. Workers do the same by themselves within a
 * minute and a half; this is for who does not want to wait, or to trust that.
 */
import { queueOutdatedMatches } from "~/modules/matching/index.server";
import { queueLostMails } from "~/modules/notifications/index.server";
import { createWorkContainer, systemCtx } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";
import { requeueUndone } from "../workers/requeue";
import { SUBSCRIPTIONS } from "../workers/subscriptions";

async function main(): Promise<void> {
  const container = createWorkContainer(parseEnv(process.env), { name: "rebuild-jobs" });
  try {
    const ctx = systemCtx(container, "rebuild-jobs");
    const events = await requeueUndone(container, SUBSCRIPTIONS, { all: true });
    const mails = await queueLostMails(ctx, container.queue, { all: true });
    const matches = await queueOutdatedMatches(ctx, container.queue);
    const unseen = await ctx.db.outboxEvent.count({ where: { relayedAt: null } });
    console.log(
      `Queued on ${container.queue.kind}: ${events} jobs of events, ${mails} mails, ${matches} listings to match. ` +
        `${unseen} events are still to be relayed by a worker.`,
    );
  } finally {
    await container.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
