import type { InterestKind, InterestState } from "~/generated/prisma/enums";
import { brokerFor } from "~/modules/accounts/index.server";
import { type ListingCard, listCards, viewListing } from "~/modules/listings/index.server";
import { type Ctx, hasGrant, isMemberOf } from "~/platform/context";
import { speakingFor } from "../policy";
import { type Asked, askedSchema } from "../schemas";

export type InterestView = {
  id: string;
  kind: InterestKind;
  state: InterestState;
  message: string;
  answer: string | null;
  createdAt: Date;
  answeredAt: Date | null;
  dueOn: Date | null;
  /** null: asked by a person for themselves */
  organisation: string | null;
  /** what the answer came to */
  result: string | null;
  /** the search that led to the question */
  asked: Asked | null;
  /** the broker who answers, and whether it is the reader */
  broker: string | null;
  mine: boolean;
  /** who asks: the Department's brokers call back */
  person: { fullName: string; phone: string | null; email: string } | null;
  listing: ListingCard | null;
  matchListingId: string | null;
};

const SHOWN = 100;

/**
 * What the office's brokers are asked: open ones oldest first, or the newest settled ones; `mine` leaves out what other
 * brokers answer. Empty for anybody else.
 */
export async function openInterests(
  ctx: Ctx,
  state: "open" | "settled" = "open",
  { mine = false } = {},
): Promise<InterestView[]> {
  const { actor, db } = ctx;
  if (!hasGrant(actor, "broker")) return [];
  const open = state === "open";
  const rows = await db.interest.findMany({
    where: {
      person: { officeId: actor.officeId },
      state: open ? "open" : { not: "open" },
      ...(mine ? { OR: [{ brokerId: actor.personId }, { brokerId: null }] } : {}),
    },
    orderBy: open ? [{ createdAt: "asc" }, { id: "asc" }] : [{ answeredAt: "desc" }, { id: "desc" }],
    take: SHOWN,
    include: { organisation: { select: { nameVi: true } } },
  });
  const [cards, people, dues] = await Promise.all([
    listCards(ctx, [...new Set(rows.flatMap((row) => row.listingId ?? []))]),
    db.person.findMany({
      where: { id: { in: rows.flatMap((row) => [row.personId, row.brokerId ?? []].flat()) } },
      select: { id: true, fullName: true, phone: true, email: true },
    }),
    db.due.findMany({
      where: { subjectKind: "interest", subjectId: { in: rows.map((row) => row.id) }, state: "open" },
      select: { subjectId: true, dueOn: true },
    }),
  ]);
  return rows.map((row) => {
    const person = people.find((one) => one.id === row.personId);
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      message: row.message,
      answer: row.answer,
      createdAt: row.createdAt,
      answeredAt: row.answeredAt,
      dueOn: dues.find((due) => due.subjectId === row.id)?.dueOn ?? null,
      organisation: row.organisation?.nameVi ?? null,
      result: row.result,
      asked: row.asked === null ? null : askedSchema.parse(row.asked),
      broker: people.find((one) => one.id === row.brokerId)?.fullName ?? null,
      mine: row.brokerId === actor.personId,
      person: person ? { fullName: person.fullName, phone: person.phone, email: person.email } : null,
      listing: cards.find((card) => card.id === row.listingId) ?? null,
      matchListingId: row.matchId ? row.listingId : null,
    };
  });
}

/** How much waits for this broker, and in all. */
export async function countOpenInterests(ctx: Ctx): Promise<{ mine: number; all: number }> {
  const { actor, db } = ctx;
  if (!hasGrant(actor, "broker")) return { mine: 0, all: 0 };
  const open = { person: { officeId: actor.officeId }, state: "open" as const };
  const [mine, all] = await Promise.all([
    db.interest.count({ where: { ...open, OR: [{ brokerId: actor.personId }, { brokerId: null }] } }),
    db.interest.count({ where: open }),
  ]);
  return { mine, all };
}

/** In whose name a question may be asked, and who will answer it. */
export async function questionForm(ctx: Ctx) {
  const organisations = speakingFor(ctx.actor);
  const broker = await brokerFor(ctx, organisations[0]?.organisationId ?? null);
  return { organisations, broker: broker && { fullName: broker.fullName, phone: broker.phone } };
}

export type InterestForm = {
  listing: { id: string; kind: "need" | "offering"; reference: string | null; title: string; lang: string };
  own: boolean;
  organisations: { organisationId: string; name: string }[];
  broker: { fullName: string; phone: string | null; email: string } | null;
};

/** What the interest form needs to know; null when the listing is absent, hidden or off the shelf. */
export async function interestForm(ctx: Ctx, idOrReference: string): Promise<InterestForm | null> {
  const listing = await viewListing(ctx, idOrReference);
  if (listing?.state !== "published") return null;
  const owner = await ctx.db.listing.findUnique({ where: { id: listing.id }, select: { organisationId: true } });
  const organisations = speakingFor(ctx.actor);
  const broker = await brokerFor(ctx, organisations[0]?.organisationId ?? null);
  return {
    listing: {
      id: listing.id,
      kind: listing.kind,
      reference: listing.reference,
      title: listing.title,
      lang: listing.lang,
    },
    own: isMemberOf(ctx.actor, owner?.organisationId ?? null),
    organisations,
    broker: broker ? { fullName: broker.fullName, phone: broker.phone, email: broker.email } : null,
  };
}
