import { type Actor, hasGrant } from "~/platform/context";

/** Jobs that were given up show how the exchange works inside: administrators only. */
export function mayHandleDeadLetters(actor: Actor): boolean {
  return hasGrant(actor, "administrator");
}

/** Whose mails are stopped is a matter of addresses: administrators only. */
export function mayLiftSuppressions(actor: Actor): boolean {
  return hasGrant(actor, "administrator");
}
