import { pairToken, verifyPairToken } from "~/modules/accounts/index.server";
import type { Env } from "~/platform/env.server";

/** Token of the one-tap link: one question's, for one person. Derived, so that no table holds it. */
export function outcomeToken(env: Env, questionId: string, personId: string): string {
  return pairToken(env, "outcome_answer", questionId, personId);
}

export function readOutcomeToken(env: Env, token: string): { questionId: string; personId: string } | null {
  const ids = verifyPairToken(env, "outcome_answer", token);
  return ids && { questionId: ids[0], personId: ids[1] };
}
