import type { Side } from "~/generated/prisma/enums";
import { memberIdsOf } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { type Failure, fail } from "~/platform/result";
import { readToken } from "../queries/tokens.server";

export type LinkCall = { token: string; remoteAddress: string };
export type LinkTarget = {
  meetingId: string;
  side: Side;
  personId: string;
  /** asked once the meeting is held: does that person still belong to the organisation? */
  recheck: (tx: Tx) => Promise<Failure | null>;
};

/** Whom and what a one-tap link speaks for; sign-in is not asked, guessing is slowed down. */
export async function linkTarget(
  ctx: Ctx,
  purpose: "meeting_answer" | "minutes_answer",
  { token, remoteAddress }: LinkCall,
): Promise<LinkTarget | Failure> {
  if (ctx.actor.kind !== "system" && !(await ctx.limits.consume("one-time-link", `address:${remoteAddress}`)).allowed)
    return fail("common:tooMany");
  const named = readToken(ctx.env, purpose, token);
  const participant =
    named &&
    (await ctx.db.meetingParticipant.findUnique({
      where: { id: named.participantId },
      select: { meetingId: true, side: true, organisationId: true },
    }));
  if (!named || !participant) return fail("sessions:error.linkWrong");
  const { meetingId, side, organisationId } = participant;
  const { personId } = named;
  const recheck = async (tx: Tx) =>
    (await memberIdsOf(tx, organisationId)).includes(personId) ? null : fail("sessions:error.linkWrong");
  return { meetingId, side, personId, recheck };
}
