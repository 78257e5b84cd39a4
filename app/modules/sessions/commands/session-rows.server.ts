import type { ConnectionSessionState, Side } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { isOneSide } from "~/modules/brokering/index.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { isId } from "~/platform/ids";
import { type Failure, fail } from "~/platform/result";
import { localMoment } from "../domain/local-time";
import { type MeetingSnapshot, SIDES } from "../domain/meeting-states";
import { type Blocker, blockersOf, type SessionAction, stateRefusal } from "../domain/session-states";
import { mayWorkSessions } from "../policy";

/** Minutes are to be written, by whom runs the session; to be confirmed, by both sides; and the day of the next step. */
export const WRITE_DUE = "minutes.write";
export const CONFIRM_DUE = "minutes.confirm";
export const STEP_DUE = "minutes.step";

const NAME = { nameVi: true, nameEn: true, anonymous: true } as const;
const SESSION = {
  id: true,
  officeId: true,
  ownerId: true,
  title: true,
  state: true,
  place: true,
  onlineUrl: true,
  startsAt: true,
  endsAt: true,
  tables: true,
  slotMinutes: true,
  revision: true,
} as const;
const PARTICIPANT = {
  id: true,
  side: true,
  organisationId: true,
  response: true,
  respondedById: true,
  attended: true,
  organisation: { select: NAME },
} as const;
const MEETING = {
  id: true,
  state: true,
  startsAt: true,
  endsAt: true,
  tableNumber: true,
  sequence: true,
  revision: true,
  invitedAt: true,
  caseId: true,
  introductionId: true,
  session: { select: SESSION },
  participants: { select: PARTICIPANT, orderBy: { side: "asc" } },
  minutes: {
    select: {
      id: true,
      state: true,
      revision: true,
      sentAt: true,
      outcome: true,
      nextStep: true,
      nextOwner: true,
      nextOn: true,
      stepDoneAt: true,
      stepDoneById: true,
      confirmations: { select: { revision: true, side: true, confirmed: true, byId: true } },
    },
  },
} as const;

/**
 * Takes the session for this transaction: "update" for its own steps, "share" for changes of one meeting, which must not run
 * beside a step of the session but may run beside each other: the database keeps their times apart.
 */
export async function lockSession(tx: Tx, id: string, how: "update" | "share") {
  if (!isId(id)) return null;
  const rows =
    how === "update"
      ? await tx.$queryRaw<{ id: string }[]>`SELECT id FROM connection_session WHERE id = ${id}::uuid FOR UPDATE`
      : await tx.$queryRaw<{ id: string }[]>`SELECT id FROM connection_session WHERE id = ${id}::uuid FOR SHARE`;
  return rows.length === 0 ? null : tx.connectionSession.findUniqueOrThrow({ where: { id }, select: SESSION });
}
export type LockedSession = NonNullable<Awaited<ReturnType<typeof lockSession>>>;

/** The session's meetings with their sides, by time. */
export function meetingsOfSession(tx: Tx, sessionId: string) {
  return tx.meeting.findMany({
    where: { sessionId },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    select: MEETING,
  });
}

/**
 * Takes a meeting for this transaction; `withSession` also holds its session's state. Answers of both sides, brokers and the
 * clock pass here one after the other. Null when there is none.
 */
export async function lockMeeting(tx: Tx, id: string, withSession = false) {
  if (!isId(id)) return null;
  if (withSession) {
    const found = await tx.meeting.findUnique({ where: { id }, select: { sessionId: true } });
    if (!found || !(await lockSession(tx, found.sessionId, "share"))) return null;
  }
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM meeting WHERE id = ${id}::uuid FOR UPDATE`;
  return rows.length === 0 ? null : tx.meeting.findUniqueOrThrow({ where: { id }, select: MEETING });
}
export type LockedMeeting = NonNullable<Awaited<ReturnType<typeof lockMeeting>>>;

export function snapshotOf(meeting: LockedMeeting): MeetingSnapshot {
  const of = (side: Side) => meeting.participants.find((one) => one.side === side)?.response ?? "none";
  return {
    state: meeting.state,
    sequence: meeting.sequence,
    responses: { need: of("need"), offering: of("offering") },
  };
}

/** "Need side – offering side", for messages. */
export function sidesOf(
  ctx: Pick<Ctx, "locale">,
  meeting: { participants: readonly Pick<LockedMeeting["participants"][number], "side" | "organisation">[] },
): string {
  return SIDES.flatMap((side) => meeting.participants.find((one) => one.side === side) ?? [])
    .map((one) => displayName(one.organisation, ctx.locale))
    .join(" – ");
}

/** What must be done before this step of the session, in words. */
export function sessionBlockers(
  ctx: Pick<Ctx, "locale" | "clock">,
  action: SessionAction,
  session: Pick<LockedSession, "state" | "place" | "onlineUrl" | "startsAt">,
  meetings: readonly Pick<LockedMeeting, "state" | "startsAt" | "participants" | "minutes">[],
): Blocker[] {
  return blockersOf(action, {
    state: session.state,
    hasPlace: session.place !== null || session.onlineUrl !== null,
    begun: session.startsAt <= ctx.clock.now(),
    startsAtText: localMoment(session.startsAt),
    meetings: meetings.map((meeting) => ({
      state: meeting.state,
      sides: sidesOf(ctx, meeting),
      at: localMoment(meeting.startsAt),
      participants: meeting.participants.map(({ organisation, response }) => ({
        name: displayName(organisation, ctx.locale),
        response,
      })),
      minutesSent: meeting.minutes?.sentAt != null,
    })),
  });
}

export const asFailure = ({ code, params }: Blocker): Failure => fail(code, params ? { params } : {});

/** Why the plan of a session in this state cannot change; null when it can. */
export function planRefusal(state: ConnectionSessionState): Failure | null {
  const refused = stateRefusal(state, "plan");
  return refused && asFailure(refused);
}

/** Why nothing can be done with a meeting that is no longer planned. */
export function notPlanned(state: LockedMeeting["state"]): Failure {
  const code = { held: "meetingHeld", no_show: "meetingNoShow", cancelled: "meetingCancelled", planned: "slotTaken" };
  return fail(`sessions:error.${code[state]}`);
}

/**
 * May this actor work on the meeting? Absent and another office's answer alike; a broker of one side leaves it to a colleague.
 */
export function workRefusal(ctx: Ctx, meeting: LockedMeeting | null): Failure | null {
  if (!meeting || !mayWorkSessions(ctx.actor) || meeting.session.officeId !== ctx.actor.officeId)
    return fail("common:notFound");
  return isOneSide(ctx.actor, meeting.participants) ? fail("sessions:error.ownOrganisation") : null;
}

/** Code by which a lost race leaves the transaction; `explain` turns it into words. */
export const LOST = "sessions:error.changedMeanwhile";

/** Who was quicker: one clear message. The forms keep what was typed and take the new revision. */
export async function explain(ctx: Ctx, kind: "session" | "meeting", id: string, failure: Failure): Promise<Failure> {
  if (failure.code !== LOST) return failure;
  const last = await ctx.db.auditEntry.findFirst({
    where: { subjectKind: kind, subjectId: id },
    orderBy: { seq: "desc" },
    select: { actorId: true, onBehalfOfId: true },
  });
  return fail(LOST, { params: { name: await nameOf(ctx.db, last?.actorId ?? last?.onBehalfOfId ?? null) } });
}

/** A person's name for a message. */
export async function nameOf(db: Tx, personId: string | null): Promise<string> {
  const who = personId ? await db.person.findUnique({ where: { id: personId }, select: { fullName: true } }) : null;
  return who?.fullName ?? "…";
}
