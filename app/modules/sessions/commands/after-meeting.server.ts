import { bringCaseForward } from "~/modules/brokering/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isUniqueViolation } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { MINUTES_AUDIT } from "../domain/minutes-states";
import { mayAnswerForSide } from "../policy";
import type { FeedbackInput } from "../schemas";
import { lockMeeting, nameOf, STEP_DUE, workRefusal } from "./session-rows.server";

/**
 * The next step of sent minutes was done: said by a broker, or by a member of the side that owns it.
 * Failures: common:notFound, sessions:error.{ownOrganisation,stepNone,stepDone}.
 */
export async function completeStep(ctx: Ctx, input: { meetingId: string }): Promise<Result<void>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    const meeting = await lockMeeting(tx, input.meetingId);
    const minutes = meeting?.minutes;
    if (!meeting) return fail("common:notFound");
    const owner = meeting.participants.find((one) => one.side === minutes?.nextOwner);
    const theirs = owner && mayAnswerForSide(actor, owner) && minutes?.sentAt && minutes.state !== "draft";
    const refused = theirs ? null : workRefusal(ctx, meeting);
    if (refused) return refused;
    if (!minutes?.sentAt || !minutes.nextStep) return fail("sessions:error.stepNone");
    if (minutes.stepDoneAt)
      return fail("sessions:error.stepDone", { params: { name: await nameOf(tx, minutes.stepDoneById) } });
    await tx.minutes.update({
      where: { id: minutes.id },
      data: { stepDoneAt: ctx.clock.now(), stepDoneById: actor.personId },
    });
    await closeDue(tx, ctx, meeting.id, [STEP_DUE], "done");
    await bringCaseForward(tx, ctx, meeting.caseId);
    await audit(tx, ctx, {
      action: MINUTES_AUDIT.stepDone,
      subjectKind: "meeting",
      subjectId: meeting.id,
      after: {
        state: minutes.state,
        revision: minutes.revision,
        nextOwner: minutes.nextOwner,
        sessionId: meeting.session.id,
        introductionId: meeting.introductionId,
      },
    });
    return ok();
  });
}

/**
 * How useful a held meeting was, 1–5, once per side; brokers of the office read it, the other side does not.
 * Failures: common:notFound, sessions:error.{feedbackOnlyHeld,feedbackGiven}.
 */
export async function giveFeedback(ctx: Ctx, input: FeedbackInput & { meetingId: string }): Promise<Result<void>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const { meetingId, side, score, comment } = input;
  const given = async (db: Ctx["db"]) => {
    const earlier = await db.meetingFeedback.findUnique({
      where: { meetingId_side: { meetingId, side } },
      select: { byId: true },
    });
    return fail("sessions:error.feedbackGiven", { params: { name: await nameOf(db, earlier?.byId ?? null) } });
  };
  try {
    return await transact(ctx, async (tx) => {
      const meeting = await lockMeeting(tx, meetingId);
      const participant = meeting?.participants.find((one) => one.side === side);
      if (!meeting?.invitedAt || !participant || !mayAnswerForSide(actor, participant)) return fail("common:notFound");
      if (meeting.state !== "held") return fail("sessions:error.feedbackOnlyHeld");
      await tx.meetingFeedback.create({
        data: {
          id: newId(),
          meetingId,
          side,
          score,
          comment,
          channel: "page",
          byId: actor.personId,
          at: ctx.clock.now(),
        },
      });
      await audit(tx, ctx, {
        action: "feedback.given",
        subjectKind: "meeting",
        subjectId: meetingId,
        after: {
          state: meeting.state,
          side,
          score,
          sessionId: meeting.session.id,
          introductionId: meeting.introductionId,
        },
      });
      return ok();
    });
  } catch (error) {
    if (isUniqueViolation(error)) return given(ctx.db);
    throw error;
  }
}
