import type { MembershipRole } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { LIVE_ORGANISATION_STATES, MEMBERSHIP_TRANSITIONS } from "../domain/states";
import { isColleague, mayEndMembership, mayManageMembers } from "../policy";
import { limited, lockOrganisation } from "./shared.server";

/**
 * Asks to join an organisation; a manager of it, or a broker, decides.
 * Fails: notFound, accounts:error.alreadyMember, requestWaiting, tooMany.
 */
export async function requestMembership(
  ctx: Ctx,
  input: { organisationId: string; note?: string },
): Promise<Result<{ id: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(input.organisationId)) return fail("notFound");
  if (isColleague(actor, input.organisationId)) return fail("accounts:error.alreadyMember");
  const refused = await limited(ctx, "write", [`person:${actor.personId}`]);
  if (refused) return refused;
  const now = ctx.clock.now();
  const { from, to } = MEMBERSHIP_TRANSITIONS.request;
  return transact(ctx, async (tx) => {
    const organisation = await tx.organisation.findFirst({
      where: { id: input.organisationId, anonymous: false, state: { in: [...LIVE_ORGANISATION_STATES] } },
      select: { id: true },
    });
    if (!organisation) return fail("notFound");
    const key = { personId: actor.personId, organisationId: organisation.id };
    // two statements without a read before them: two presses of the button make one request
    const again = await tx.membership.updateMany({
      where: { ...key, state: { in: [...from] } },
      data: { state: to, role: "member", note: input.note ?? null, createdAt: now, decidedAt: null, decidedById: null },
    });
    if (again.count === 0) {
      const made = await tx.membership.createMany({
        data: [{ id: newId(), ...key, role: "member", state: to, note: input.note ?? null, createdAt: now }],
        skipDuplicates: true,
      });
      if (made.count === 0) abort("accounts:error.requestWaiting");
    }
    const { id } = await tx.membership.findUniqueOrThrow({
      where: { personId_organisationId: key },
      select: { id: true },
    });
    await audit(tx, ctx, {
      action: "membership.requested",
      subjectKind: "membership",
      subjectId: id,
      after: { organisationId: organisation.id },
    });
    await emit(tx, ctx, "membership.requested", id, { organisationId: organisation.id });
    return ok({ id });
  });
}

/**
 * A manager of the organisation or a broker answers somebody else's request to join.
 * Fails: notFound, accounts:error.ownRequest, requestDecided.
 */
export async function decideMembership(
  ctx: Ctx,
  input: { membershipId: string; decision: "accept" | "decline"; note?: string },
): Promise<Result> {
  const found = await managed(ctx, input.membershipId);
  if (!found) return fail("notFound");
  if (found.personId === found.actorId) return fail("accounts:error.ownRequest");
  const step = MEMBERSHIP_TRANSITIONS[input.decision];
  return transact(ctx, async (tx) => {
    await lockOrganisation(tx, found.organisationId);
    const changed = await tx.membership.updateMany({
      where: { id: found.id, state: { in: [...step.from] } },
      data: { state: step.to, decidedAt: ctx.clock.now(), decidedById: found.actorId },
    });
    if (changed.count === 0) abort("accounts:error.requestDecided");
    await audit(tx, ctx, {
      action: "membership.decided",
      subjectKind: "membership",
      subjectId: found.id,
      onBehalfOfId: found.organisationId,
      before: { state: "requested" },
      after: { state: step.to },
    });
    await emit(tx, ctx, "membership.decided", found.id, { organisationId: found.organisationId });
    return ok();
  });
}

/** Ends a colleague's membership, or one's own. Fails: notFound, accounts:error.lastManager, membershipEnded. */
export async function endMembership(ctx: Ctx, input: { membershipId: string }): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(input.membershipId)) return fail("notFound");
  const membership = await ctx.db.membership.findUnique({
    where: { id: input.membershipId },
    select: { id: true, personId: true, organisationId: true },
  });
  if (!membership || !mayEndMembership(actor, membership)) return fail("notFound");
  const { from, to } = MEMBERSHIP_TRANSITIONS.end;
  return transact(ctx, async (tx) => {
    await lockOrganisation(tx, membership.organisationId);
    const ended = await tx.membership.updateMany({
      where: { id: membership.id, state: { in: [...from] } },
      data: { state: to, decidedAt: ctx.clock.now(), decidedById: actor.personId },
    });
    if (ended.count === 0) abort("accounts:error.membershipEnded");
    const { role } = await tx.membership.findUniqueOrThrow({ where: { id: membership.id }, select: { role: true } });
    // an organisation that a broker registered may have members and no manager yet: they may leave
    if (role === "manager") await keepOneManager(tx, membership.organisationId);
    await audit(tx, ctx, {
      action: "membership.ended",
      subjectKind: "membership",
      subjectId: membership.id,
      onBehalfOfId: membership.organisationId,
    });
    return ok();
  });
}

/** Makes a colleague a manager or an ordinary member. Fails: notFound, accounts:error.lastManager, membershipEnded. */
export async function setMembershipRole(
  ctx: Ctx,
  input: { membershipId: string; role: MembershipRole },
): Promise<Result> {
  const found = await managed(ctx, input.membershipId);
  if (!found) return fail("notFound");
  return transact(ctx, async (tx) => {
    await lockOrganisation(tx, found.organisationId);
    const changed = await tx.membership.updateMany({
      where: { id: found.id, state: "active" },
      data: { role: input.role },
    });
    if (changed.count === 0) abort("accounts:error.membershipEnded");
    await keepOneManager(tx, found.organisationId);
    await audit(tx, ctx, {
      action: "membership.role-set",
      subjectKind: "membership",
      subjectId: found.id,
      onBehalfOfId: found.organisationId,
      before: { role: found.role },
      after: { role: input.role },
    });
    return ok();
  });
}

/** The organisation's row is locked, so nobody else takes the other manager away meanwhile. */
async function keepOneManager(tx: Tx, organisationId: string): Promise<void> {
  const managers = await tx.membership.count({ where: { organisationId, state: "active", role: "manager" } });
  if (managers === 0) abort("accounts:error.lastManager");
}

/** The membership if the actor manages its organisation's people; absent and forbidden look alike. */
async function managed(ctx: Ctx, membershipId: string) {
  if (!isPerson(ctx.actor) || !isId(membershipId)) return null;
  const membership = await ctx.db.membership.findUnique({
    where: { id: membershipId },
    select: { id: true, organisationId: true, role: true, personId: true },
  });
  if (!membership || !mayManageMembers(ctx.actor, membership.organisationId)) return null;
  return { ...membership, actorId: ctx.actor.personId };
}
