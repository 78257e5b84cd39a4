import { audit } from "~/platform/audit.server";
import { type Ctx, isMemberOf } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { OUTCOME_AUDIT } from "../domain/chase";
import { mayResolveOutcomes } from "../outcome-policy";
import type { ResolveOutcomeInput } from "../outcome-schemas";
import { lockStep, RESOLVE_DUE } from "./outcome-rows.server";

/**
 * Two sides told different stories; a broker found out what came of it and how. It counts for both sides from then on; what
 * they said stays. A broker who belongs to one of the sides leaves it to another.
 * Failures: common:notFound, outcomes:error.{ownOrganisation,noConflict,alreadyResolved}.
 */
export async function resolveOutcome(ctx: Ctx, input: ResolveOutcomeInput): Promise<Result> {
  const { actor } = ctx;
  if (!mayResolveOutcomes(actor) || !isId(input.questionId)) return fail("common:notFound");
  return transact(ctx, async (tx): Promise<Result> => {
    const step = await lockStep(tx, input.questionId);
    const first = step[0];
    if (!first || first.officeId !== actor.officeId) return fail("common:notFound");
    if (step.some((one) => isMemberOf(actor, one.organisationId))) return fail("outcomes:error.ownOrganisation");
    if (!step.every((one) => one.conflict)) return fail("outcomes:error.noConflict");
    if (first.resolvedById) {
      const who = await tx.person.findUnique({ where: { id: first.resolvedById }, select: { fullName: true } });
      return fail("outcomes:error.alreadyResolved", { params: { name: who?.fullName ?? "…" } });
    }
    await tx.outcomeQuestion.updateMany({
      where: { id: { in: step.map((one) => one.id) }, resolvedAt: null },
      data: {
        resolution: input.resolution,
        resolvedNote: input.note,
        resolvedAt: ctx.clock.now(),
        resolvedById: actor.personId,
      },
    });
    await closeDue(tx, ctx, first.id, [RESOLVE_DUE], "done");
    for (const one of step) {
      await audit(tx, ctx, {
        action: OUTCOME_AUDIT.resolved,
        subjectKind: "outcome-question",
        subjectId: one.id,
        before: { state: "conflict", answer: one.answer },
        after: { state: "resolved", resolution: input.resolution, side: one.side, days: one.days, caseId: one.caseId },
      });
    }
    return ok();
  });
}
