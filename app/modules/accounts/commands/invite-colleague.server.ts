import type { MembershipRole } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { LIVE_ORGANISATION_STATES } from "../domain/states";
import { verifyLinkToken } from "../links.server";
import { mayManageMembers } from "../policy";
import { limited, lockOrganisation } from "./shared.server";

export const INVITATION_DAYS = 14;

/**
 * Invites a colleague by e-mail, for 14 days. A new invitation to the same address replaces the earlier one.
 * Fails: notFound, accounts:error.alreadyColleague, tooMany.
 */
export async function inviteColleague(
  ctx: Ctx,
  input: { organisationId: string; email: string; role: MembershipRole },
): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  const { organisationId } = input;
  if (!isPerson(actor) || !isId(organisationId) || !mayManageMembers(actor, organisationId)) return fail("notFound");
  // few mails to one address, more from one manager (counted like a shared address)
  const refused = await limited(ctx, "one-time-link", [`invited:${input.email}`, `address:inviter:${actor.personId}`]);
  if (refused) return refused;
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    if (!(await lockOrganisation(tx, organisationId))) return fail("notFound");
    const organisation = await tx.organisation.findFirst({
      where: { id: organisationId, state: { in: [...LIVE_ORGANISATION_STATES] } },
      select: { id: true },
    });
    if (!organisation) return fail("notFound");
    const colleague = await tx.membership.findFirst({
      where: { organisationId, state: "active", person: { email: input.email } },
      select: { id: true },
    });
    if (colleague) abort("accounts:error.alreadyColleague", { fields: { email: ["accounts:error.alreadyColleague"] } });
    await tx.invitation.updateMany({
      where: { organisationId, email: input.email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const id = newId();
    await tx.invitation.create({
      data: {
        id,
        organisationId,
        email: input.email,
        role: input.role,
        invitedById: actor.personId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + INVITATION_DAYS * 86_400_000),
      },
    });
    await audit(tx, ctx, {
      action: "invitation.sent",
      subjectKind: "invitation",
      subjectId: id,
      onBehalfOfId: organisationId,
      after: { role: input.role },
    });
    await emit(tx, ctx, "invitation.sent", id, { organisationId });
    return ok({ id });
  });
}

/** Takes an invitation back before it is accepted. Fails: notFound, accounts:error.invitationOver. */
export async function revokeInvitation(ctx: Ctx, input: { invitationId: string }): Promise<Result> {
  const invitation = isId(input.invitationId)
    ? await ctx.db.invitation.findUnique({
        where: { id: input.invitationId },
        select: { id: true, organisationId: true },
      })
    : null;
  if (!invitation || !mayManageMembers(ctx.actor, invitation.organisationId)) return fail("notFound");
  return transact(ctx, async (tx) => {
    const revoked = await tx.invitation.updateMany({
      where: { id: invitation.id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (revoked.count === 0) abort("accounts:error.invitationOver");
    await audit(tx, ctx, {
      action: "invitation.revoked",
      subjectKind: "invitation",
      subjectId: invitation.id,
      onBehalfOfId: invitation.organisationId,
    });
    return ok();
  });
}

/**
 * Accepts an invitation, by the mailed token or, for a person whose confirmed address it was sent to, by its id.
 * Fails: notFound (signed out), accounts:error.linkWrong, invitationOver, invitationOtherAddress.
 */
export async function acceptInvitation(
  ctx: Ctx,
  input: { token: string } | { invitationId: string },
): Promise<Result<{ organisationId: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  const id =
    "token" in input
      ? verifyLinkToken(ctx.env, "invitation", input.token)
      : isId(input.invitationId)
        ? input.invitationId
        : null;
  const invitation = id
    ? await ctx.db.invitation.findUnique({
        where: { id },
        select: { id: true, organisationId: true, email: true, role: true },
      })
    : null;
  if (!invitation) return fail("accounts:error.linkWrong");
  // an invitation is for one person: a forwarded mail lets nobody else in
  if (invitation.email !== actor.email)
    return fail("token" in input ? "accounts:error.invitationOtherAddress" : "accounts:error.linkWrong");
  const { organisationId, role } = invitation;
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    await lockOrganisation(tx, organisationId);
    const accepted = await tx.invitation.updateMany({
      where: {
        id: invitation.id,
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: now },
        organisation: { state: { in: [...LIVE_ORGANISATION_STATES] } },
      },
      data: { acceptedAt: now },
    });
    if (accepted.count === 0) abort("accounts:error.invitationOver");
    const key = { personId: actor.personId, organisationId };
    const already = await tx.membership.findUnique({
      where: { personId_organisationId: key },
      select: { state: true, role: true },
    });
    // who is a manager already is not made less by an older invitation
    const kept = already?.state === "active" && already.role === "manager" ? "manager" : role;
    await tx.membership.upsert({
      where: { personId_organisationId: key },
      create: { id: newId(), ...key, role, state: "active", createdAt: now, decidedAt: now },
      update: { role: kept, state: "active", decidedAt: now },
    });
    await audit(tx, ctx, {
      action: "invitation.accepted",
      subjectKind: "invitation",
      subjectId: invitation.id,
      onBehalfOfId: organisationId,
      after: { role: kept },
    });
    await emit(tx, ctx, "invitation.accepted", invitation.id, { organisationId });
    return ok({ organisationId });
  });
}
