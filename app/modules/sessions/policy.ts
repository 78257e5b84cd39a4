import type { Prisma } from "~/generated/prisma/client";
import { type Actor, hasGrant, isMemberOf, isPerson, type PersonActor } from "~/platform/context";

/** Works on sessions and meetings: a broker, in their own office only. */
export function mayWorkSessions(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker");
}

/** Sees sessions whole: brokers of the office, and its leaders, who change nothing. */
export function maySeeSessions(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker", "leader");
}

/** The one where of every query of sessions: the office's own; parties see meetings, never a session whole. */
export function visibleSessions(actor: Actor): Prisma.ConnectionSessionWhereInput {
  if (actor.kind === "system") return {};
  return maySeeSessions(actor) ? { officeId: actor.officeId } : { id: { in: [] } };
}

/** The sessions an actor may change. */
export function workableSessions(actor: Actor): Prisma.ConnectionSessionWhereInput {
  return mayWorkSessions(actor) ? { officeId: actor.officeId } : { id: { in: [] } };
}

/** Meetings of the actor's organisations, from the invitation on; nobody else's. */
export function ownMeetings(actor: Actor): Prisma.MeetingWhereInput {
  if (!isPerson(actor) || actor.memberships.length === 0) return { id: { in: [] } };
  const organisationId = { in: actor.memberships.map((one) => one.organisationId) };
  return { invitedAt: { not: null }, participants: { some: { organisationId } } };
}

/** Sees a meeting: staff who see sessions of its office, or a member of one of its organisations once it was invited. */
export function maySeeMeeting(
  actor: Actor,
  meeting: { officeId: string; invitedAt: Date | null; participants: readonly { organisationId: string }[] },
): boolean {
  if (maySeeSessions(actor) && actor.officeId === meeting.officeId) return true;
  return meeting.invitedAt !== null && meeting.participants.some((one) => isMemberOf(actor, one.organisationId));
}

/** Answers for a side: a member of its organisation. */
export function mayAnswerForSide(actor: Actor, participant: { organisationId: string }): actor is PersonActor {
  return isMemberOf(actor, participant.organisationId);
}
