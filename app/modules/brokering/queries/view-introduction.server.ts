import { memberIdsOf } from "~/modules/accounts/index.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { readAnswerToken } from "./answer-token.server";
import { describeFor, type IntroductionRow, type IntroductionView, loadIntroduction } from "./describe-side.server";

/** May this side still answer today? */
function answerable(ctx: Ctx, row: IntroductionRow, view: IntroductionView): boolean {
  return (
    row.state === "proposed" &&
    view.mine.state === "asked" &&
    localDay(ctx.clock.now()) <= row.replyBy.toISOString().slice(0, 10)
  );
}

/**
 * The introduction for a member of one of its organisations; of both for who belongs to both: the side still asked goes
 * first. Null when it is absent or not theirs.
 */
export async function viewIntroduction(
  ctx: Ctx,
  id: string,
): Promise<(IntroductionView & { mayAnswer: boolean }) | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await loadIntroduction(ctx, id);
  const own = row?.sides.filter((side) => isMemberOf(actor, side.organisationId)) ?? [];
  const side = own.find((one) => one.state === "asked") ?? own[0];
  if (!row || !side) return null;
  const view = await describeFor(ctx, row, side.side);
  return view && { ...view, mayAnswer: answerable(ctx, row, view) };
}

/** Case of an introduction, for a broker or leader who opens the party's address. */
export async function caseOfIntroduction(ctx: Ctx, id: string): Promise<string | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id) || !actor.grants.some((grant) => grant === "broker" || grant === "leader"))
    return null;
  const row = await ctx.db.introduction.findFirst({
    where: { id, case: { officeId: actor.officeId } },
    select: { caseId: true },
  });
  return row?.caseId ?? null;
}

export type AnswerLinkView =
  | { state: "wrong" }
  /** already answered, or the introduction is over: nothing of it is shown any more */
  | { state: "answered"; answer: "accepted" | "declined"; introductionId: string }
  | { state: "over"; introductionId: string }
  | { state: "ready"; introduction: IntroductionView };

/**
 * What the one-tap link shows: the question while it is open, else only that it is over. Never contacts: these are on the
 * page behind the sign-in. Looking uses nothing up.
 */
export async function viewAnswerLink(ctx: Ctx, token: string): Promise<AnswerLinkView> {
  const named = readAnswerToken(ctx.env, token);
  const side =
    named &&
    (await ctx.db.introductionSide.findUnique({
      where: { id: named.sideId },
      select: { introductionId: true, side: true, state: true, organisationId: true },
    }));
  if (!named || !side || !(await memberIdsOf(ctx.db, side.organisationId)).includes(named.personId))
    return { state: "wrong" };
  const { introductionId } = side;
  if (side.state !== "asked") return { state: "answered", answer: side.state, introductionId };
  const row = await loadIntroduction(ctx, introductionId);
  const view = row && (await describeFor(ctx, row, side.side));
  if (!row || !view) return { state: "wrong" };
  return answerable(ctx, row, view) ? { state: "ready", introduction: view } : { state: "over", introductionId };
}
