import { brokerFor, grantHolderIds, managerIdsOf, memberIdsOf } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { Facts } from "../domain/facts";
import type { Audience } from "../domain/rule";

/** Ids of the people an audience stands for at this moment, through the accounts door. */
export async function resolveAudience(ctx: Ctx, audience: Audience, facts: Facts): Promise<string[]> {
  const only = (id: string | null) => (id ? [id] : []);
  switch (audience) {
    case "person":
      return only(facts.personId);
    case "inviter":
      return only(facts.inviterId);
    case "invitee":
      return [];
    case "brokers":
      return grantHolderIds(ctx.db, "broker", await officeOf(ctx, facts));
    case "responsible-broker":
      return responsibleBroker(ctx, facts);
    case "registrars":
      return grantHolderIds(ctx.db, "registrar", await officeOf(ctx, facts));
    case "managers":
      return facts.organisationId ? managerIdsOf(ctx.db, facts.organisationId) : [];
    case "owners":
      return owners(ctx, facts);
  }
}

/** The office that keeps what it is about: no other province's is told of it. Null where the thing belongs to none. */
async function officeOf(
  ctx: Ctx,
  { officeId, listingId, dealId, caseId, organisationId }: Facts,
): Promise<string | null> {
  if (officeId) return officeId;
  const select = { officeId: true } as const;
  const kept = listingId
    ? await ctx.db.listing.findUnique({ where: { id: listingId }, select })
    : dealId
      ? await ctx.db.deal.findUnique({ where: { id: dealId }, select })
      : caseId
        ? await ctx.db.brokerCase.findUnique({ where: { id: caseId }, select })
        : organisationId
          ? await ctx.db.organisation.findUnique({ where: { id: organisationId }, select })
          : null;
  return kept?.officeId ?? null;
}

async function responsibleBroker(ctx: Ctx, facts: Facts): Promise<string[]> {
  const brokers = await grantHolderIds(ctx.db, "broker");
  if (facts.brokerId && brokers.includes(facts.brokerId)) return [facts.brokerId];
  const found = await brokerFor(ctx, facts.organisationId);
  return found ? [found.personId] : [];
}

/**
 * Members see what belongs to their organisation. Whoever made a listing without an organisation, or founded an
 * organisation that is refused (which ends its memberships), is told too; a broker who typed it for others is not.
 */
async function owners(ctx: Ctx, facts: Facts): Promise<string[]> {
  const members = facts.organisationId ? await memberIdsOf(ctx.db, facts.organisationId) : [];
  const creatorSpeaks = facts.creatorId !== null && (facts.listingId === null || facts.organisationId === null);
  if (!creatorSpeaks || facts.creatorId === null || members.includes(facts.creatorId)) return members;
  const staff = await grantHolderIds(ctx.db, "broker");
  return staff.includes(facts.creatorId) ? members : [...members, facts.creatorId];
}
