import {
  computeMatchesJob,
  handleComputeMatches,
  handleIndexListing,
  indexListingJob,
} from "~/modules/matching/index.server";
import {
  deliverMailJob,
  handleDeliverMail,
  handleNotify,
  handleReplay,
  notifyJob,
  recordDeadLetter,
  replayDeadLetterJob,
} from "~/modules/notifications/index.server";
import { systemCtx, type WorkContainer } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import type { GiveUp, JobDefinition, JobHandler } from "~/platform/ports/queue";

export type Work = { definition: JobDefinition; handler: JobHandler };

/** Every job a worker can do, with its handler. Each run acts as the system with a request id of its own. */
export function allWork(container: WorkContainer): Work[] {
  const ctx = (): Ctx => systemCtx(container, "worker");
  const work: Work[] = [
    { definition: indexListingJob, handler: handleIndexListing(ctx) },
    { definition: computeMatchesJob, handler: handleComputeMatches(ctx) },
    { definition: notifyJob, handler: handleNotify(ctx, container.queue) },
    { definition: deliverMailJob, handler: handleDeliverMail(ctx, container.mail) },
    {
      definition: replayDeadLetterJob,
      handler: handleReplay(ctx, container.queue, () => work.map(({ definition }) => definition)),
    },
  ];
  return work;
}

/** Starts taking jobs. What is given up lands in the dead letters that an administrator sees. */
export function startWork(container: WorkContainer): void {
  const giveUp: GiveUp = (dead) => recordDeadLetter(systemCtx(container, "worker"), dead);
  for (const { definition, handler } of allWork(container)) container.queue.work(definition, handler, giveUp);
}
