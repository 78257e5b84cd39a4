import type { Side } from "~/generated/prisma/enums";
import { bringCaseForward } from "~/modules/brokering/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { abort, type Failure, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { afterMeeting, MEETING_AUDIT } from "../domain/meeting-states";
import type { AttendanceInput } from "../schemas";
import { openMinutesDue, putAttendance } from "./record-attendance.server";
import { explain, LOST, lockMeeting, snapshotOf, WRITE_DUE, workRefusal } from "./session-rows.server";

/**
 * Puts right who came, while the session is not closed and no minutes were sent: held after all = its minutes are due from
 * now on and the meeting counts as held; missed after all = neither. A draft of minutes stays and counts when it is held.
 * Failures: common:notFound, sessions:error.{ownOrganisation,changedMeanwhile,attendanceFirst,meetingCancelled,sessionClosed,
 * sessionCancelled,attendanceMinuted,attendanceSame}.
 */
export async function correctAttendance(
  ctx: Ctx,
  input: AttendanceInput & { meetingId: string },
): Promise<Result<{ state: "held" | "no_show" }>> {
  const result = await transact<{ state: "held" | "no_show" }>(ctx, async (tx) => {
    const meeting = await lockMeeting(tx, input.meetingId, true);
    const refused = workRefusal(ctx, meeting);
    if (refused || !meeting) return refused ?? fail("common:notFound");
    if (meeting.revision !== input.revision) return fail(LOST);
    const closed = correctionRefusal(meeting);
    if (closed) return closed;
    const came: Record<Side, boolean> = { need: input.need, offering: input.offering };
    const next = afterMeeting(snapshotOf(meeting), { kind: "correct", came });
    if (!next || meeting.participants.every((one) => one.attended === came[one.side]))
      return fail("sessions:error.attendanceSame");

    const state = next.state === "held" ? "held" : "no_show";
    const changed = await tx.meeting.updateMany({
      where: { id: meeting.id, state: meeting.state, revision: meeting.revision },
      data: { state, revision: { increment: 1 } },
    });
    if (changed.count === 0) abort(LOST);
    await putAttendance(tx, ctx, meeting, came);
    if (state === "held") await openMinutesDue(tx, ctx, meeting);
    else await closeDue(tx, ctx, meeting.id, [WRITE_DUE], "cancelled");
    await bringCaseForward(tx, ctx, meeting.caseId);
    const about = { subjectKind: "meeting", subjectId: meeting.id };
    const after = {
      state,
      sequence: meeting.sequence,
      came,
      sessionId: meeting.session.id,
      introductionId: meeting.introductionId,
    };
    await audit(tx, ctx, { ...about, action: MEETING_AUDIT.corrected, before: { state: meeting.state }, after });
    // figures of held meetings are counted from this action
    if (state === "held")
      await audit(tx, ctx, { ...about, action: MEETING_AUDIT.held, after: { ...after, corrected: true } });
    return ok({ state });
  });
  return result.ok ? result : explain(ctx, "meeting", input.meetingId, result);
}

type Recorded = { state: string; session: { state: string }; minutes: { sentAt: Date | null } | null };

/** Why who came cannot be put right; null when it can. */
export function correctionRefusal(meeting: Recorded): Failure | null {
  if (meeting.state === "planned") return fail("sessions:error.attendanceFirst");
  if (meeting.state === "cancelled") return fail("sessions:error.meetingCancelled");
  if (meeting.session.state === "closed") return fail("sessions:error.sessionClosed");
  if (meeting.session.state === "cancelled") return fail("sessions:error.sessionCancelled");
  // both sides have read that they met
  if (meeting.minutes?.sentAt) return fail("sessions:error.attendanceMinuted");
  return null;
}
