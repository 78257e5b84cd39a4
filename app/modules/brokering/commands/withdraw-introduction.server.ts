import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { AUDIT_ACTIONS, afterAction } from "../domain/introduction-states";
import { mayWorkCases } from "../policy";
import {
  bringForward,
  type LockedIntroduction,
  lockIntroduction,
  REPLY_DUE,
  snapshotOf,
  tooLate,
} from "./introduction-rows.server";

/**
 * Takes the question back; both sides are told, without a reason. Nothing opens any more.
 * Failures: common:notFound, brokering:error.{settled,expired,withdrawn,alreadyAccepted}.
 */
export async function withdrawIntroduction(ctx: Ctx, input: { introductionId: string }): Promise<Result<void>> {
  const { actor } = ctx;
  if (!mayWorkCases(actor) || !isId(input.introductionId)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    const introduction = await lockIntroduction(tx, input.introductionId);
    if (!introduction || introduction.case.officeId !== actor.officeId) return fail("common:notFound");
    if (!afterAction(snapshotOf(introduction), { kind: "withdraw" })) return tooLate(introduction);
    await takeBack(tx, ctx, introduction);
    return ok();
  });
}

/**
 * Takes a proposed introduction back within a transaction that holds it; both sides are told, the broker too unless it was
 * their own doing. `why` goes into the log when it was the clock's.
 */
export async function takeBack(
  tx: Tx,
  ctx: Ctx,
  introduction: LockedIntroduction,
  why?: "listing-gone",
): Promise<void> {
  await tx.introduction.updateMany({
    where: { id: introduction.id, state: "proposed" },
    data: { state: "withdrawn", settledAt: ctx.clock.now() },
  });
  await closeDue(tx, ctx, introduction.id, [REPLY_DUE], "cancelled");
  await audit(tx, ctx, {
    action: AUDIT_ACTIONS.withdrawn,
    subjectKind: "introduction",
    subjectId: introduction.id,
    before: { state: "proposed" },
    after: { state: "withdrawn", ...(why ? { why } : {}) },
  });
  await bringForward(tx, ctx, introduction.caseId);
  for (const side of introduction.sides)
    await emit(tx, ctx, "introduction.withdrawn", introduction.id, { sideId: side.id });
  const { actor } = ctx;
  if (actor.kind !== "person" || introduction.case.brokerId !== actor.personId)
    await emit(tx, ctx, "introduction.withdrawn", introduction.id, { brokerId: introduction.case.brokerId });
}
