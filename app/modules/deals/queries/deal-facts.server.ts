import type { Prisma } from "~/generated/prisma/client";
import type { Tx } from "~/platform/db/client.server";
import { CHECKLIST_ITEMS, PARTY_SIDES } from "../domain/choices";
import type { DealFacts, DealSnapshot } from "../domain/deal-machine";

const SCALARS = {
  id: true,
  officeId: true,
  reference: true,
  title: true,
  caseId: true,
  introductionId: true,
  meetingId: true,
  transferorId: true,
  transfereeId: true,
  brokerId: true,
  stage: true,
  status: true,
  reasonCode: true,
  technologyName: true,
  objects: true,
  form: true,
  methods: true,
  right: true,
  value: true,
  currency: true,
  checklist: true,
  transferorCountry: true,
  transfereeCountry: true,
  stateMoney: true,
  taskCertificate: true,
  restrictedList: true,
  signedOn: true,
  registrationDuty: true,
  filedOn: true,
  certificateOn: true,
  effectiveOn: true,
  transferorAcceptedAt: true,
  transfereeAcceptedAt: true,
  liquidatedOn: true,
  nextAction: true,
  nextActionOn: true,
  revision: true,
} as const satisfies Prisma.DealSelect;
const MEMBERS = { state: "active", person: { disabledAt: null } } as const;
const PARTY = { select: { _count: { select: { memberships: { where: MEMBERS } } } } } as const;
const DOCUMENTS = { select: { id: true, kind: true, fileId: true }, orderBy: { at: "asc" } } as const;
const MILESTONES = {
  select: {
    ...{ id: true, number: true, label: true, dueOn: true, amount: true, royalty: true },
    ...{ doneOn: true, waivedOn: true },
  },
  orderBy: { number: "asc" },
} as const;
/** the wish for a voluntary registration is a fact of the signing */
const SIGNING = { where: { command: "sign" }, select: { facts: true }, orderBy: { number: "desc" }, take: 1 } as const;

/** What the machine looks at. */
export const DEAL_FACTS = {
  ...SCALARS,
  transferor: PARTY,
  transferee: PARTY,
  documents: DOCUMENTS,
  milestones: MILESTONES,
  events: SIGNING,
} as const satisfies Prisma.DealSelect;
export type LoadedDeal = Prisma.DealGetPayload<{ select: typeof DEAL_FACTS }>;

/** The same inside a transaction: one statement after the other, as one connection takes them. */
export async function loadDeal(tx: Tx, id: string): Promise<LoadedDeal> {
  const row = await tx.deal.findUniqueOrThrow({ where: { id }, select: SCALARS });
  const party = async (organisationId: string | null): Promise<LoadedDeal["transferor"]> =>
    organisationId === null
      ? null
      : { _count: { memberships: await tx.membership.count({ where: { organisationId, ...MEMBERS } }) } };
  const transferor = await party(row.transferorId);
  const transferee = await party(row.transfereeId);
  const documents = await tx.dealDocument.findMany({ where: { dealId: id }, ...DOCUMENTS });
  const milestones = await tx.dealMilestone.findMany({ where: { dealId: id }, ...MILESTONES });
  const events = await tx.dealEvent.findMany({ ...SIGNING, where: { dealId: id, ...SIGNING.where } });
  return { ...row, transferor, transferee, documents, milestones, events };
}

const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

/** A JSON object of the history; empty for anything else. */
export function objectOf(facts: unknown): Record<string, unknown> {
  return typeof facts === "object" && facts !== null && !Array.isArray(facts) ? (facts as Record<string, unknown>) : {};
}

/** The row as the machine's snapshot. */
export function snapshotOf(row: LoadedDeal): DealSnapshot {
  return {
    stage: row.stage,
    status: row.status,
    revision: row.revision,
    reasonCode: row.reasonCode,
    duty: row.registrationDuty,
    wish: objectOf(row.events[0]?.facts).wish === true,
    signedOn: dayOf(row.signedOn),
    filedOn: dayOf(row.filedOn),
    certificateOn: dayOf(row.certificateOn),
    effectiveOn: dayOf(row.effectiveOn),
    liquidatedOn: dayOf(row.liquidatedOn),
    accepted: { transferor: row.transferorAcceptedAt !== null, transferee: row.transfereeAcceptedAt !== null },
  };
}

/** What the guards look at beside the snapshot. */
export function factsOf(row: LoadedDeal, today: string): DealFacts {
  return {
    today,
    known: {
      bothParties: row.transferorId !== null && row.transfereeId !== null,
      technologyName: Boolean(row.technologyName),
      value: row.value !== null && row.value > 0n,
      // machines alone are a sale, not a transfer of technology (Luật 07/2017/QH14 Điều 4)
      objects: row.objects.some((object) => object !== "equipment_only"),
      form: row.form !== null,
      methods: row.methods.length > 0,
      right: row.right !== null,
      countries: row.transferorCountry !== null && row.transfereeCountry !== null,
      stateMoney: row.stateMoney !== null,
      taskCertificate: row.taskCertificate !== null,
      restrictedList: row.restrictedList !== null,
      checklist: CHECKLIST_ITEMS.every((item) => row.checklist.includes(item)),
    },
    documents: row.documents.map((document) => document.kind),
    openMilestones: row.milestones.filter((one) => one.doneOn === null && one.waivedOn === null).length,
    sidesWithoutMembers: PARTY_SIDES.filter((side) => row[side] !== null && row[side]._count.memberships === 0),
  };
}
