import { isOfficeBroker } from "~/modules/listings/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { cleanText } from "~/platform/text";
import type { AnswerInput } from "../schemas";

/**
 * A broker answers an interest, or closes it when nothing comes of it; the person is told either way.
 * Failures: matching:error.{notFound,answeredMeanwhile}.
 */
export async function answerInterest(ctx: Ctx, input: AnswerInput): Promise<Result> {
  const { actor } = ctx;
  const interest = await ctx.db.interest.findUnique({
    where: { id: input.interestId },
    select: { id: true, person: { select: { officeId: true } } },
  });
  if (!interest || !isOfficeBroker(actor, interest.person.officeId)) return fail("matching:error.notFound");
  return transact(ctx, async (tx) => {
    const changed = await tx.interest.updateMany({
      where: { id: interest.id, state: "open" },
      data: {
        state: input.outcome,
        result: input.result,
        answer: cleanText(input.answer),
        answeredAt: ctx.clock.now(),
        answeredById: actor.personId,
      },
    });
    if (changed.count === 0) abort("matching:error.answeredMeanwhile");
    await closeDue(tx, ctx, interest.id, ["interest"], "done");
    await audit(tx, ctx, {
      action: `interest.${input.outcome}`,
      subjectKind: "interest",
      subjectId: interest.id,
      after: { state: input.outcome, result: input.result },
    });
    await emit(tx, ctx, "interest.answered", interest.id);
    return ok();
  });
}

/** A broker of the office takes an open question over. Failures: matching:error.{notFound,answeredMeanwhile}. */
export async function takeInterest(ctx: Ctx, input: { interestId: string }): Promise<Result> {
  const { actor } = ctx;
  const interest = await ctx.db.interest.findUnique({
    where: { id: input.interestId },
    select: { id: true, brokerId: true, person: { select: { officeId: true } } },
  });
  if (!interest || !isOfficeBroker(actor, interest.person.officeId)) return fail("matching:error.notFound");
  return transact(ctx, async (tx) => {
    const changed = await tx.interest.updateMany({
      where: { id: interest.id, state: "open" },
      data: { brokerId: actor.personId },
    });
    if (changed.count === 0) abort("matching:error.answeredMeanwhile");
    await audit(tx, ctx, {
      action: "interest.taken",
      subjectKind: "interest",
      subjectId: interest.id,
      before: { brokerId: interest.brokerId },
      after: { state: "open", brokerId: actor.personId },
    });
    return ok();
  });
}

/**
 * A broker opened a case from this interest: that is the answer, and the person hears it. Part of the transaction that opens
 * the case; an interest that was answered before stays as it is.
 */
export async function takeUpInterest(tx: Tx, ctx: Ctx, interestId: string, brokerId: string): Promise<void> {
  const changed = await tx.interest.updateMany({
    where: { id: interestId, state: "open" },
    data: { state: "answered", result: "will_introduce", answeredAt: ctx.clock.now(), answeredById: brokerId },
  });
  if (changed.count === 0) return;
  await closeDue(tx, ctx, interestId, ["interest"], "done");
  await audit(tx, ctx, {
    action: "interest.answered",
    subjectKind: "interest",
    subjectId: interestId,
    after: { state: "answered", result: "will_introduce" },
  });
  await emit(tx, ctx, "interest.answered", interestId);
}
