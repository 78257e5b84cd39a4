import { type Actor, hasGrant, isMemberOf, type PersonActor } from "~/platform/context";

/** Sees what came of meetings and introductions: brokers of the office, and its leaders, who change nothing. */
export function maySeeOutcomes(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker", "leader");
}

/** Finds out who is right when two sides contradict each other, and writes down what was said by phone: a broker, in their own office only. */
export function mayResolveOutcomes(actor: Actor): actor is PersonActor {
  return hasGrant(actor, "broker");
}

/** Answers for a side: a member of its organisation. */
export function mayAnswerOutcome(actor: Actor, question: { organisationId: string }): actor is PersonActor {
  return isMemberOf(actor, question.organisationId);
}
