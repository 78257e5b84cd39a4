import type { Ctx } from "~/platform/context";
import type { JobDefinition, JobHandler, QueuePort } from "~/platform/ports/queue";
import { replayJob } from "../commands/replay-job.server";
import { replayDeadLetterJob } from "./replay-dead-letter.job";

/** Queues a given-up job again. `definitions` are all jobs that workers know. */
export function handleReplay(
  ctx: () => Ctx,
  queue: QueuePort,
  definitions: () => readonly JobDefinition[],
): JobHandler {
  return async ({ payload }) => {
    await replayJob(ctx(), queue, definitions(), replayDeadLetterJob.payload.parse(payload).deadLetterId);
  };
}
