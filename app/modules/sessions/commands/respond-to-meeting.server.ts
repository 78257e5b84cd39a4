import type { AnswerChannel, Side } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { localMoment } from "../domain/local-time";
import { afterMeeting, MEETING_AUDIT } from "../domain/meeting-states";
import { MEETING_DECLINE_REASONS } from "../domain/reasons";
import { mayAnswerForSide } from "../policy";
import type { RespondInput } from "../schemas";
import { type LinkCall, linkTarget } from "./link-answers.server";
import { type LockedMeeting, lockMeeting, nameOf, notPlanned, snapshotOf, workRefusal } from "./session-rows.server";

type Answer = Omit<RespondInput, "side"> & { side?: Side | undefined };

/**
 * A signed-in member says whether the organisation comes; the answer may be changed until the meeting begins. `side` matters
 * only for who belongs to both.
 * Failures: common:notFound, sessions:error.{movedMeanwhile,meetingBegun,meetingHeld,meetingNoShow,meetingCancelled}.
 */
export async function respondToMeeting(ctx: Ctx, input: RespondInput & { meetingId: string }): Promise<Result<void>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  return settleResponse(ctx, {
    ...input,
    channel: "page",
    respondedById: actor.personId,
    check: async (_tx, meeting, participant) =>
      meeting.invitedAt && mayAnswerForSide(actor, participant) ? null : fail("common:notFound"),
  });
}

/**
 * Answers by the one-tap link of a mail, signed in or not. The link is one person's for one side: it works while that person
 * belongs to the organisation, and is spent by any answer of that side; a move to another time asks again and opens it anew.
 * Failures: sessions:error.{linkWrong,linkAnswered.*}, common:tooMany, and those of respondToMeeting.
 */
export async function respondByLink(ctx: Ctx, input: Answer & LinkCall): Promise<Result<void>> {
  const { token, remoteAddress, ...answer } = input;
  const target = await linkTarget(ctx, "meeting_answer", { token, remoteAddress });
  if ("ok" in target) return target;
  return settleResponse(ctx, {
    ...answer,
    meetingId: target.meetingId,
    side: target.side,
    channel: "link",
    respondedById: target.personId,
    onBehalfOfId: target.personId,
    check: async (tx, meeting, participant) => {
      if (!meeting.invitedAt) return fail("sessions:error.linkWrong");
      const refused = await target.recheck(tx);
      if (refused || participant.response === "none") return refused;
      return fail(`sessions:error.linkAnswered.${participant.response}`, {
        params: { name: await nameOf(tx, participant.respondedById) },
      });
    },
  });
}

/**
 * A broker writes down what a side said on the phone: who said what, when. The side hears of it.
 * Failures: common:notFound, sessions:error.{ownOrganisation,notInvited}, and those of respondToMeeting.
 */
export async function recordPhoneResponse(
  ctx: Ctx,
  input: RespondInput & { meetingId: string },
): Promise<Result<void>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  return settleResponse(ctx, {
    ...input,
    channel: "phone",
    respondedById: actor.personId,
    check: async (_tx, meeting) =>
      workRefusal(ctx, meeting) ?? (meeting.invitedAt ? null : fail("sessions:error.notInvited")),
  });
}

type Response = RespondInput & {
  meetingId: string;
  channel: AnswerChannel;
  respondedById: string;
  /** set when the actor is not signed in as that person (link) */
  onBehalfOfId?: string;
  /** asked once the meeting is held: may this be answered so? */
  check: (
    tx: Tx,
    meeting: LockedMeeting,
    participant: LockedMeeting["participants"][number],
  ) => Promise<Failure | null>;
};

/** One side's answer. Of an answer and a move of the meeting one is first; the other is told. */
function settleResponse(ctx: Ctx, input: Response): Promise<Result<void>> {
  return transact(ctx, async (tx): Promise<Result<void>> => {
    const meeting = await lockMeeting(tx, input.meetingId);
    const participant = meeting?.participants.find((one) => one.side === input.side);
    if (!meeting || !participant) return fail("common:notFound");
    const refused = await input.check(tx, meeting, participant);
    if (refused) return refused;
    const next = afterMeeting(snapshotOf(meeting), { kind: "answer", side: input.side, response: input.answer });
    if (!next) return notPlanned(meeting.state);
    const now = ctx.clock.now();
    if (now >= meeting.startsAt) return fail("sessions:error.meetingBegun");
    if (meeting.sequence !== input.sequence)
      return fail("sessions:error.movedMeanwhile", { params: { at: localMoment(meeting.startsAt) } });

    const declines = input.answer === "declined";
    if (declines) await needReason(tx, "meeting.decline", MEETING_DECLINE_REASONS, input.reasonCode);
    await tx.meetingParticipant.update({
      where: { id: participant.id },
      data: {
        response: input.answer,
        declineReason: declines ? input.reasonCode : null,
        responseNote: input.note,
        channel: input.channel,
        respondedAt: now,
        respondedById: input.respondedById,
      },
    });
    await audit(tx, ctx, {
      action: MEETING_AUDIT.answered,
      subjectKind: "meeting",
      subjectId: meeting.id,
      ...(input.onBehalfOfId ? { onBehalfOfId: input.onBehalfOfId } : {}),
      before: { response: participant.response },
      after: {
        state: next.state,
        sequence: next.sequence,
        side: input.side,
        response: input.answer,
        channel: input.channel,
        reasonCode: declines ? input.reasonCode : null,
        sessionId: meeting.session.id,
        introductionId: meeting.introductionId,
      },
    });
    // the side whose answer the broker wrote down hears it, and may protest
    if (input.channel === "phone")
      await emit(tx, ctx, "meeting.answered", meeting.id, { participantId: participant.id });
    const { ownerId } = meeting.session;
    // a change of mind is told again, the same answer pressed twice is not; nor the owner's own entry
    const known =
      participant.response === input.answer || (input.channel === "phone" && input.respondedById === ownerId);
    if (!known)
      await emit(tx, ctx, "meeting.answered", meeting.id, { brokerId: ownerId, participantId: participant.id });
    return ok();
  });
}
