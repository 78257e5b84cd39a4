import type { Prisma } from "~/generated/prisma/client";
import type { DealDocumentKind } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { describeFiles } from "~/modules/documents/index.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { DEAL_DOCUMENT_KINDS, PARTY_SIDES, type PartySide } from "../domain/choices";
import { type DealRole, DOCUMENTS_OF, isOpenTo, pointsOf, RULES } from "../domain/deal-machine";
import { tellTimeline } from "../domain/timeline";
import { rolesOn, visibleDeals } from "../policy";
import { DEAL_FACTS, factsOf, snapshotOf } from "./deal-facts.server";
import { registrationOf } from "./deal-registration.server";
import { dayOf } from "./deal-row.server";
import { previewDuty } from "./duty.server";
import type { DealListingView, DealPartyView, DealStep, DealView } from "./views";

const LISTING = {
  select: {
    id: true,
    organisationId: true,
    reference: true,
    publishedVersion: { select: { texts: { select: { lang: true, title: true } } } },
  },
} as const;
const NAME = { nameVi: true, nameEn: true, anonymous: true } as const;
const WHOLE = {
  ...DEAL_FACTS,
  origin: true,
  reasonNote: true,
  needId: true,
  offeringId: true,
  scope: true,
  sectorMain: true,
  paymentKinds: true,
  royaltyBasisPoints: true,
  royaltyYears: true,
  royaltyMinimum: true,
  royaltyCap: true,
  improvementRights: true,
  contractNumber: true,
  registrationReason: true,
  registrationRuleVersion: true,
  certificateNumber: true,
  certificateFileId: true,
  createdAt: true,
  broker: { select: { id: true, fullName: true, phone: true, email: true } },
  transferor: { select: { ...NAME, ...DEAL_FACTS.transferor.select } },
  transferee: { select: { ...NAME, ...DEAL_FACTS.transferee.select } },
  documents: {
    select: { id: true, kind: true, fileId: true, stage: true, title: true, uploadedById: true, at: true },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  },
  milestones: {
    select: { ...DEAL_FACTS.milestones.select, waivedNote: true },
    orderBy: { number: "asc" },
  },
} as const satisfies Prisma.DealSelect;
export type WholeDeal = Prisma.DealGetPayload<{ select: typeof WHOLE }>;

/**
 * A deal whole: parties, terms, the duty to register with its reason and dates, papers, milestones, the story, and for every
 * next command what it asks for and what is still missing. The Department's readers and the parties' members; the parties do
 * not read the broker's plans and notes. Null when absent or not theirs.
 */
export async function viewDeal(ctx: Ctx, id: string): Promise<DealView | null> {
  const { actor, db } = ctx;
  if (!isId(id) || !isPerson(actor)) return null;
  const row = await db.deal.findFirst({ where: { AND: [{ id }, visibleDeals(actor)] }, select: WHOLE });
  if (!row) return null;
  const roles = rolesOn(actor, row);
  const role: DealRole = roles[0] ?? "outsider";
  const party = role === "transferor" || role === "transferee";
  const today = localDay(ctx.clock.now());
  const events = await db.dealEvent.findMany({ where: { dealId: id }, orderBy: { number: "asc" } });
  const people = await db.person.findMany({
    where: {
      id: {
        in: [...events.map((event) => event.byId), ...row.documents.map((one) => one.uploadedById)].flatMap(
          (one) => one ?? [],
        ),
      },
    },
    select: { id: true, fullName: true },
  });
  const names = new Map(people.map((person) => [person.id, person.fullName]));
  const nameOf = (personId: string) => names.get(personId) ?? null;
  const [need, offering] = await Promise.all(
    [row.needId, row.offeringId].map((listingId) =>
      // without an introduction no side has agreed to show the other what it needs or offers
      listingId ? listingOf(ctx, listingId, party && row.introductionId === null) : null,
    ),
  );
  const now = snapshotOf(row);
  const facts = factsOf(row, today);
  const live = row.status === "active" || row.status === "paused";
  const next = row.nextAction && row.nextActionOn && !party ? { action: row.nextAction, on: row.nextActionOn } : null;
  const can = (kind: keyof typeof RULES) => isOpenTo(kind, now) && roles.some((one) => RULES[kind].roles.includes(one));
  const signed = row.registrationDuty !== null;
  return {
    id: row.id,
    reference: row.reference,
    title: row.title,
    origin: row.origin,
    stage: row.stage,
    status: row.status,
    revision: row.revision,
    role,
    reason: row.reasonCode ? { code: row.reasonCode, note: party ? null : row.reasonNote } : null,
    broker: {
      id: row.broker.id,
      name: row.broker.fullName,
      phone: row.broker.phone,
      email: row.broker.email,
      mine: actor.personId === row.brokerId,
    },
    parties: { transferor: partyOf(ctx, row, "transferor", roles), transferee: partyOf(ctx, row, "transferee", roles) },
    source: {
      caseId: party ? null : row.caseId,
      introductionId: party ? null : row.introductionId,
      meetingId: row.meetingId,
      need: need ?? null,
      offering: offering ?? null,
    },
    terms: termsOf(row),
    signedOn: dayOf(row.signedOn),
    contractNumber: row.contractNumber,
    effectiveOn: dayOf(row.effectiveOn),
    liquidatedOn: dayOf(row.liquidatedOn),
    registration: signed ? await registrationOf(ctx, row, events) : null,
    duty: signed ? null : await previewDuty(ctx, row),
    documents: await documentsOf(ctx, row, nameOf),
    milestones: row.milestones.map(({ dueOn, doneOn, waivedOn, ...one }) => {
      const due = dayOf(dueOn);
      const open = doneOn === null && waivedOn === null && live;
      return {
        ...one,
        dueOn: due,
        doneOn: dayOf(doneOn),
        waivedOn: dayOf(waivedOn),
        overdue: open && due !== null && due < today,
      };
    }),
    timeline: tellTimeline(events, party ? "party" : "staff", nameOf),
    next: next && { action: next.action, on: dayOf(next.on) ?? "", overdue: live && (dayOf(next.on) ?? "") < today },
    steps: stepsOf(now, facts, roles),
    createdAt: row.createdAt,
    today,
    may: {
      work: roles.includes("broker"),
      handOver: can("hand_over"),
      readMails: !party && role !== "outsider",
      editTerms: can("set_terms"),
      plan: can("plan"),
      addDocument: isOpenTo("add_document", now) ? documentKinds(roles) : [],
      saveMilestones: can("save_milestones"),
      completeMilestone: can("complete_milestone"),
      pause: can("pause"),
      resume: can("resume"),
      lose: can("lose"),
      terminate: can("terminate"),
      accept: isOpenTo("confirm_acceptance", now)
        ? PARTY_SIDES.filter(
            (side) =>
              !now.accepted[side] &&
              (roles.includes(side) || (roles.includes("broker") && facts.sidesWithoutMembers.includes(side))),
          )
        : [],
    },
  };
}

function partyOf(ctx: Ctx, row: WholeDeal, side: PartySide, roles: DealRole[]): DealPartyView | null {
  const organisation = row[side];
  const organisationId = row[`${side}Id`];
  if (!organisation || !organisationId) return null;
  return {
    side,
    organisationId,
    name: displayName(organisation, ctx.locale),
    hasMembers: organisation._count.memberships > 0,
    acceptedAt: row[`${side}AcceptedAt`],
    mine: roles.includes(side),
  };
}

async function listingOf(ctx: Ctx, listingId: string, ownOnly: boolean): Promise<DealListingView | null> {
  const row = await ctx.db.listing.findUnique({ where: { id: listingId }, ...LISTING });
  if (!row || (ownOnly && (row.organisationId === null || !isMemberOf(ctx.actor, row.organisationId)))) return null;
  const texts = row.publishedVersion?.texts ?? [];
  const text = texts.find((one) => one.lang === ctx.locale) ?? texts[0];
  return { id: row.id, reference: row.reference, title: text?.title ?? row.reference ?? "…" };
}

function termsOf(row: WholeDeal): DealView["terms"] {
  const { technologyName, objects, form, methods, right, scope, sectorMain, value, currency, checklist } = row;
  const { paymentKinds, royaltyBasisPoints, royaltyYears, royaltyMinimum, royaltyCap, improvementRights } = row;
  const { transferorCountry, transfereeCountry, stateMoney, taskCertificate, restrictedList } = row;
  return {
    ...{ technologyName, objects, form, methods, right, scope, sectorMain, value, currency, checklist },
    ...{ paymentKinds, royaltyBasisPoints, royaltyYears, royaltyMinimum, royaltyCap, improvementRights },
    ...{ transferorCountry, transfereeCountry, stateMoney, taskCertificate, restrictedList },
  };
}

async function documentsOf(
  ctx: Ctx,
  row: WholeDeal,
  nameOf: (id: string) => string | null,
): Promise<DealView["documents"]> {
  const files = await describeFiles(
    ctx,
    row.documents.map((one) => one.fileId),
  );
  return row.documents.flatMap(({ fileId, uploadedById, ...one }) => {
    const file = files.find((candidate) => candidate.id === fileId);
    return file ? [{ ...one, name: file.name, file: file.kind, bytes: file.bytes, by: nameOf(uploadedById) }] : [];
  });
}

/** Steps forward from where the deal stands, each with its points, for readers who may do something or want to know what is missing. */
function stepsOf(
  now: ReturnType<typeof snapshotOf>,
  facts: ReturnType<typeof factsOf>,
  roles: readonly DealRole[],
): DealStep[] {
  const forward = [
    "agree_mou",
    "start_drafting",
    "sign",
    "file_registration",
    "register",
    "return_registration",
    "start_performing",
    "confirm_acceptance",
    "liquidate",
  ] as const;
  return forward
    .filter((command) => isOpenTo(command, now))
    .map((command) => {
      const points = pointsOf(command, now, facts);
      const mine = roles.some((role) => RULES[command].roles.includes(role));
      return { command, mine, ready: mine && points.every((point) => point.met), points };
    });
}

function documentKinds(roles: readonly DealRole[]): DealDocumentKind[] {
  return DEAL_DOCUMENT_KINDS.filter((kind) => roles.some((role) => DOCUMENTS_OF[role]?.includes(kind)));
}
