import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import {
  CLAIM_TRANSITIONS,
  MEMBERSHIP_TRANSITIONS,
  ORGANISATION_REASONS,
  ORGANISATION_TRANSITIONS,
} from "../domain/states";
import { mayDecideOrganisations } from "../policy";
import type { DecideOrganisationInput } from "../schemas";
import { lockOrganisation } from "./shared.server";

/**
 * A broker verifies or rejects a waiting organisation. Verifying approves its founder's claim too; rejecting turns down every
 * waiting claim and ends the provisional memberships. Two brokers at once: one decides, the other is told.
 * Fails: notFound, accounts:error.reasonNeeded, accounts:error.organisationDecided.
 */
export async function decideOrganisation(
  ctx: Ctx,
  input: DecideOrganisationInput & { organisationId: string },
): Promise<Result> {
  const { actor } = ctx;
  const id = input.organisationId;
  if (!isPerson(actor) || !mayDecideOrganisations(actor) || !isId(id)) return fail("notFound");
  const approve = input.decision === "approve";
  if (!approve && !input.reasonCode) return fail("accounts:error.reasonNeeded");
  const now = ctx.clock.now();
  const decided = { decidedAt: now, decidedById: actor.personId };
  return transact(ctx, async (tx) => {
    if (!approve) await needReason(tx, "organisation.reject", ORGANISATION_REASONS, input.reasonCode);
    if (!(await lockOrganisation(tx, id))) return fail("notFound");
    const organisation = await tx.organisation.findUniqueOrThrow({
      where: { id },
      select: { createdById: true, brokerId: true },
    });
    const step = approve ? ORGANISATION_TRANSITIONS.verify : ORGANISATION_TRANSITIONS.reject;
    const changed = await tx.organisation.updateMany({
      where: { id, state: { in: [...step.from] } },
      data: approve
        ? {
            state: step.to,
            verifiedAt: now,
            verifiedById: actor.personId,
            brokerId: organisation.brokerId ?? actor.personId,
          }
        : { state: step.to, rejectReason: input.reasonCode ?? null, rejectNote: input.note ?? null },
    });
    if (changed.count === 0) abort("accounts:error.organisationDecided");
    if (approve) {
      // an imported organisation has no founder: claims on it are decided one by one
      const founder = organisation.createdById;
      if (founder) {
        const claim = await tx.organisationClaim.updateMany({
          where: { organisationId: id, personId: founder, state: { in: [...CLAIM_TRANSITIONS.approve.from] } },
          data: { state: CLAIM_TRANSITIONS.approve.to, note: input.note ?? null, ...decided },
        });
        // who handed a rejected one in again was no provisional manager
        const member = { role: "manager", state: "active", ...decided } as const;
        if (claim.count > 0)
          await tx.membership.upsert({
            where: { personId_organisationId: { personId: founder, organisationId: id } },
            create: { id: newId(), personId: founder, organisationId: id, createdAt: now, ...member },
            update: member,
          });
      }
      await tx.membership.updateMany({
        where: { organisationId: id, state: "active", decidedAt: null },
        data: decided,
      });
    } else {
      await tx.organisationClaim.updateMany({
        where: { organisationId: id, state: { in: [...CLAIM_TRANSITIONS.reject.from] } },
        data: {
          state: CLAIM_TRANSITIONS.reject.to,
          reasonCode: input.reasonCode,
          note: input.note ?? null,
          ...decided,
        },
      });
      await tx.membership.updateMany({
        where: { organisationId: id, state: { in: [...MEMBERSHIP_TRANSITIONS.end.from] } },
        data: { state: MEMBERSHIP_TRANSITIONS.end.to, ...decided },
      });
      await tx.membership.updateMany({
        where: { organisationId: id, state: { in: [...MEMBERSHIP_TRANSITIONS.decline.from] } },
        data: { state: MEMBERSHIP_TRANSITIONS.decline.to, ...decided },
      });
      await tx.invitation.updateMany({
        where: { organisationId: id, acceptedAt: null, revokedAt: null },
        data: { revokedAt: now },
      });
    }
    const type = approve ? "organisation.verified" : "organisation.rejected";
    await audit(tx, ctx, {
      action: type,
      subjectKind: "organisation",
      subjectId: id,
      before: { state: "pending" },
      after: { state: step.to, reasonCode: input.reasonCode ?? null },
    });
    await emit(tx, ctx, type, id);
    return ok();
  });
}

/** Puts a broker in charge of an organisation. Fails: notFound, accounts:error.notABroker. */
export async function assignBroker(ctx: Ctx, input: { organisationId: string; brokerId: string }): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor) || !mayDecideOrganisations(actor) || !isId(input.organisationId)) return fail("notFound");
  return transact(ctx, async (tx) => {
    const grant = isId(input.brokerId)
      ? await tx.grant.findFirst({
          where: { personId: input.brokerId, role: "broker", endedAt: null, person: { disabledAt: null } },
          select: { id: true },
        })
      : null;
    if (!grant) return fail("accounts:error.notABroker");
    const before = await tx.organisation.findUnique({
      where: { id: input.organisationId },
      select: { brokerId: true },
    });
    if (!before) return fail("notFound");
    if (before.brokerId === input.brokerId) return ok();
    await tx.organisation.update({ where: { id: input.organisationId }, data: { brokerId: input.brokerId } });
    await audit(tx, ctx, {
      action: "organisation.broker-assigned",
      subjectKind: "organisation",
      subjectId: input.organisationId,
      before: { brokerId: before.brokerId },
      after: { brokerId: input.brokerId },
    });
    return ok();
  });
}
