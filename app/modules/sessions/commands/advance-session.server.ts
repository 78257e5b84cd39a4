import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { CANCEL_REASONS } from "../domain/reasons";
import { SESSION_AUDIT, SESSION_TRANSITIONS, type SessionAction } from "../domain/session-states";
import { mayWorkSessions } from "../policy";
import { callOff } from "./cancel-meeting.server";
import {
  asFailure,
  explain,
  LOST,
  type LockedMeeting,
  type LockedSession,
  lockSession,
  meetingsOfSession,
  sessionBlockers,
} from "./session-rows.server";

type Step = { sessionId: string; revision: number };

/**
 * Sends the invitations of a draft: each side of each planned meeting is asked whether it comes.
 * Failures: common:notFound, sessions:error.{changedMeanwhile,placeNeeded,meetingNeeded,alreadyInvited,…}.
 */
export async function sendInvitations(ctx: Ctx, input: Step): Promise<Result<{ invited: number }>> {
  return advance(ctx, "invite", input, async (tx, meetings) => {
    const now = ctx.clock.now();
    const planned = meetings.filter((one) => one.state === "planned");
    await tx.meeting.updateMany({
      where: { id: { in: planned.map((one) => one.id) } },
      data: { invitedAt: now, changedAt: now },
    });
    return {
      value: { invited: planned.length * 2 },
      tell: async () => {
        // nobody is invited to what has begun
        for (const meeting of planned.filter((one) => one.startsAt > now))
          for (const { id } of meeting.participants)
            await emit(tx, ctx, "meeting.invited", meeting.id, { participantId: id });
      },
    };
  });
}

/**
 * Fixes the plan: somebody still comes, and no planned meeting has a side that declined.
 * Failures: common:notFound, sessions:error.{changedMeanwhile,plannedNeeded,declinedOpen,inviteFirst,alreadyConfirmed,…}.
 */
export function confirmSession(ctx: Ctx, input: Step): Promise<Result<void>> {
  return advance(ctx, "confirm", input);
}

/**
 * Records that the session took place, once each meeting says who came or was called off.
 * Failures: common:notFound, sessions:error.{changedMeanwhile,notBegun,attendanceOpen,nothingHeld,confirmFirst,…}.
 */
export function holdSession(ctx: Ctx, input: Step): Promise<Result<void>> {
  return advance(ctx, "hold", input);
}

/**
 * Closes the file: the minutes of every meeting that was held have been sent.
 * Failures: common:notFound, sessions:error.{changedMeanwhile,minutesMissing,holdFirst,…}.
 */
export function closeSession(ctx: Ctx, input: Step): Promise<Result<void>> {
  return advance(ctx, "close", input);
}

/**
 * Calls the session off with its meetings; whoever was invited is told why (coded).
 * Failures: common:notFound, sessions:error.{changedMeanwhile,meetingsTookPlace,sessionHeld,sessionClosed,sessionCancelled}.
 */
export function cancelSession(ctx: Ctx, input: Step & { reasonCode: string }): Promise<Result<{ cancelled: number }>> {
  const { reasonCode } = input;
  return advance(
    ctx,
    "cancel",
    input,
    async (tx, meetings) => {
      await needReason(tx, "meeting.cancel", CANCEL_REASONS, reasonCode);
      const planned = meetings.filter((one) => one.state === "planned");
      for (const meeting of planned) await callOff.change(tx, ctx, meeting, reasonCode);
      return {
        value: { cancelled: planned.length },
        tell: async () => {
          for (const meeting of planned) await callOff.tell(tx, ctx, meeting, reasonCode);
        },
      };
    },
    { cancelReason: reasonCode },
  );
}

/** What a step does besides the session's own row: rows first, then (`tell`) log and events, which queue on the audit lock. */
type Doing<T> = (tx: Tx, meetings: LockedMeeting[]) => Promise<{ value: T; tell: () => Promise<void> }>;

function advance(ctx: Ctx, action: SessionAction, input: Step): Promise<Result<void>>;
function advance<T>(
  ctx: Ctx,
  action: SessionAction,
  input: Step,
  doing: Doing<T>,
  facts?: { cancelReason: string },
): Promise<Result<T>>;
async function advance<T>(
  ctx: Ctx,
  action: SessionAction,
  input: Step,
  doing?: Doing<T>,
  facts?: { cancelReason: string },
): Promise<Result<T | undefined>> {
  const { actor } = ctx;
  if (!mayWorkSessions(actor)) return fail("common:notFound");
  const result = await transact<T | undefined>(ctx, async (tx) => {
    const session = await lockSession(tx, input.sessionId, "update");
    if (!session || session.officeId !== actor.officeId) return fail("common:notFound");
    if (session.revision !== input.revision) return fail(LOST);
    const meetings = await meetingsOfSession(tx, session.id);
    const blocker = sessionBlockers(ctx, action, session, meetings)[0];
    if (blocker) return asFailure(blocker);
    const state = await moveOn(tx, session, action, facts);
    const done = await doing?.(tx, meetings);
    await audit(tx, ctx, {
      action: SESSION_AUDIT[action],
      subjectKind: "session",
      subjectId: session.id,
      before: { state: session.state },
      after: {
        state,
        meetings: meetings.filter((one) => one.state !== "cancelled").length,
        ...(facts ? { reason: facts.cancelReason } : {}),
      },
    });
    await done?.tell();
    return ok(done?.value);
  });
  return result.ok ? result : explain(ctx, "session", input.sessionId, result);
}

async function moveOn(
  tx: Tx,
  session: LockedSession,
  action: SessionAction,
  facts: { cancelReason: string } | undefined,
) {
  const state = SESSION_TRANSITIONS[session.state][action];
  if (!state) throw new Error(`${action} in ${session.state} passed its guard`);
  const moved = await tx.connectionSession.updateMany({
    where: { id: session.id, state: session.state, revision: session.revision },
    data: { state, revision: { increment: 1 }, ...facts },
  });
  if (moved.count === 0) abort(LOST);
  return state;
}
