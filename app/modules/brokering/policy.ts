import type { Prisma } from "~/generated/prisma/client";
import { type Actor, hasGrant, isMemberOf, type PersonActor } from "~/platform/context";

/** Works on cases and introductions: a broker, in their own office only. */
export function mayWorkCases(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker");
}

/** Belongs to one of the sides: such a broker neither asks both nor writes down their answers, as with reviews and matches. */
export function isOneSide(actor: Actor, sides: { organisationId: string }[]): boolean {
  return sides.some((side) => isMemberOf(actor, side.organisationId));
}

/** Sees cases: brokers of the office, and its leaders, who change nothing. */
export function maySeeCases(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker", "leader");
}

/** The one where of every query of cases: the office's own; nobody else sees any. */
export function visibleCases(actor: Actor): Prisma.BrokerCaseWhereInput {
  if (actor.kind === "system") return {};
  return maySeeCases(actor) ? { officeId: actor.officeId } : { id: { in: [] } };
}

/** The cases an actor may change. */
export function workableCases(actor: Actor): Prisma.BrokerCaseWhereInput {
  return mayWorkCases(actor) ? { officeId: actor.officeId } : { id: { in: [] } };
}

/** Answers for a side: a member of its organisation. */
export function mayAnswerFor(actor: Actor, side: { organisationId: string }): actor is PersonActor {
  return isMemberOf(actor, side.organisationId);
}
