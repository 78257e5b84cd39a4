import { pairToken, verifyPairToken } from "~/modules/accounts/index.server";
import type { Env } from "~/platform/env.server";

/** Token of the one-click link: one question's, for one person. Derived, so that no table holds it. */
export function reconfirmToken(env: Env, confirmationId: string, personId: string): string {
  return pairToken(env, "listing_reconfirm", confirmationId, personId);
}

export function readReconfirmToken(env: Env, token: string): { confirmationId: string; personId: string } | null {
  const ids = verifyPairToken(env, "listing_reconfirm", token);
  return ids && { confirmationId: ids[0], personId: ids[1] };
}
