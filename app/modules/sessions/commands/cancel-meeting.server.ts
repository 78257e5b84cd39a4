import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { afterMeeting, MEETING_AUDIT } from "../domain/meeting-states";
import { CANCEL_REASONS } from "../domain/reasons";
import {
  explain,
  LOST,
  type LockedMeeting,
  lockMeeting,
  notPlanned,
  planRefusal,
  snapshotOf,
  workRefusal,
} from "./session-rows.server";

/**
 * Calls a meeting off with a coded reason: its time is free again, the calendar entry is cancelled under the same UID, and
 * who was invited is told.
 * Failures: common:notFound, sessions:error.{ownOrganisation,changedMeanwhile,meetingHeld,meetingNoShow,meetingCancelled,session…}.
 */
export async function cancelMeeting(
  ctx: Ctx,
  input: { meetingId: string; revision: number; reasonCode: string },
): Promise<Result<void>> {
  const result = await transact(ctx, async (tx) => {
    const meeting = await lockMeeting(tx, input.meetingId, true);
    const refused = workRefusal(ctx, meeting);
    if (refused || !meeting) return refused ?? fail("common:notFound");
    if (meeting.revision !== input.revision) return fail(LOST);
    const closed = planRefusal(meeting.session.state);
    if (closed) return closed;
    if (meeting.state !== "planned") return notPlanned(meeting.state);
    await needReason(tx, "meeting.cancel", CANCEL_REASONS, input.reasonCode);
    await callOff.change(tx, ctx, meeting, input.reasonCode);
    await callOff.tell(tx, ctx, meeting, input.reasonCode);
    return ok();
  });
  return result.ok ? result : explain(ctx, "meeting", input.meetingId, result);
}

/** Calling a planned meeting off, in two halves: rows first, then log and events. */
export const callOff = {
  async change(tx: Tx, ctx: Ctx, meeting: LockedMeeting, reason: string): Promise<void> {
    const next = afterMeeting(snapshotOf(meeting), { kind: "cancel" });
    if (!next) throw new Error(`Meeting ${meeting.id} is not planned`);
    const changed = await tx.meeting.updateMany({
      where: { id: meeting.id, state: "planned", revision: meeting.revision },
      data: {
        state: next.state,
        sequence: next.sequence,
        cancelReason: reason,
        changedAt: ctx.clock.now(),
        revision: { increment: 1 },
      },
    });
    if (changed.count === 0) abort(LOST);
    await tx.meetingParticipant.updateMany({ where: { meetingId: meeting.id }, data: { active: false } });
  },
  async tell(tx: Tx, ctx: Ctx, meeting: LockedMeeting, reason: string): Promise<void> {
    await audit(tx, ctx, {
      action: MEETING_AUDIT.cancelled,
      subjectKind: "meeting",
      subjectId: meeting.id,
      before: { state: meeting.state },
      after: {
        state: "cancelled",
        sequence: meeting.sequence + 1,
        reason,
        sessionId: meeting.session.id,
        introductionId: meeting.introductionId,
      },
    });
    // of a meeting that was never invited nobody knows
    if (meeting.invitedAt)
      for (const { id } of meeting.participants)
        await emit(tx, ctx, "meeting.cancelled", meeting.id, { participantId: id });
  },
};
