import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import type { RelayedEvent } from "~/platform/subscriptions";
import { conditions, dayOf, type Facts, NO_FACTS } from "../domain/facts";
import { dealNews, stageLabel } from "../domain/labels";

const ORGANISATION = { select: { nameVi: true, nameEn: true, anonymous: true } } as const;
/** What a mail says of a deal: its number, title, parties, stage and dates. Value, price and the broker's notes stay on the page. */
const DEAL = {
  id: true,
  reference: true,
  title: true,
  caseId: true,
  brokerId: true,
  stage: true,
  status: true,
  transferorId: true,
  transfereeId: true,
  transferor: ORGANISATION,
  transferee: ORGANISATION,
  signedOn: true,
  filedOn: true,
  certificateNumber: true,
  certificateOn: true,
  effectiveOn: true,
  transferorAcceptedAt: true,
  transfereeAcceptedAt: true,
} satisfies Prisma.DealSelect;
type DealRow = Prisma.DealGetPayload<{ select: typeof DEAL }>;

/** Whether an event is still news: what a later step has overtaken is told by that step's own event. */
const STILL_SO: Readonly<Record<string, (deal: DealRow) => boolean>> = {
  "deal.opened": ({ status }) => status === "active" || status === "paused",
  "deal.moved": ({ status }) => status === "active" || status === "paused",
  "deal.filed": ({ stage }) => stage === "registration_filed",
  "deal.acceptance-given": ({ stage }) => stage === "performing",
  "deal.paused": ({ status }) => status === "paused",
  "deal.resumed": ({ status }) => status === "active",
  "deal.lost": ({ status }) => status === "lost",
  "deal.terminated": ({ status }) => status === "terminated",
  // the law's days run on while a deal rests
  "deal.registration-reminder": ({ stage, status }) =>
    stage === "signed" && (status === "active" || status === "paused"),
  "deal.milestone-reminder": ({ status }) => status === "active",
  "deal.royalty-reminder": ({ status }) => status === "active",
};

/** A deal, for one party (payload organisationId), its broker (brokerId) or the registrars. */
export async function ofDeal(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const deal = await ctx.db.deal.findUnique({ where: { id: event.subjectId }, select: DEAL });
  if (!deal || STILL_SO[event.type]?.(deal) === false) return null;
  const { organisationId, brokerId, registrars, receiverId, giverId } = event.payload;
  if (event.type === "deal.handed-over") {
    const personId = receiverId ?? giverId ?? null;
    const who = await ctx.db.person.findUnique({ where: { id: deal.brokerId }, select: { fullName: true } });
    const words = { title: deal.title, reference: deal.reference, person: who?.fullName ?? "" };
    const condition = conditions(receiverId ? "receiver" : "giver");
    return {
      ...NO_FACTS,
      dealId: deal.id,
      brokerId: deal.brokerId,
      personId,
      conditions: condition,
      words: () => words,
    };
  }
  const side = partyOf(deal, organisationId);
  if (organisationId && !side) return null;

  const step = await stepOf(ctx, event);
  const dates = await datesOf(ctx, deal, event);
  if (!dates) return null;
  const returned = step?.command === "return_registration";
  const awaits = event.type === "deal.acceptance-given" && side !== null && deal[`${side}AcceptedAt`] === null;
  const facts: Facts = {
    ...NO_FACTS,
    dealId: deal.id,
    caseId: deal.caseId,
    brokerId: brokerId ?? deal.brokerId,
    doneById: step?.byId ?? null,
    organisationId: organisationId ?? null,
  };
  const stage = step?.stage ?? deal.stage;
  return {
    ...facts,
    conditions: conditions(
      organisationId && "to-side",
      brokerId && "to-broker",
      registrars && "to-registrars",
      awaits && "awaits-you",
      returned && "returned",
      dates.registerBy !== undefined && "deadline",
    ),
    words: (locale) => {
      const names = namesIn(deal, side, locale);
      const words: Record<string, string> = {
        ...names,
        title: deal.title,
        reference: deal.reference,
        stage: stageLabel(locale, stage),
        reasonCode: step?.reasonCode ?? "",
        ...dates.words,
      };
      return { ...words, news: dealNews(locale, returned ? "deal.returned" : event.type, words) };
    },
  };
}

type Party = "transferor" | "transferee";

function partyOf(deal: DealRow, organisationId: string | undefined): Party | null {
  if (!organisationId) return null;
  if (deal.transferorId === organisationId) return "transferor";
  return deal.transfereeId === organisationId ? "transferee" : null;
}

/** The reader's own organisation and the other one, and both for the subject of a deal; parties know each other. */
function namesIn(
  deal: DealRow,
  side: Party | null,
  locale: Locale,
): Record<"organisation" | "other" | "parties", string> {
  const [transferor, transferee] = [displayName(deal.transferor, locale), displayName(deal.transferee, locale)];
  const [organisation, other] = side === "transferee" ? [transferee, transferor] : [transferor, transferee];
  return { organisation, other, parties: `${transferor} – ${transferee}` };
}

/** The line of the deal's history that an event tells of: who did it, why, and what it led to. */
async function stepOf(ctx: Ctx, { payload, subjectId }: RelayedEvent) {
  if (!payload.dealEventId) return null;
  const step = await ctx.db.dealEvent.findFirst({
    where: { id: payload.dealEventId, dealId: subjectId },
    select: { command: true, byId: true, stage: true, facts: true },
  });
  if (!step) return null;
  const { facts, ...rest } = step;
  const code = typeof facts === "object" && facts !== null && "reasonCode" in facts ? facts.reasonCode : null;
  return { ...rest, reasonCode: typeof code === "string" ? code : null };
}

const dayIf = (date: Date | null): string => (date ? dayOf(date) : "");

/** The dates an event speaks of; null when what it reminds of is done. `registerBy` is set while the contract is to be registered. */
async function datesOf(
  ctx: Ctx,
  deal: DealRow,
  event: RelayedEvent,
): Promise<{ registerBy?: string; words: Record<string, string> } | null> {
  const due = (kind: string) =>
    ctx.db.due.findFirst({ where: { kind, subjectId: deal.id, state: "open" }, select: { dueOn: true } });
  switch (event.type) {
    case "deal.signed":
    case "deal.moved": {
      const open = deal.stage === "signed" ? await due("registration.file") : null;
      const registerBy = open ? dayOf(open.dueOn) : undefined;
      const words = { dueOn: registerBy ?? "", signedOn: dayIf(deal.signedOn) };
      return registerBy === undefined ? { words } : { registerBy, words };
    }
    case "deal.registration-reminder": {
      const open = await due("registration.file");
      return open && { words: { dueOn: dayOf(open.dueOn), signedOn: dayIf(deal.signedOn) } };
    }
    case "deal.filed": {
      const open = await due("registration.process");
      return { words: { filedOn: dayIf(deal.filedOn), dueOn: dayIf(open?.dueOn ?? null) } };
    }
    case "deal.registered":
      return {
        words: {
          certificateNumber: deal.certificateNumber ?? "",
          certificateOn: dayIf(deal.certificateOn),
          effectiveOn: dayIf(deal.effectiveOn),
        },
      };
    case "deal.milestone-reminder":
    case "deal.royalty-reminder": {
      const { milestoneId } = event.payload;
      if (!milestoneId) return null;
      const milestone = await ctx.db.dealMilestone.findFirst({
        where: { id: milestoneId, dealId: deal.id, doneOn: null, waivedOn: null },
        select: { label: true, dueOn: true },
      });
      return milestone && { words: { milestone: milestone.label, dueOn: dayIf(milestone.dueOn) } };
    }
    default:
      return { words: {} };
  }
}
