import { pairToken, verifyPairToken } from "~/modules/accounts/index.server";
import type { Env } from "~/platform/env.server";

/** Token of the one-tap link that answers an invitation: one side's, for one person. Derived, so that no table holds it. */
export function meetingToken(env: Env, participantId: string, personId: string): string {
  return pairToken(env, "meeting_answer", participantId, personId);
}

/** Token of the one-tap link that confirms minutes. */
export function minutesToken(env: Env, participantId: string, personId: string): string {
  return pairToken(env, "minutes_answer", participantId, personId);
}

export type NamedByToken = { participantId: string; personId: string };

export function readToken(env: Env, purpose: "meeting_answer" | "minutes_answer", token: string): NamedByToken | null {
  const ids = verifyPairToken(env, purpose, token);
  return ids && { participantId: ids[0], personId: ids[1] };
}
