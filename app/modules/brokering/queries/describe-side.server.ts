import type { Side, Visibility } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { otherSide } from "../domain/introduction-states";

/** Everything a side's view is made of, but contacts and the other side's name: those are fetched when they may be shown. */
export const INTRODUCTION_SELECT = {
  id: true,
  state: true,
  replyBy: true,
  proposedAt: true,
  settledAt: true,
  message: true,
  needId: true,
  offeringId: true,
  needVersionId: true,
  offeringVersionId: true,
  caseId: true,
  case: { select: { officeId: true, broker: { select: { id: true, fullName: true, phone: true, email: true } } } },
  sides: {
    select: {
      id: true,
      side: true,
      organisationId: true,
      state: true,
      channel: true,
      answeredAt: true,
      answeredById: true,
      cooperation: true,
      unclear: true,
      about: true,
      reasonCode: true,
      note: true,
    },
  },
} as const;

export const loadIntroduction = (ctx: Ctx, id: string) =>
  ctx.db.introduction.findUnique({ where: { id }, select: INTRODUCTION_SELECT });
export type IntroductionRow = NonNullable<Awaited<ReturnType<typeof loadIntroduction>>>;

export type ListingSummary = {
  kind: Side;
  title: string;
  summary: string | null;
  description: string | null;
  lang: "vi" | "en";
  /** null when the reader could not open the listing's page */
  reference: string | null;
};
export type SideContact = { name: string | null; phone: string | null; email: string | null };

const PUBLIC_TEXT: readonly Visibility[] = ["public", "blind"];

/**
 * What a pinned version says, for somebody of the other side. Of a listing that only brokers or the invited may see no
 * more than title and summary: that much the broker shows by asking.
 */
export async function summarise(ctx: Ctx, side: Side, versionId: string | null): Promise<ListingSummary | null> {
  if (!versionId) return null;
  const version = await ctx.db.listingVersion.findUnique({
    where: { id: versionId },
    select: {
      visibility: true,
      listing: { select: { reference: true, visibility: true, state: true } },
      texts: { select: { lang: true, title: true, summary: true, description: true }, orderBy: { lang: "desc" } },
    },
  });
  const text = version?.texts.find((one) => one.lang === ctx.locale) ?? version?.texts[0];
  if (!version || !text) return null;
  const open = PUBLIC_TEXT.includes(version.visibility) && PUBLIC_TEXT.includes(version.listing.visibility);
  return {
    kind: side,
    title: text.title,
    summary: text.summary,
    lang: text.lang,
    description: open ? text.description : null,
    reference: open && version.listing.state === "published" ? version.listing.reference : null,
  };
}

/** Is the owner's name part of what everybody may read of this side? Only with a listing that was and is public. */
async function nameIsPublic(ctx: Ctx, versionId: string | null): Promise<boolean> {
  if (!versionId) return false;
  const version = await ctx.db.listingVersion.findUnique({
    where: { id: versionId },
    select: { visibility: true, listing: { select: { visibility: true } } },
  });
  return version?.visibility === "public" && version.listing.visibility === "public";
}

export const versionOf = (row: IntroductionRow, side: Side): string | null =>
  side === "need" ? row.needVersionId : row.offeringVersionId;
export const listingOf = (row: IntroductionRow, side: Side): string | null =>
  side === "need" ? row.needId : row.offeringId;

/**
 * Are the other side's contacts open to this organisation? Only when both said yes, and, where there is a listing, while
 * the AccessGrant that the acceptance wrote stands: taking it back closes this page too.
 */
async function contactsOpen(
  ctx: Ctx,
  row: IntroductionRow,
  organisationId: string,
  listingId: string | null,
): Promise<boolean> {
  if (row.state !== "accepted") return false;
  if (!listingId) return true;
  const now = ctx.clock.now();
  const grants = await ctx.db.accessGrant.count({
    where: {
      listingId,
      organisationId,
      scope: "contacts",
      revokedAt: null,
      OR: [{ until: null }, { until: { gt: now } }],
    },
  });
  return grants > 0;
}

async function contactOf(ctx: Ctx, row: IntroductionRow, side: Side): Promise<SideContact | null> {
  const versionId = versionOf(row, side);
  const [version, party] = await Promise.all([
    versionId
      ? ctx.db.listingVersion.findUnique({
          where: { id: versionId },
          select: { contactName: true, contactPhone: true, contactEmail: true },
        })
      : null,
    ctx.db.caseParty.findUnique({
      where: { caseId_side: { caseId: row.caseId, side } },
      select: { contactName: true, contactPhone: true, contactEmail: true },
    }),
  ]);
  // the contact the owner chose for its listing goes first; imported listings have none, then it is whom the broker talks to
  const chosen = [version, party].find((one) => one && (one.contactPhone || one.contactEmail));
  return chosen ? { name: chosen.contactName, phone: chosen.contactPhone, email: chosen.contactEmail } : null;
}

/** The introduction as one side may see it. A hidden name and closed contacts are not even read from the database. */
export async function describeFor(ctx: Ctx, row: IntroductionRow, side: Side) {
  const mine = row.sides.find((one) => one.side === side);
  const other = row.sides.find((one) => one.side !== side);
  if (!mine || !other) return null;
  const opposite = otherSide(side);
  const open = await contactsOpen(ctx, row, mine.organisationId, listingOf(row, opposite));
  const named = open || (await nameIsPublic(ctx, versionOf(row, opposite)));
  const nameOf = (id: string) =>
    ctx.db.organisation.findUnique({ where: { id }, select: { nameVi: true, nameEn: true, anonymous: true } });
  const [ours, theirs, ownListing, theirListing, contact, answeredBy] = await Promise.all([
    nameOf(mine.organisationId),
    named ? nameOf(other.organisationId) : null,
    summarise(ctx, side, versionOf(row, side)),
    summarise(ctx, opposite, versionOf(row, opposite)),
    open ? contactOf(ctx, row, opposite) : null,
    mine.answeredById
      ? ctx.db.person.findUnique({ where: { id: mine.answeredById }, select: { fullName: true } })
      : null,
  ]);
  const { broker } = row.case;
  return {
    id: row.id,
    state: row.state,
    replyBy: row.replyBy,
    proposedAt: row.proposedAt,
    settledAt: row.settledAt,
    message: row.message,
    mine: {
      id: mine.id,
      side,
      organisation: displayName(ours, ctx.locale),
      state: mine.state,
      channel: mine.channel,
      answeredAt: mine.answeredAt,
      answeredBy: answeredBy?.fullName ?? null,
      cooperation: mine.cooperation,
      unclear: mine.unclear,
      about: mine.about,
      reasonCode: mine.reasonCode,
      // what the broker wrote down of a call is the record of our consent; it is ours to read
      note: mine.note,
      listing: ownListing,
    },
    other: {
      side: opposite,
      organisation: theirs ? displayName(theirs, ctx.locale) : null,
      listing: theirListing,
      contactsOpen: open,
      contact,
      answers: open ? { cooperation: other.cooperation, unclear: other.unclear, about: other.about } : null,
    },
    broker: { fullName: broker.fullName, phone: broker.phone, email: broker.email },
  };
}
export type IntroductionView = NonNullable<Awaited<ReturnType<typeof describeFor>>>;
