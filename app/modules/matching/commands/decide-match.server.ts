import { isOfficeBroker } from "~/modules/listings/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { type DecisionAction, DISMISS_REASONS, nextDecision } from "../domain/match-decisions";
import { mayDecideMatch } from "../policy";
import { NOTE_LENGTH } from "../schemas";

const SIDE = { select: { officeId: true, organisationId: true, createdById: true } } as const;

async function decide(
  ctx: Ctx,
  matchId: string,
  action: DecisionAction,
  reasonCode: string | null,
  note: string | null,
): Promise<Result> {
  const { actor } = ctx;
  const match = await ctx.db.match.findUnique({
    where: { id: matchId },
    select: {
      id: true,
      needId: true,
      score: true,
      engineVersion: true,
      decision: true,
      reasonCode: true,
      need: SIDE,
      offering: SIDE,
    },
  });
  if (!match || !isPerson(actor) || !isOfficeBroker(actor, match.need.officeId)) return fail("matching:error.notFound");
  if (!mayDecideMatch(actor, [match.need, match.offering])) return fail("matching:error.ownOrganisation");
  const decision = nextDecision(match.decision, action);
  if (decision === null) return fail("matching:error.decidedMeanwhile");
  return transact(ctx, async (tx) => {
    if (action === "dismiss") await needReason(tx, "match.dismiss", DISMISS_REASONS, reasonCode);
    const none = decision === "none";
    const changed = await tx.match.updateMany({
      where: { id: match.id, decision: match.decision },
      data: {
        decision,
        reasonCode,
        note,
        decidedAt: none ? null : ctx.clock.now(),
        decidedById: none ? null : actor.personId,
      },
    });
    if (changed.count === 0) abort("matching:error.decidedMeanwhile");
    // the place and the engine it was decided on: what precision is counted from, also after the engine changed
    const better = await tx.match.count({ where: { needId: match.needId, score: { gt: match.score } } });
    await audit(tx, ctx, {
      action: none ? "match.undecided" : `match.${decision}`,
      subjectKind: "match",
      subjectId: match.id,
      before: { decision: match.decision, reasonCode: match.reasonCode },
      after: { decision, reasonCode, engineVersion: match.engineVersion, place: better + 1 },
    });
    if (decision === "shortlisted") await emit(tx, ctx, "match.shortlisted", match.id);
    if (decision === "dismissed") await emit(tx, ctx, "match.dismissed", match.id);
    return ok();
  });
}

/** Puts a suggestion on the list of those worth introducing. Failures: matching:error.{notFound,ownOrganisation,decidedMeanwhile}. */
export function shortlistMatch(ctx: Ctx, input: { matchId: string }): Promise<Result> {
  return decide(ctx, input.matchId, "shortlist", null, null);
}

/** Puts a suggestion aside with a coded reason; "other" needs a note. Failures as shortlistMatch, and matching:error.noteForOther. */
export async function dismissMatch(
  ctx: Ctx,
  input: { matchId: string; reasonCode: string; note?: string },
): Promise<Result> {
  const note = cleanText(input.note ?? "").slice(0, NOTE_LENGTH);
  if (input.reasonCode === "other" && note === "")
    return fail("matching:error.invalid", { fields: { note: ["matching:error.noteForOther"] } });
  return decide(ctx, input.matchId, "dismiss", input.reasonCode, note || null);
}

/** Takes a decision back. Failures as shortlistMatch. */
export function undoDecision(ctx: Ctx, input: { matchId: string }): Promise<Result> {
  return decide(ctx, input.matchId, "undo", null, null);
}
