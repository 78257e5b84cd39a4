import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { isUniqueViolation } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import {
  CLAIM_REASONS,
  CLAIM_TRANSITIONS,
  LIVE_ORGANISATION_STATES,
  MEMBERSHIP_TRANSITIONS,
  ORGANISATION_TRANSITIONS,
} from "../domain/states";
import { isColleague, mayDecideOrganisations } from "../policy";
import type { DecideClaimInput } from "../schemas";
import { limited, lockOrganisation } from "./shared.server";

/**
 * Says "this organisation is mine", with evidence. Tax codes are public, so knowing one proves nothing: a broker decides.
 * Fails: notFound, accounts:error.alreadyMember, claimWaiting, tooMany.
 */
export async function claimOrganisation(
  ctx: Ctx,
  input: { organisationId: string; evidence: string },
): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(input.organisationId)) return fail("notFound");
  if (isColleague(actor, input.organisationId)) return fail("accounts:error.alreadyMember");
  const refused = await limited(ctx, "write", [`person:${actor.personId}`]);
  if (refused) return refused;
  try {
    return await transact(ctx, async (tx) => {
      const organisation = await tx.organisation.findFirst({
        where: { id: input.organisationId, anonymous: false, state: { in: [...LIVE_ORGANISATION_STATES] } },
        select: { id: true },
      });
      if (!organisation) return fail("notFound");
      const id = newId();
      await tx.organisationClaim.create({
        data: {
          id,
          organisationId: organisation.id,
          personId: actor.personId,
          evidence: input.evidence,
          createdAt: ctx.clock.now(),
        },
      });
      await audit(tx, ctx, {
        action: "claim.submitted",
        subjectKind: "claim",
        subjectId: id,
        after: { organisationId: organisation.id },
      });
      await emit(tx, ctx, "claim.submitted", id, { organisationId: organisation.id });
      return ok({ id });
    });
  } catch (error) {
    if (isUniqueViolation(error)) return fail("accounts:error.claimWaiting");
    throw error;
  }
}

/**
 * A broker decides a claim. The first claimant approved becomes manager, later ones members; approving a claim on a waiting
 * organisation verifies it. A rejected founder loses the provisional membership. Two brokers at once: one decides, the other is told.
 * Nobody decides on their own claim. Fails: notFound, accounts:error.ownRequest, reasonNeeded, claimDecided.
 */
export async function decideClaim(
  ctx: Ctx,
  input: DecideClaimInput & { claimId: string },
): Promise<Result<{ organisationId: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !mayDecideOrganisations(actor) || !isId(input.claimId)) return fail("notFound");
  const approve = input.decision === "approve";
  if (!approve && !input.reasonCode) return fail("accounts:error.reasonNeeded");
  const claim = await ctx.db.organisationClaim.findUnique({
    where: { id: input.claimId },
    select: { organisationId: true, personId: true },
  });
  if (!claim) return fail("notFound");
  const { organisationId, personId } = claim;
  if (personId === actor.personId) return fail("accounts:error.ownRequest");
  const now = ctx.clock.now();
  const decided = { decidedAt: now, decidedById: actor.personId };
  return transact(ctx, async (tx) => {
    await lockOrganisation(tx, organisationId);
    if (!approve) await needReason(tx, "claim.reject", CLAIM_REASONS, input.reasonCode);
    const step = approve ? CLAIM_TRANSITIONS.approve : CLAIM_TRANSITIONS.reject;
    const changed = await tx.organisationClaim.updateMany({
      where: { id: input.claimId, state: { in: [...step.from] } },
      data: { state: step.to, reasonCode: input.reasonCode ?? null, note: input.note ?? null, ...decided },
    });
    if (changed.count === 0) abort("accounts:error.claimDecided");
    let role: "manager" | "member" | null = null;
    if (approve) {
      // founders whose own claim still waits are managers for the time being only
      const provisional = await tx.organisationClaim.findMany({
        where: { organisationId, state: "pending" },
        select: { personId: true },
      });
      const managers = await tx.membership.count({
        where: {
          organisationId,
          state: "active",
          role: "manager",
          personId: { notIn: [personId, ...provisional.map((row) => row.personId)] },
        },
      });
      // whom the organisation made a manager meanwhile stays one
      const already = await tx.membership.count({
        where: { organisationId, personId, state: "active", role: "manager", decidedAt: { not: null } },
      });
      role = managers === 0 || already > 0 ? "manager" : "member";
      await tx.membership.upsert({
        where: { personId_organisationId: { personId, organisationId } },
        create: { id: newId(), personId, organisationId, role, state: "active", createdAt: now, ...decided },
        update: { role, state: "active", ...decided },
      });
      const verify = ORGANISATION_TRANSITIONS.verify;
      const verified = await tx.organisation.updateMany({
        where: { id: organisationId, state: { in: [...verify.from] } },
        data: { state: verify.to, verifiedAt: now, verifiedById: actor.personId },
      });
      if (verified.count === 1) await emit(tx, ctx, "organisation.verified", organisationId);
      await tx.organisation.updateMany({
        where: { id: organisationId, brokerId: null },
        data: { brokerId: actor.personId },
      });
    } else {
      // decidedAt null: provisional, from founding; a membership that a manager granted stays
      await tx.membership.updateMany({
        where: { organisationId, personId, decidedAt: null, state: { in: [...MEMBERSHIP_TRANSITIONS.end.from] } },
        data: { state: MEMBERSHIP_TRANSITIONS.end.to, ...decided },
      });
    }
    await audit(tx, ctx, {
      action: "claim.decided",
      subjectKind: "claim",
      subjectId: input.claimId,
      onBehalfOfId: organisationId,
      before: { state: "pending" },
      after: { state: step.to, role, reasonCode: input.reasonCode ?? null },
    });
    await emit(tx, ctx, "claim.decided", input.claimId, { organisationId });
    return ok({ organisationId });
  });
}
