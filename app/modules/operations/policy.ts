import { type Actor, hasGrant } from "~/platform/context";

/** How the exchange runs inside is for administrators. */
export function mayOperate(actor: Actor): boolean {
  return hasGrant(actor, "administrator");
}
