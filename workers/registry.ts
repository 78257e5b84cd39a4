import {
  applyDictionaryJob,
  applySectorsJob,
  applyUnitsJob,
  askSearchesJob,
  computeMatchesJob,
  embedListingsJob,
  handleApplyDictionary,
  handleApplySectors,
  handleApplyUnits,
  handleAskSearches,
  handleComputeMatches,
  handleEmbedListings,
  handleIndexListing,
  indexListingJob,
} from "~/modules/matching/index.server";
import {
  createHandOver,
  deliverDigestsJob,
  deliverMailJob,
  type HandOver,
  handleDeliverDigests,
  handleDeliverMail,
  handleNotify,
  handleReplay,
  notifyJob,
  recordDeadLetter,
  replayDeadLetterJob,
} from "~/modules/notifications/index.server";
import { coalesce } from "~/platform/coalesce";
import { systemCtx, type WorkContainer } from "~/platform/container.server";
import type { Ctx } from "~/platform/context";
import { jobErrorCode } from "~/platform/job-errors";
import { inJob, jobScope } from "~/platform/job-scope";
import type { Metrics } from "~/platform/metrics.server";
import { jobDone } from "~/platform/outbox.server";
import type { GiveUp, JobDefinition, JobHandler } from "~/platform/ports/queue";
import { eventOf } from "~/platform/subscriptions";
import { SUBSCRIPTIONS } from "./subscriptions";

/** Somebody waits for what this job does. */
const urgent =
  ({ rightOfWay }: WorkContainer, handler: JobHandler): JobHandler =>
  (run) =>
    rightOfWay.hold(() => handler(run));

export type Work = { definition: JobDefinition; handler: JobHandler };

/**
 * Every job a worker can do, with its handler. Each run acts as the system with a request id of its own. Without
 * `handOver` every mail goes through the queue.
 */
export function allWork(container: WorkContainer, handOver?: HandOver): Work[] {
  const ctx = (): Ctx => systemCtx(container, "worker", jobScope()?.requestId);
  const work: Work[] = [
    { definition: indexListingJob, handler: handleIndexListing(ctx) },
    { definition: computeMatchesJob, handler: handleComputeMatches(ctx) },
    { definition: askSearchesJob, handler: handleAskSearches(ctx) },
    { definition: embedListingsJob, handler: handleEmbedListings(ctx, container.queue) },
    { definition: applyDictionaryJob, handler: handleApplyDictionary(ctx, container.queue) },
    { definition: applySectorsJob, handler: handleApplySectors(ctx, container.queue) },
    { definition: applyUnitsJob, handler: handleApplyUnits(ctx, container.queue) },
    { definition: notifyJob, handler: urgent(container, handleNotify(ctx, container.queue, handOver)) },
    {
      definition: deliverDigestsJob,
      handler: handleDeliverDigests(ctx, container.mail, container.queue, container.rightOfWay.clear),
    },
    { definition: deliverMailJob, handler: handleDeliverMail(ctx, container.mail) },
    {
      definition: replayDeadLetterJob,
      handler: handleReplay(ctx, container.queue, () => work.map(({ definition }) => definition)),
    },
  ];
  return work;
}

/**
 * Starts taking jobs. What is given up lands in the dead letters that an administrator sees; what is done or given up is
 * noted with its event, so that only the rest is queued again when the queue lost its jobs. `stop` takes no more jobs and
 * resolves when those that run, and mails on their way, are over.
 */
export function startWork(container: WorkContainer, metrics?: Metrics): { stop(): Promise<void> } {
  const { db } = container.ports;
  const handOver = createHandOver(
    () => systemCtx(container, "worker", jobScope()?.requestId),
    container.mail,
    container.queue,
    { metrics, rightOfWay: container.rightOfWay },
  );
  const ofEvents = new Set(SUBSCRIPTIONS.map(({ job }) => job.name));
  // in the transaction of its effect
  const notesItself = new Set<string>([notifyJob.name]);
  // the request that an event came from; a job that tells people finds it with the rows it reads anyway
  const requestOf = coalesce(async (eventIds: string[]) => {
    const rows = await db.outboxEvent.findMany({
      where: { id: { in: eventIds } },
      select: { id: true, requestId: true },
    });
    const byId = new Map(rows.map((row) => [row.id, row.requestId]));
    return eventIds.map((id) => byId.get(id) ?? null);
  });
  for (const { definition, handler } of allWork(container, handOver)) {
    const { name } = definition;
    const done = coalesce(async (eventIds: string[]) => {
      await jobDone(db, name, eventIds);
      return eventIds;
    });
    const note = async (jobId: string) => {
      const eventId = ofEvents.has(name) ? eventOf(name, jobId) : null;
      if (!eventId) return;
      // the job itself is over: if this is lost, it is queued again and finds nothing left to do
      await done(eventId).catch((error: unknown) => {
        container.log.warn({ job: jobId, code: jobErrorCode(error) }, "job done but not noted");
      });
    };
    const giveUp: GiveUp = async (dead) => {
      metrics?.givenUp(name, dead.code);
      await recordDeadLetter(systemCtx(container, "worker"), dead);
      await note(dead.jobId);
    };
    const work: JobHandler = async (run) => {
      const began = performance.now();
      const end = (how: string) => metrics?.job(name, how, (performance.now() - began) / 1000);
      const eventId = ofEvents.has(name) && !notesItself.has(name) ? eventOf(name, run.jobId) : null;
      const requestId = eventId ? await requestOf(eventId) : null;
      await inJob({ job: run.jobId, ...(requestId ? { requestId } : {}) }, async () => {
        try {
          await handler(run);
          if (!notesItself.has(name)) await note(run.jobId);
          end("done");
          container.log.debug({ attempt: run.attempt }, "job done");
        } catch (error) {
          end(jobErrorCode(error));
          throw error;
        }
      });
    };
    container.queue.work(definition, work, giveUp);
  }
  return {
    async stop() {
      // mails that wait here go back into the queue: by then this process must not take them up again
      await Promise.all([container.queue.stopWork(), handOver.stop()]);
    },
  };
}
