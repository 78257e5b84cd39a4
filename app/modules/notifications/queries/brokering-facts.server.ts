import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { RelayedEvent } from "~/platform/subscriptions";
import { conditions, dayOf, type Facts, NO_FACTS, nameIn } from "../domain/facts";

/** What a side reads when the other side has no listing it may read of. */
const UNTITLED: Record<Locale, string> = {
  vi: "nội dung chuyên viên trao đổi trực tiếp",
  en: "a matter the broker explains directly",
};
/** Events about a question that is no news any more once it was answered or settled. */
const ONLY_WHILE_OPEN: readonly string[] = [
  "introduction.proposed",
  "introduction.reminder-due",
  "introduction.escalated",
];
const OPEN_TEXT: readonly string[] = ["public", "blind"];

const CASE = {
  id: true,
  title: true,
  state: true,
  brokerId: true,
  needId: true,
  offeringId: true,
} satisfies Prisma.BrokerCaseSelect;

/**
 * A case, for its brokers by name and title; for a party only that its own listing is being looked after. The title and
 * the other side are the broker's and are not read for a party.
 */
export async function ofCase(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const row = await ctx.db.brokerCase.findUnique({ where: { id: event.subjectId }, select: CASE });
  if (!row) return null;
  const facts: Facts = { ...NO_FACTS, caseId: row.id, brokerId: row.brokerId };
  const { partyId, receiverId, giverId } = event.payload;
  if (partyId) return ofParty(ctx, facts, row, partyId);
  const personId = receiverId ?? giverId;
  if (!personId) return null;
  const owner = await ctx.db.person.findUnique({ where: { id: row.brokerId }, select: { fullName: true } });
  const words = { title: row.title, person: owner?.fullName ?? "" };
  return { ...facts, personId, conditions: conditions(receiverId ? "receiver" : "giver"), words: () => words };
}

async function ofParty(
  ctx: Ctx,
  facts: Facts,
  row: Prisma.BrokerCaseGetPayload<{ select: typeof CASE }>,
  partyId: string,
): Promise<Facts | null> {
  const party = await ctx.db.caseParty.findUnique({
    where: { id: partyId },
    select: { side: true, organisationId: true },
  });
  const listingId = party?.side === "need" ? row.needId : row.offeringId;
  const listing = listingId
    ? await ctx.db.listing.findUnique({
        where: { id: listingId },
        select: {
          kind: true,
          reference: true,
          publishedVersion: { select: { texts: { select: { lang: true, title: true } } } },
        },
      })
    : null;
  // without a listing of its own the party knows nothing of a case: the broker calls
  if (!party || !listing) return null;
  const texts = listing.publishedVersion?.texts ?? [];
  return {
    ...facts,
    organisationId: party.organisationId,
    listingId,
    conditions: conditions("to-side"),
    words: (locale) => ({
      title: (texts.find((text) => text.lang === locale) ?? texts[0])?.title ?? "",
      reference: listing.reference ?? "",
      listingKind: listing.kind,
    }),
  };
}

/**
 * An introduction, for one side or for the broker. A side reads the title of the other side's listing as it may see it,
 * its own organisation's name and the last day; never who the other side is, what it said, or a contact.
 */
export async function ofIntroduction(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const row = await ctx.db.introduction.findUnique({
    where: { id: event.subjectId },
    select: {
      id: true,
      state: true,
      replyBy: true,
      needVersionId: true,
      offeringVersionId: true,
      case: { select: { id: true, title: true, brokerId: true } },
      sides: { select: { id: true, side: true, state: true, organisationId: true } },
    },
  });
  if (!row) return null;
  const asking = ONLY_WHILE_OPEN.includes(event.type);
  if (asking && row.state !== "proposed") return null;
  const facts: Facts = { ...NO_FACTS, introductionId: row.id, caseId: row.case.id, brokerId: row.case.brokerId };
  const { sideId } = event.payload;
  if (!sideId) {
    const words = { title: row.case.title, replyBy: dayOf(row.replyBy) };
    return { ...facts, conditions: conditions("to-broker"), words: () => words };
  }
  const side = row.sides.find((one) => one.id === sideId);
  if (!side || (asking && side.state !== "asked")) return null;
  const [other, organisation] = await Promise.all([
    versionTexts(ctx, side.side === "need" ? row.offeringVersionId : row.needVersionId),
    ctx.db.organisation.findUnique({ where: { id: side.organisationId }, select: { nameVi: true, nameEn: true } }),
  ]);
  return {
    ...facts,
    organisationId: side.organisationId,
    linkId: asking ? side.id : null,
    conditions: conditions("to-side"),
    words: (locale) => ({
      title: (other.find((text) => text.lang === locale) ?? other[0])?.title ?? UNTITLED[locale],
      organisation: nameIn(organisation, locale),
      listingKind: side.side === "need" ? "offering" : "need",
      replyBy: dayOf(row.replyBy),
    }),
  };
}

/** Titles of a pinned version whose text everybody may read; of any other listing none. */
async function versionTexts(ctx: Ctx, versionId: string | null): Promise<{ lang: Locale; title: string }[]> {
  if (!versionId) return [];
  const version = await ctx.db.listingVersion.findUnique({
    where: { id: versionId },
    select: {
      visibility: true,
      listing: { select: { visibility: true } },
      texts: { select: { lang: true, title: true } },
    },
  });
  if (!version || !OPEN_TEXT.includes(version.visibility) || !OPEN_TEXT.includes(version.listing.visibility)) return [];
  return version.texts;
}
