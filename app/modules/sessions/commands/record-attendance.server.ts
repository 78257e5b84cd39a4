import type { Side } from "~/generated/prisma/enums";
import { bringCaseForward } from "~/modules/brokering/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { openDue } from "~/platform/rules.server";
import { localMoment } from "../domain/local-time";
import { afterMeeting, MEETING_AUDIT } from "../domain/meeting-states";
import type { AttendanceInput } from "../schemas";
import {
  explain,
  LOST,
  type LockedMeeting,
  lockMeeting,
  notPlanned,
  snapshotOf,
  WRITE_DUE,
  workRefusal,
} from "./session-rows.server";

/**
 * Records who came: both = the meeting was held and its minutes are due (rule minutes.write.workingDays), otherwise somebody
 * was missed. The case is the broker's to move again, today.
 * Failures: common:notFound, sessions:error.{ownOrganisation,changedMeanwhile,inviteFirst,confirmFirst,meetingNotStarted,
 * meetingHeld,meetingNoShow,meetingCancelled}.
 */
export async function recordAttendance(
  ctx: Ctx,
  input: AttendanceInput & { meetingId: string },
): Promise<Result<{ state: "held" | "no_show" }>> {
  const result = await transact<{ state: "held" | "no_show" }>(ctx, async (tx) => {
    const meeting = await lockMeeting(tx, input.meetingId, true);
    const refused = workRefusal(ctx, meeting);
    if (refused || !meeting) return refused ?? fail("common:notFound");
    if (meeting.revision !== input.revision) return fail(LOST);
    const came: Record<Side, boolean> = { need: input.need, offering: input.offering };
    const next = afterMeeting(snapshotOf(meeting), { kind: "attend", came });
    if (!next) return notPlanned(meeting.state);
    const first = attendanceRefusal(ctx, meeting);
    if (first) return first;

    const state = next.state === "held" ? "held" : "no_show";
    const changed = await tx.meeting.updateMany({
      where: { id: meeting.id, state: "planned", revision: meeting.revision },
      data: { state, revision: { increment: 1 } },
    });
    if (changed.count === 0) abort(LOST);
    await putAttendance(tx, ctx, meeting, came);
    if (state === "held") await openMinutesDue(tx, ctx, meeting);
    await bringCaseForward(tx, ctx, meeting.caseId);
    await audit(tx, ctx, {
      action: MEETING_AUDIT[state],
      subjectKind: "meeting",
      subjectId: meeting.id,
      before: { state: meeting.state },
      after: {
        state,
        sequence: meeting.sequence,
        came,
        sessionId: meeting.session.id,
        introductionId: meeting.introductionId,
      },
    });
    return ok({ state });
  });
  return result.ok ? result : explain(ctx, "meeting", input.meetingId, result);
}

/** Writes down who came; who was there already keeps the time of it. */
export async function putAttendance(
  tx: Tx,
  ctx: Ctx,
  meeting: LockedMeeting,
  came: Record<Side, boolean>,
): Promise<void> {
  for (const { id, side, attended } of meeting.participants)
    if (attended !== came[side])
      await tx.meetingParticipant.update({
        where: { id },
        data: { attended: came[side], checkedInAt: came[side] ? ctx.clock.now() : null },
      });
}

/** The minutes are to be written by whom runs the session. */
export async function openMinutesDue(tx: Tx, ctx: Ctx, meeting: LockedMeeting): Promise<void> {
  const { officeId, ownerId } = meeting.session;
  const due = { kind: WRITE_DUE, subjectKind: "meeting", subjectId: meeting.id, officeId, personId: ownerId };
  await openDue(tx, ctx, due, "minutes.write.workingDays");
}

/** What comes before recording who came: the session is confirmed, the meeting has begun; null when it can be recorded. */
export function attendanceRefusal(ctx: Pick<Ctx, "clock">, meeting: { startsAt: Date; session: { state: string } }) {
  if (meeting.session.state === "draft") return fail("sessions:error.inviteFirst");
  if (meeting.session.state === "inviting") return fail("sessions:error.confirmFirst");
  if (ctx.clock.now() < meeting.startsAt)
    return fail("sessions:error.meetingNotStarted", { params: { at: localMoment(meeting.startsAt) } });
  return null;
}
