import type { AnswerChannel, Side } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { closeDue, openDue } from "~/platform/rules.server";
import { afterMinutes, MINUTES_AUDIT } from "../domain/minutes-states";
import { mayAnswerForSide } from "../policy";
import type { AnswerMinutesInput } from "../schemas";
import { type LinkCall, linkTarget } from "./link-answers.server";
import { minutesSnapshot } from "./save-minutes.server";
import { CONFIRM_DUE, type LockedMeeting, lockMeeting, nameOf, WRITE_DUE, workRefusal } from "./session-rows.server";

export type MinutesAnswered = { state: "sent" | "confirmed" | "disputed" };
type Answer = Omit<AnswerMinutesInput, "side"> & { side?: Side | undefined };

/**
 * A signed-in member confirms the revision of the minutes that was read, or says what is wrong. `side` matters only for who
 * belongs to both.
 * Failures: common:notFound, sessions:error.{minutesNotSent,minutesReplaced,minutesDisputed,minutesAnswered.*}.
 */
export async function answerMinutes(
  ctx: Ctx,
  input: AnswerMinutesInput & { meetingId: string },
): Promise<Result<MinutesAnswered>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  return settleAnswer(ctx, {
    ...input,
    channel: "page",
    byId: actor.personId,
    check: async (_tx, meeting, participant) =>
      meeting.invitedAt && mayAnswerForSide(actor, participant) ? null : fail("common:notFound"),
  });
}

/**
 * The same by the one-tap link of a mail, signed in or not: one person's for one side, spent by that side's answer to the
 * revision, opened anew by the next one.
 * Failures: sessions:error.linkWrong, common:tooMany, and those of answerMinutes.
 */
export async function answerMinutesByLink(ctx: Ctx, input: Answer & LinkCall): Promise<Result<MinutesAnswered>> {
  const { token, remoteAddress, ...answer } = input;
  const target = await linkTarget(ctx, "minutes_answer", { token, remoteAddress });
  if ("ok" in target) return target;
  return settleAnswer(ctx, {
    ...answer,
    meetingId: target.meetingId,
    side: target.side,
    channel: "link",
    byId: target.personId,
    onBehalfOfId: target.personId,
    check: (tx) => target.recheck(tx),
  });
}

/**
 * A broker writes down what a side said about the minutes on the phone; for sides without people on the exchange.
 * Failures: common:notFound, common:invalid (no note), sessions:error.ownOrganisation, and those of answerMinutes.
 */
export async function recordPhoneMinutesAnswer(
  ctx: Ctx,
  input: AnswerMinutesInput & { meetingId: string },
): Promise<Result<MinutesAnswered>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  // the remark is the record of the call
  if ((input.remark ?? "").length < 10)
    return fail("common:invalid", { fields: { remark: ["sessions:error.phoneNoteShort"] } });
  return settleAnswer(ctx, {
    ...input,
    channel: "phone",
    byId: actor.personId,
    check: async (_tx, meeting) => workRefusal(ctx, meeting),
  });
}

type Given = AnswerMinutesInput & {
  meetingId: string;
  channel: AnswerChannel;
  byId: string;
  /** set when the actor is not signed in as that person (link) */
  onBehalfOfId?: string;
  /** asked once the meeting is held: may this be answered so? */
  check: (
    tx: Tx,
    meeting: LockedMeeting,
    participant: LockedMeeting["participants"][number],
  ) => Promise<Failure | null>;
};

/** One side's answer to one revision; the second yes confirms the minutes, a no asks the broker for a new version. */
function settleAnswer(ctx: Ctx, input: Given): Promise<Result<MinutesAnswered>> {
  return transact(ctx, async (tx): Promise<Result<MinutesAnswered>> => {
    const meeting = await lockMeeting(tx, input.meetingId);
    const participant = meeting?.participants.find((one) => one.side === input.side);
    if (!meeting || !participant) return fail("common:notFound");
    const refused = await input.check(tx, meeting, participant);
    if (refused) return refused;
    const { minutes } = meeting;
    if (!minutes?.sentAt) return fail("sessions:error.minutesNotSent");
    if (minutes.state === "draft") return fail("sessions:error.minutesDisputed");
    if (minutes.revision !== input.revision) return fail("sessions:error.minutesReplaced");
    const confirmed = input.answer === "confirmed";
    const next = afterMinutes(minutesSnapshot(minutes), { kind: "answer", side: input.side, confirmed });
    if (!next || next.state === "draft") return notNow(tx, minutes, input.side);

    await tx.minutesConfirmation.create({
      data: {
        id: newId(),
        minutesId: minutes.id,
        revision: minutes.revision,
        side: input.side,
        confirmed,
        remark: input.remark,
        channel: input.channel,
        byId: input.byId,
        at: ctx.clock.now(),
      },
    });
    const { state, revision } = next;
    if (state !== minutes.state) await tx.minutes.update({ where: { id: minutes.id }, data: { state } });
    if (state !== "sent")
      await closeDue(tx, ctx, meeting.id, [CONFIRM_DUE], state === "confirmed" ? "done" : "cancelled");
    const { officeId, ownerId } = meeting.session;
    if (state === "disputed") {
      const due = { kind: WRITE_DUE, subjectKind: "meeting", subjectId: meeting.id, officeId, personId: ownerId };
      await openDue(tx, ctx, due, "minutes.write.workingDays");
    }
    const common = {
      subjectKind: "meeting",
      subjectId: meeting.id,
      ...(input.onBehalfOfId ? { onBehalfOfId: input.onBehalfOfId } : {}),
    };
    const about = { sessionId: meeting.session.id, introductionId: meeting.introductionId };
    await audit(tx, ctx, {
      ...common,
      action: MINUTES_AUDIT.answered,
      before: { state: minutes.state },
      after: { state, revision, side: input.side, answer: input.answer, channel: input.channel, ...about },
    });
    if (state !== "sent")
      await audit(tx, ctx, { ...common, action: MINUTES_AUDIT[state], after: { state, revision, ...about } });
    if (input.channel !== "phone" || input.byId !== ownerId)
      await emit(tx, ctx, "minutes.answered", meeting.id, { brokerId: ownerId, participantId: participant.id });
    if (state === "confirmed")
      for (const { id } of meeting.participants)
        await emit(tx, ctx, "minutes.confirmed", meeting.id, { participantId: id });
    return ok({ state });
  });
}

/** A colleague was quicker, or the other side has asked for a correction. */
async function notNow(tx: Tx, minutes: NonNullable<LockedMeeting["minutes"]>, side: Side): Promise<Failure> {
  const given = minutes.confirmations.find((one) => one.revision === minutes.revision && one.side === side);
  if (!given) return fail("sessions:error.minutesDisputed");
  return fail(`sessions:error.minutesAnswered.${given.confirmed ? "confirmed" : "disputed"}`, {
    params: { name: await nameOf(tx, given.byId) },
  });
}
