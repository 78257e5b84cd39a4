import { pairToken, verifyPairToken } from "~/modules/accounts/index.server";
import type { Env } from "~/platform/env.server";

/** Token of the one-tap link: one side's, for one person. Derived, so that no table holds it. */
export function answerToken(env: Env, sideId: string, personId: string): string {
  return pairToken(env, "introduction_answer", sideId, personId);
}

export function readAnswerToken(env: Env, token: string): { sideId: string; personId: string } | null {
  const ids = verifyPairToken(env, "introduction_answer", token);
  return ids && { sideId: ids[0], personId: ids[1] };
}
