import type { AnswerChannel, ChaseAnswer } from "~/generated/prisma/enums";
import { memberIdsOf } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { openDue } from "~/platform/rules.server";
import { contradict, OUTCOME_AUDIT, questionState } from "../domain/chase";
import { mayAnswerOutcome, mayResolveOutcomes } from "../outcome-policy";
import type { OutcomeAnswerInput, PhoneOutcomeInput } from "../outcome-schemas";
import { readOutcomeToken } from "../queries/outcome-token.server";
import { casesWithTellingDeal } from "../queries/telling-deals.server";
import { type LockedQuestion, lockStep, RESOLVE_DUE } from "./outcome-rows.server";

export type OutcomeAnswered = {
  answer: ChaseAnswer;
  /** the other side said something else: a broker looks into it */
  conflict: boolean;
};

/**
 * A signed-in member of the asked organisation says what came of it.
 * Failures: common:notFound, outcomes:error.{alreadyAnswered,superseded,over}.
 */
export async function answerOutcome(
  ctx: Ctx,
  input: OutcomeAnswerInput & { questionId: string },
): Promise<Result<OutcomeAnswered>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(input.questionId)) return fail("common:notFound");
  const question = await ctx.db.outcomeQuestion.findUnique({
    where: { id: input.questionId },
    select: { organisationId: true },
  });
  if (!question || !mayAnswerOutcome(actor, question)) return fail("common:notFound");
  return settle(ctx, { ...input, channel: "page", personId: actor.personId });
}

/**
 * Answers by the one-tap link of a mail, signed in or not. The link is one person's for one question: it works while that
 * person belongs to the organisation and the question is open, and is spent by any answer of that side.
 * Failures: outcomes:error.linkWrong, common:tooMany, and those of answerOutcome.
 */
export async function answerOutcomeByLink(
  ctx: Ctx,
  input: OutcomeAnswerInput & { token: string; remoteAddress: string },
): Promise<Result<OutcomeAnswered>> {
  const { token, remoteAddress, ...answer } = input;
  if (ctx.actor.kind !== "system" && !(await ctx.limits.consume("one-time-link", `address:${remoteAddress}`)).allowed)
    return fail("common:tooMany");
  const named = readOutcomeToken(ctx.env, token);
  if (!named) return fail("outcomes:error.linkWrong");
  return settle(ctx, {
    ...answer,
    questionId: named.questionId,
    channel: "link",
    personId: named.personId,
    onBehalfOfId: named.personId,
    recheck: async (tx, question) =>
      (await memberIdsOf(tx, question.organisationId)).includes(named.personId)
        ? null
        : fail("outcomes:error.linkWrong"),
    absent: "outcomes:error.linkWrong",
  });
}

/**
 * A broker writes down what a side said on the phone; the note is the record of the call. Who belongs to one of the sides
 * leaves it to another broker.
 * Failures: common:notFound, outcomes:error.ownOrganisation, and those of answerOutcome.
 */
export async function recordPhoneOutcome(
  ctx: Ctx,
  input: PhoneOutcomeInput & { questionId: string },
): Promise<Result<OutcomeAnswered & { caseId: string }>> {
  const { actor } = ctx;
  if (!mayResolveOutcomes(actor) || !isId(input.questionId)) return fail("common:notFound");
  const found = await ctx.db.outcomeQuestion.findFirst({
    where: { id: input.questionId, officeId: actor.officeId },
    select: { caseId: true },
  });
  if (!found) return fail("common:notFound");
  const result = await settle(ctx, {
    ...input,
    channel: "phone",
    personId: actor.personId,
    recheck: async (_tx, _question, step) =>
      step.some((one) => isMemberOf(actor, one.organisationId)) ? fail("outcomes:error.ownOrganisation") : null,
  });
  return result.ok ? ok({ ...result.value, caseId: found.caseId }) : result;
}

type Settling = OutcomeAnswerInput & {
  questionId: string;
  channel: AnswerChannel;
  personId: string;
  /** set when the actor is not signed in as that person (link) */
  onBehalfOfId?: string;
  recheck?: (tx: Tx, question: LockedQuestion, step: LockedQuestion[]) => Promise<Failure | null>;
  absent?: "outcomes:error.linkWrong";
};

/** One side's answer with what follows from it. The caller has authorised it. */
function settle(ctx: Ctx, input: Settling): Promise<Result<OutcomeAnswered>> {
  return transact(ctx, async (tx): Promise<Result<OutcomeAnswered>> => {
    const step = await lockStep(tx, input.questionId);
    const question = step.find((one) => one.id === input.questionId);
    if (!question) return fail(input.absent ?? "common:notFound");
    const refused = (await input.recheck?.(tx, question, step)) ?? (await closed(tx, question));
    if (refused) return refused;

    const written = await tx.outcomeQuestion.updateMany({
      where: { id: question.id, answer: null },
      data: {
        answer: input.answer,
        note: input.note,
        channel: input.channel,
        answeredAt: ctx.clock.now(),
        answeredById: input.personId,
      },
    });
    if (written.count === 0) throw new Error(`Question ${question.id} changed while it was held`);
    await audit(tx, ctx, {
      action: OUTCOME_AUDIT.answered,
      subjectKind: "outcome-question",
      subjectId: question.id,
      ...(input.onBehalfOfId ? { onBehalfOfId: input.onBehalfOfId } : {}),
      before: { state: "asked" },
      after: {
        state: "answered",
        answer: input.answer,
        channel: input.channel,
        side: question.side,
        days: question.days,
        caseId: question.caseId,
      },
    });
    const other = step.find((one) => one.id !== question.id);
    const conflict = Boolean(other?.answer && contradict(other.answer, input.answer));
    const { brokerId } = await tx.brokerCase.findUniqueOrThrow({
      where: { id: question.caseId },
      select: { brokerId: true },
    });
    if (conflict) {
      await markConflict(tx, ctx, step, brokerId);
      await emit(tx, ctx, "outcome.conflict", question.id, { brokerId });
    } else if (await asksForDeal(tx, question.caseId, input.answer)) {
      await emit(tx, ctx, "outcome.answered", question.id, { brokerId });
    }
    return ok({ answer: input.answer, conflict });
  });
}

/** Why a question takes no answer any more; null while it does. */
async function closed(tx: Tx, question: LockedQuestion): Promise<Failure | null> {
  const newer = await tx.outcomeQuestion.count({
    where: { caseId: question.caseId, side: question.side, askedAt: { gt: question.askedAt } },
  });
  const dealTells = (await casesWithTellingDeal(tx, [question.caseId])).size > 0;
  switch (questionState({ answered: question.answer !== null, newer: newer > 0, dealTells })) {
    case "open":
      return null;
    case "answered": {
      // a colleague, or another tap on the link, was quicker
      const who = question.answeredById
        ? await tx.person.findUnique({ where: { id: question.answeredById }, select: { fullName: true } })
        : null;
      return fail("outcomes:error.alreadyAnswered", { params: { name: who?.fullName ?? "…" } });
    }
    case "superseded":
      return fail("outcomes:error.superseded");
    case "over":
      return fail("outcomes:error.over");
  }
}

/** Both rows of the step carry the flag, so that either side's row tells it; the broker gets a day to look into it. */
async function markConflict(tx: Tx, ctx: Ctx, step: LockedQuestion[], brokerId: string): Promise<void> {
  for (const { id, officeId } of step.slice(0, 1)) {
    const due = { kind: RESOLVE_DUE, subjectKind: "outcome-question", subjectId: id, officeId, personId: brokerId };
    await openDue(tx, ctx, due, "outcome.resolve.workingDays");
  }
  await tx.outcomeQuestion.updateMany({
    where: { id: { in: step.map((one) => one.id) } },
    data: { conflict: true },
  });
  for (const one of step) {
    await audit(tx, ctx, {
      action: OUTCOME_AUDIT.conflict,
      subjectKind: "outcome-question",
      subjectId: one.id,
      after: { state: "conflict", side: one.side, days: one.days, caseId: one.caseId },
    });
  }
}

/** "Agreed" without a live deal, or "signed" while no deal says so: a broker opens the deal or moves it on. */
async function asksForDeal(tx: Tx, caseId: string, answer: ChaseAnswer): Promise<boolean> {
  if (answer === "signed") return true;
  if (answer !== "agreed") return false;
  return (await tx.deal.count({ where: { caseId, status: { in: ["active", "paused"] } } })) === 0;
}
