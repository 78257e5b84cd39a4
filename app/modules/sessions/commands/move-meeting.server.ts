import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { afterMeeting, MEETING_AUDIT } from "../domain/meeting-states";
import type { MoveMeetingInput } from "../schemas";
import { misfit } from "./fit-meeting";
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
import { exclusionOf, explainSlot } from "./slot-conflicts.server";

export type NewSlot = { startsAt: Date; endsAt: Date; tableNumber: number | null };

/**
 * Moves a planned meeting to another time or table of its session. Another time asks both sides again; another table alone
 * does not. The calendar entry keeps its UID and raises SEQUENCE. Nothing happens when nothing changes.
 * Failures: common:notFound, common:invalid (in the past), sessions:error.{ownOrganisation,changedMeanwhile,outsideSession,
 * tableUnknown,noTables,onlineUrlNeeded,tableTaken,organisationTaken,slotTaken,meetingHeld,meetingNoShow,meetingCancelled,session…}.
 */
export async function moveMeeting(ctx: Ctx, input: MoveMeetingInput & { meetingId: string }): Promise<Result<void>> {
  let about: LockedMeeting | null = null;
  try {
    const result = await transact(ctx, async (tx) => {
      const meeting = await lockMeeting(tx, input.meetingId, true);
      about = meeting;
      const refused = workRefusal(ctx, meeting);
      if (refused || !meeting) return refused ?? fail("common:notFound");
      if (meeting.revision !== input.revision) return fail(LOST);
      const closed = planRefusal(meeting.session.state);
      if (closed) return closed;
      if (meeting.state !== "planned") return notPlanned(meeting.state);
      const otherTime = isOtherTime(meeting, input);
      if (!otherTime && meeting.tableNumber === input.tableNumber) return ok();
      if (otherTime && input.startsAt < ctx.clock.now())
        return fail("common:invalid", { fields: { startTime: ["sessions:error.datePast"] } });
      const unfit = misfit(input, meeting.session);
      if (unfit) return unfit;
      await shift.change(tx, ctx, meeting, input);
      await shift.tell(tx, ctx, meeting, input);
      return ok();
    });
    return result.ok ? result : explain(ctx, "meeting", input.meetingId, result);
  } catch (error) {
    if (exclusionOf(error) && about) return explainSlot(ctx, wantedBy(about, input));
    throw error;
  }
}

export const isOtherTime = (meeting: { startsAt: Date; endsAt: Date }, to: { startsAt: Date; endsAt: Date }): boolean =>
  meeting.startsAt.getTime() !== to.startsAt.getTime() || meeting.endsAt.getTime() !== to.endsAt.getTime();

/** What a meeting asks for at its new place, for words about who stands in its way. */
export const wantedBy = (meeting: LockedMeeting, to: NewSlot) => ({
  startsAt: to.startsAt,
  endsAt: to.endsAt,
  tableNumber: to.tableNumber,
  sessionId: meeting.session.id,
  organisationIds: meeting.participants.map((one) => one.organisationId),
  exceptMeetingId: meeting.id,
});

const ASKED_AGAIN = {
  response: "none",
  declineReason: null,
  responseNote: null,
  channel: null,
  respondedAt: null,
  respondedById: null,
  remindedOn: null,
} as const;

/** Moving a planned meeting, in two halves: rows first, then log and events. */
export const shift = {
  async change(tx: Tx, ctx: Ctx, meeting: LockedMeeting, to: NewSlot): Promise<void> {
    const asksAgain = isOtherTime(meeting, to);
    const next = afterMeeting(snapshotOf(meeting), { kind: "move", asksAgain });
    if (!next) throw new Error(`Meeting ${meeting.id} is not planned`);
    const { startsAt, endsAt, tableNumber } = to;
    const changed = await tx.meeting.updateMany({
      where: { id: meeting.id, state: "planned", revision: meeting.revision },
      data: {
        startsAt,
        endsAt,
        tableNumber,
        sequence: next.sequence,
        changedAt: ctx.clock.now(),
        revision: { increment: 1 },
      },
    });
    if (changed.count === 0) abort(LOST);
    if (asksAgain)
      await tx.meetingParticipant.updateMany({
        where: { meetingId: meeting.id },
        data: { startsAt, endsAt, ...ASKED_AGAIN },
      });
  },
  async tell(tx: Tx, ctx: Ctx, meeting: LockedMeeting, to: NewSlot): Promise<void> {
    const facts = (one: NewSlot) => ({
      startsAt: one.startsAt.toISOString(),
      endsAt: one.endsAt.toISOString(),
      tableNumber: one.tableNumber,
    });
    await audit(tx, ctx, {
      action: MEETING_AUDIT.moved,
      subjectKind: "meeting",
      subjectId: meeting.id,
      before: { state: meeting.state, ...facts(meeting) },
      after: {
        state: "planned",
        sequence: meeting.sequence + 1,
        asksAgain: isOtherTime(meeting, to),
        sessionId: meeting.session.id,
        introductionId: meeting.introductionId,
        ...facts(to),
      },
    });
    if (meeting.invitedAt)
      for (const { id } of meeting.participants)
        await emit(tx, ctx, "meeting.moved", meeting.id, { participantId: id });
  },
};
