import { bringCaseForward } from "~/modules/brokering/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { closeDue, openDue, putDue } from "~/platform/rules.server";
import { afterMinutes, MINUTES_AUDIT, type MinutesSnapshot } from "../domain/minutes-states";
import type { MinutesInput } from "../schemas";
import {
  CONFIRM_DUE,
  explain,
  LOST,
  type LockedMeeting,
  lockMeeting,
  STEP_DUE,
  WRITE_DUE,
  workRefusal,
} from "./session-rows.server";

type Minutes = NonNullable<LockedMeeting["minutes"]>;

/** The date of a next step is the people's own; the Due table names this as its rule. */
const AGREED = { key: "minutes.nextOn", version: 0 };

/**
 * Writes the minutes of a held meeting; `send` gives them to both sides to confirm (rule minutes.confirm.workingDays). Every
 * save is a new revision: after a dispute, or to correct what was sent, the new one is sent and asks both sides again.
 * Failures: common:notFound, common:invalid (next step dated before the meeting), sessions:error.{ownOrganisation,
 * changedMeanwhile,minutesOnlyHeld,minutesSentAlready,minutesConfirmed}.
 */
export async function saveMinutes(
  ctx: Ctx,
  input: MinutesInput & { meetingId: string; send: boolean },
): Promise<Result<{ revision: number; state: "draft" | "sent" }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const result = await transact<{ revision: number; state: "draft" | "sent" }>(ctx, async (tx) => {
    const meeting = await lockMeeting(tx, input.meetingId);
    const refused = workRefusal(ctx, meeting);
    if (refused || !meeting) return refused ?? fail("common:notFound");
    if (meeting.state !== "held") return fail("sessions:error.minutesOnlyHeld");
    const before = meeting.minutes;
    if ((before?.revision ?? 0) !== input.revision) return fail(LOST);
    const next = afterMinutes(before && minutesSnapshot(before), { kind: input.send ? "send" : "save" });
    if (!next)
      return fail(
        before?.state === "confirmed" ? "sessions:error.minutesConfirmed" : "sessions:error.minutesSentAlready",
      );
    if (input.nextOn && input.nextOn < localDay(meeting.startsAt))
      return fail("common:invalid", { fields: { nextOn: ["sessions:error.nextOnEarly"] } });

    const now = ctx.clock.now();
    const state = next.state === "sent" ? "sent" : "draft";
    const step = stepOf(input);
    const sameStep = before !== null && isSameStep(before, step);
    const facts = {
      state,
      revision: next.revision,
      outcome: input.outcome,
      decisions: input.decisions,
      ...step,
      writtenById: actor.personId,
      writtenAt: now,
      ...(input.send ? { sentAt: now } : {}),
      ...(sameStep ? {} : { stepDoneAt: null, stepDoneById: null }),
    } as const;
    if (before) await tx.minutes.update({ where: { id: before.id }, data: facts });
    else await tx.minutes.create({ data: { id: newId(), meetingId: meeting.id, ...facts } });
    if (input.send) {
      await setDues(tx, ctx, meeting, step, sameStep && (await stepStands(tx, meeting.id, before)));
      await bringCaseForward(tx, ctx, meeting.caseId);
    } else if (!sameStep) await closeDue(tx, ctx, meeting.id, [STEP_DUE], "cancelled");
    await audit(tx, ctx, {
      action: input.send ? MINUTES_AUDIT.sent : MINUTES_AUDIT.saved,
      subjectKind: "meeting",
      subjectId: meeting.id,
      before: { state: before?.state ?? null, revision: before?.revision ?? 0 },
      after: {
        state,
        revision: next.revision,
        outcome: input.outcome,
        nextOwner: step.nextOwner,
        nextOn: input.nextOn,
        sessionId: meeting.session.id,
        introductionId: meeting.introductionId,
      },
    });
    if (input.send)
      for (const { id } of meeting.participants) await emit(tx, ctx, "minutes.sent", meeting.id, { participantId: id });
    return ok({ revision: next.revision, state });
  });
  return result.ok ? result : explain(ctx, "meeting", input.meetingId, result);
}

/** Where the minutes stand, with the answers to their present revision. */
export function minutesSnapshot(minutes: Minutes): MinutesSnapshot {
  const of = (side: "need" | "offering") => {
    const answer = minutes.confirmations.find((one) => one.revision === minutes.revision && one.side === side);
    return answer ? (answer.confirmed ? "confirmed" : "disputed") : "none";
  };
  return {
    state: minutes.state,
    revision: minutes.revision,
    answers: { need: of("need"), offering: of("offering") },
  };
}

/** The next step whole, or none: a meeting that led nowhere may leave the fields half filled. */
function stepOf({ nextStep, nextOwner, nextOn }: MinutesInput) {
  return nextStep && nextOwner && nextOn
    ? { nextStep, nextOwner, nextOn: dateOnly(nextOn) }
    : { nextStep: null, nextOwner: null, nextOn: null };
}

const isSameStep = (before: Minutes, step: ReturnType<typeof stepOf>): boolean =>
  before.nextStep === step.nextStep &&
  before.nextOwner === step.nextOwner &&
  before.nextOn?.getTime() === step.nextOn?.getTime();

/** The step was sent before and is still as it was sent: its day runs, or it was done. A draft that changed it ended its day. */
async function stepStands(tx: Tx, meetingId: string, before: Minutes): Promise<boolean> {
  if (!before.sentAt) return false;
  if (before.stepDoneAt) return true;
  const where = { kind: STEP_DUE, subjectKind: "meeting", subjectId: meetingId, state: "open" } as const;
  return (await tx.due.count({ where })) > 0;
}

/** Sent: no longer to be written; to be confirmed by both; and the next step stands in the calendar. */
async function setDues(
  tx: Tx,
  ctx: Ctx,
  meeting: LockedMeeting,
  step: ReturnType<typeof stepOf>,
  keepStep: boolean,
): Promise<void> {
  const { officeId, ownerId } = meeting.session;
  const due = { subjectKind: "meeting", subjectId: meeting.id, officeId };
  await closeDue(tx, ctx, meeting.id, [WRITE_DUE], "done");
  await openDue(tx, ctx, { ...due, kind: CONFIRM_DUE }, "minutes.confirm.workingDays");
  // the same step sent again has been told, or done, already
  if (keepStep) return;
  if (step.nextOn) {
    const personId = step.nextOwner === "broker" ? ownerId : null;
    await putDue(tx, ctx, { ...due, kind: STEP_DUE, personId }, step.nextOn, AGREED);
  } else await closeDue(tx, ctx, meeting.id, [STEP_DUE], "cancelled");
}
