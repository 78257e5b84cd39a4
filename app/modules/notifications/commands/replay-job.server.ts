import type { Ctx } from "~/platform/context";
import { jobWaitsAgain } from "~/platform/outbox.server";
import { type JobDefinition, JobError, type QueuePort } from "~/platform/ports/queue";
import { eventOf } from "~/platform/subscriptions";
import { MAIL_TRANSITIONS } from "../domain/mail-states";
import { deliverMailJob } from "../jobs/deliver-mail.job";

/**
 * Worker's half of a replay: queues the given-up job again under its own id. A mail that was given up with it goes back
 * to "queued" with a fresh count.
 * @throws JobError "job.unknown" when no worker knows such a job any more
 */
export async function replayJob(
  ctx: Ctx,
  queue: QueuePort,
  definitions: readonly JobDefinition[],
  deadLetterId: string,
): Promise<void> {
  const letter = await ctx.db.deadLetter.findUnique({ where: { id: deadLetterId } });
  if (letter?.resolution !== "replayed") return;
  const definition = definitions.find((known) => known.name === letter.jobName);
  if (!definition) throw new JobError("job.unknown", `No worker knows the job "${letter.jobName}"`);
  if (definition.name === deliverMailJob.name) {
    const { mailId } = deliverMailJob.payload.parse(letter.payload);
    await ctx.db.mail.updateMany({
      where: { id: mailId, state: { in: [...MAIL_TRANSITIONS.replay.from] } },
      data: { state: MAIL_TRANSITIONS.replay.to, attempts: 0, claimedAt: null },
    });
  }
  const eventId = eventOf(definition.name, letter.jobId);
  if (eventId) await jobWaitsAgain(ctx.db, definition.name, eventId, ctx.clock.now());
  await queue.add([{ definition, id: letter.jobId, payload: letter.payload }]);
}
