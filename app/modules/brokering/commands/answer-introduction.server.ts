import type { Side } from "~/generated/prisma/enums";
import { memberIdsOf } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { fail, type Result } from "~/platform/result";
import { isOneSide, mayAnswerFor, mayWorkCases } from "../policy";
import { readAnswerToken } from "../queries/answer-token.server";
import type { AnswerInput, PhoneAnswerInput } from "../schemas";
import { type Answered, settleSide } from "./settle-side.server";

/**
 * A signed-in member of the asked organisation answers on the page. `side` matters only for who belongs to both.
 * Failures: common:notFound, brokering:error.{alreadyAnswered.*,settled,expired,withdrawn,alreadyAccepted}.
 */
export async function answerIntroduction(
  ctx: Ctx,
  input: AnswerInput & { introductionId: string; side: Side },
): Promise<Result<Answered>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(input.introductionId)) return fail("common:notFound");
  const side = await ctx.db.introductionSide.findUnique({
    where: { introductionId_side: { introductionId: input.introductionId, side: input.side } },
    select: { organisationId: true },
  });
  if (!side || !mayAnswerFor(actor, side)) return fail("common:notFound");
  return settleSide(ctx, { ...input, channel: "page", answeredById: actor.personId });
}

/**
 * Answers by the one-tap link of a mail, signed in or not. The link is one person's for one side: it works while that
 * person belongs to the organisation and the question is open, and is spent by any answer of that side.
 * Failures: brokering:error.linkWrong, common:tooMany, and those of answerIntroduction.
 */
export async function answerByLink(
  ctx: Ctx,
  input: AnswerInput & { token: string; remoteAddress: string },
): Promise<Result<Answered>> {
  const { token, remoteAddress, ...answer } = input;
  if (ctx.actor.kind !== "system" && !(await ctx.limits.consume("one-time-link", `address:${remoteAddress}`)).allowed)
    return fail("common:tooMany");
  const named = readAnswerToken(ctx.env, token);
  const side =
    named &&
    (await ctx.db.introductionSide.findUnique({
      where: { id: named.sideId },
      select: { introductionId: true, side: true, organisationId: true },
    }));
  if (!named || !side) return fail("brokering:error.linkWrong");
  return settleSide(ctx, {
    ...answer,
    introductionId: side.introductionId,
    side: side.side,
    channel: "link",
    answeredById: named.personId,
    onBehalfOfId: named.personId,
    recheck: async (tx) =>
      (await memberIdsOf(tx, side.organisationId)).includes(named.personId) ? null : fail("brokering:error.linkWrong"),
  });
}

/**
 * A broker writes down what a side said on the phone. The note is the record of the consent: who said what, when.
 * Failures: common:notFound, brokering:error.ownOrganisation, and those of answerIntroduction.
 */
export async function recordPhoneAnswer(
  ctx: Ctx,
  input: PhoneAnswerInput & { introductionId: string; side: Side },
): Promise<Result<Answered>> {
  const { actor } = ctx;
  if (!mayWorkCases(actor) || !isId(input.introductionId)) return fail("common:notFound");
  const found = await ctx.db.introduction.findFirst({
    where: { id: input.introductionId, case: { officeId: actor.officeId } },
    select: { sides: { select: { organisationId: true } } },
  });
  if (!found) return fail("common:notFound");
  // consent that opens contacts to the broker's own organisation is another broker's to record
  if (isOneSide(actor, found.sides)) return fail("brokering:error.ownOrganisation");
  return settleSide(ctx, { ...input, channel: "phone", answeredById: actor.personId });
}
