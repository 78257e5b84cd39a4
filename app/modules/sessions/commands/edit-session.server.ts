import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { localDay } from "~/platform/ports/clock";
import { abort, type Failure, fail, ok, type Result } from "~/platform/result";
import { isPastDay, localMoment } from "../domain/local-time";
import { SESSION_AUDIT } from "../domain/session-states";
import { mayWorkSessions } from "../policy";
import type { EditSessionInput } from "../schemas";
import { misfit } from "./fit-meeting";
import { type NewSlot, shift, wantedBy } from "./move-meeting.server";
import {
  explain,
  LOST,
  type LockedMeeting,
  type LockedSession,
  lockSession,
  meetingsOfSession,
  planRefusal,
  sidesOf,
} from "./session-rows.server";
import { exclusionOf, explainSlot } from "./slot-conflicts.server";

/**
 * Changes a session whose plan is still open. Put off to another day, its meetings go along at the same distance from its
 * beginning and both sides are asked again; a new place or link raises the SEQUENCE of their calendar entries. Otherwise
 * the meetings must fit the changed hours, tables and link.
 * Failures: common:notFound, common:invalid (moved into the past), sessions:error.{changedMeanwhile,placeFixed,sessionHeld,
 * meetingOutside,tableInUse,onlineInUse,organisationTaken,slotTaken,session…}.
 */
export async function editSession(ctx: Ctx, input: EditSessionInput & { sessionId: string }): Promise<Result<void>> {
  const { actor } = ctx;
  if (!mayWorkSessions(actor)) return fail("common:notFound");
  const { sessionId, revision, ...facts } = input;
  let moving: { meeting: LockedMeeting; to: NewSlot } | null = null;
  try {
    const result = await transact(ctx, async (tx) => {
      const session = await lockSession(tx, sessionId, "update");
      if (!session || session.officeId !== actor.officeId) return fail("common:notFound");
      if (session.revision !== revision) return fail(LOST);
      const closed = planRefusal(session.state);
      if (closed) return closed;
      // a session that runs may still end later
      if (session.startsAt.getTime() !== facts.startsAt.getTime() && isPastDay(facts.startsAt, ctx.clock.now()))
        return fail("common:invalid", { fields: { date: ["sessions:error.datePast"] } });
      if (session.state !== "draft" && !facts.place && !facts.onlineUrl) return fail("sessions:error.placeFixed");
      const meetings = (await meetingsOfSession(tx, session.id)).filter((one) => one.state !== "cancelled");
      const putOff = localDay(session.startsAt) !== localDay(facts.startsAt);
      if (putOff && meetings.some((one) => one.state !== "planned")) return fail("sessions:error.sessionHeld");
      const by = putOff ? facts.startsAt.getTime() - session.startsAt.getTime() : 0;
      const moves = meetings.map((meeting) => ({ meeting, to: later(meeting, by) }));
      const unfit = moves.map(({ meeting, to }) => unfitting(ctx, meeting, to, facts)).find((one) => one !== null);
      if (unfit) return unfit;

      const elsewhere = session.place !== facts.place || session.onlineUrl !== facts.onlineUrl;
      const changed = await tx.connectionSession.updateMany({
        where: { id: session.id, revision, state: session.state },
        data: { ...facts, revision: { increment: 1 } },
      });
      if (changed.count === 0) abort(LOST);
      const told = putOff || elsewhere ? moves.filter((one) => one.meeting.state === "planned") : [];
      // the one farthest ahead goes first: none steps on the place of one that has still to go
      if (by > 0) told.reverse();
      for (const move of told) {
        moving = move;
        await shift.change(tx, ctx, move.meeting, move.to);
      }
      await audit(tx, ctx, {
        action: SESSION_AUDIT.edited,
        subjectKind: "session",
        subjectId: session.id,
        before: {
          startsAt: session.startsAt.toISOString(),
          endsAt: session.endsAt.toISOString(),
          tables: session.tables,
        },
        after: {
          state: session.state,
          startsAt: facts.startsAt.toISOString(),
          endsAt: facts.endsAt.toISOString(),
          tables: facts.tables,
          putOff,
          elsewhere,
        },
      });
      for (const { meeting, to } of told) await shift.tell(tx, ctx, meeting, to);
      return ok();
    });
    return result.ok ? result : explain(ctx, "session", sessionId, result);
  } catch (error) {
    const move = moving as { meeting: LockedMeeting; to: NewSlot } | null;
    if (exclusionOf(error) && move) return explainSlot(ctx, wantedBy(move.meeting, move.to));
    throw error;
  }
}

const later = (meeting: LockedMeeting, by: number): NewSlot => ({
  startsAt: new Date(meeting.startsAt.getTime() + by),
  endsAt: new Date(meeting.endsAt.getTime() + by),
  tableNumber: meeting.tableNumber,
});

/** Why this meeting keeps the session from being changed so; in words that name it. */
function unfitting(
  ctx: Ctx,
  meeting: LockedMeeting,
  to: NewSlot,
  session: Pick<LockedSession, "startsAt" | "endsAt" | "tables" | "onlineUrl">,
): Failure | null {
  const sides = sidesOf(ctx, meeting);
  switch (misfit(to, session)?.code) {
    case undefined:
      return null;
    case "sessions:error.outsideSession":
      return fail("sessions:error.meetingOutside", { params: { sides, at: localMoment(to.startsAt) } });
    case "sessions:error.onlineUrlNeeded":
      return fail("sessions:error.onlineInUse", { params: { sides } });
    default:
      return fail("sessions:error.tableInUse", { params: { sides, table: to.tableNumber ?? 0 } });
  }
}
