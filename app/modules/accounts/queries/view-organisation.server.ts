import type { Ctx } from "~/platform/context";
import { isManagerOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import {
  isColleague,
  mayDecideOrganisations,
  mayEditOrganisation,
  mayManageMembers,
  maySeeMembers,
  maySeeOrganisation,
} from "../policy";
import { brokerFor } from "./people.server";

const profile = {
  id: true,
  type: true,
  nameVi: true,
  nameEn: true,
  shortName: true,
  taxCode: true,
  countryCode: true,
  provinceCode: true,
  communeCode: true,
  address: true,
  website: true,
  about: true,
  state: true,
  verifiedAt: true,
  origin: true,
  sourceUrl: true,
  createdAt: true,
} as const;

/**
 * An organisation as the actor may see it, or null. Everybody sees the profile of a verified one; members and brokers see
 * colleagues; managers and brokers see requests and invitations. A private person of an imported listing has no page.
 */
export async function viewOrganisation(ctx: Ctx, id: string) {
  if (!isId(id)) return null;
  const { actor } = ctx;
  const row = await ctx.db.organisation.findFirst({
    where: { id, anonymous: false },
    select: {
      ...profile,
      rejectReason: true,
      rejectNote: true,
      officeApproval: true,
      parent: { select: { id: true, nameVi: true, state: true } },
    },
  });
  if (!row || !maySeeOrganisation(actor, row)) return null;
  const insider = maySeeMembers(actor, id);
  const manages = mayManageMembers(actor, id);
  const [people, invitations, mine, broker] = await Promise.all([
    insider ? membersOf(ctx, id, manages) : [],
    manages ? openInvitations(ctx, id) : [],
    isPerson(actor) ? standingOf(ctx, actor.personId, id) : null,
    insider ? brokerFor(ctx, id) : null,
  ]);
  const { parent, rejectReason, rejectNote, officeApproval, ...shown } = row;
  return {
    ...shown,
    // strangers who would claim a waiting organisation learn no more than its name, kind and place
    ...(row.state === "verified" || insider ? {} : { address: null, website: null, about: null }),
    rejection: insider && row.state === "rejected" ? { reason: rejectReason, note: rejectNote } : null,
    /** members' drafts go to a manager first; null for who is no member */
    officeApproval: isColleague(actor, id) ? officeApproval : null,
    parent: parent?.state === "verified" ? { id: parent.id, nameVi: parent.nameVi } : null,
    members: people.filter((person) => person.state === "active"),
    requests: people.filter((person) => person.state === "requested"),
    invitations,
    broker,
    standing: mine,
    may: {
      edit: mayEditOrganisation(actor, id),
      manage: manages,
      setApproval: isManagerOf(actor, id),
      leave: isColleague(actor, id),
      seeMembers: insider,
      decide: mayDecideOrganisations(actor),
      ask: isPerson(actor) && !isColleague(actor, id) && actor.grants.length === 0,
    },
  };
}
export type OrganisationView = NonNullable<Awaited<ReturnType<typeof viewOrganisation>>>;

async function membersOf(ctx: Ctx, organisationId: string, withRequests: boolean) {
  const rows = await ctx.db.membership.findMany({
    where: { organisationId, state: { in: withRequests ? ["active", "requested"] : ["active"] } },
    select: {
      id: true,
      role: true,
      state: true,
      note: true,
      createdAt: true,
      decidedAt: true,
      person: { select: { id: true, fullName: true, position: true, email: true, phone: true } },
    },
    orderBy: [{ role: "desc" }, { createdAt: "asc" }],
  });
  return rows.map(({ person, ...row }) => ({ ...row, ...person, id: row.id, personId: person.id }));
}

function openInvitations(ctx: Ctx, organisationId: string) {
  return ctx.db.invitation.findMany({
    where: { organisationId, acceptedAt: null, revokedAt: null, expiresAt: { gt: ctx.clock.now() } },
    select: { id: true, email: true, role: true, createdAt: true, expiresAt: true },
    orderBy: { createdAt: "desc" },
  });
}

/** How the person stands with the organisation: member of which role, asked to join, claims it. */
async function standingOf(ctx: Ctx, personId: string, organisationId: string) {
  const [membership, claim] = await Promise.all([
    ctx.db.membership.findUnique({
      where: { personId_organisationId: { personId, organisationId } },
      select: { id: true, role: true, state: true },
    }),
    ctx.db.organisationClaim.findFirst({
      where: { personId, organisationId },
      orderBy: { createdAt: "desc" },
      select: { id: true, state: true, reasonCode: true, note: true, createdAt: true },
    }),
  ]);
  return { membership, claim };
}
