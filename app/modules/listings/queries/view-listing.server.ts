import type { Prisma } from "~/generated/prisma/client";
import { brokerFor } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { referenceIn } from "../domain/address";
import type { ListingView } from "../domain/types";
import { canEdit, grantsOf, knowsOwner, visibleTo, wholeTo } from "../policy";
import { listingViewOf } from "./listing-view";
import { DETAILS_SELECT, VERSION_SELECT } from "./rows.server";
import { namesOf } from "./version-view.server";

const LISTING_SELECT = {
  id: true,
  officeId: true,
  kind: true,
  reference: true,
  organisationId: true,
  createdById: true,
  onBehalf: true,
  onBehalfConfirmedAt: true,
  state: true,
  visibility: true,
  origin: true,
  publishedAt: true,
  lastConfirmedAt: true,
  unconfirmedAt: true,
  brokerId: true,
  challengeSince: true,
  // where it stands now: its version may name a sector that was merged since
  sectorMain: true,
  sectorCodes: true,
  trlConfirmed: true,
  trlConfirmedAt: true,
  trlConfirmedById: true,
  _count: { select: { annexes: { where: { removedAt: null } } } },
  publishedVersion: {
    select: { ...VERSION_SELECT, pictureId: true, pictureIds: true, pictureAlts: true, pdfId: true },
  },
} satisfies Prisma.ListingSelect;

/** Where for an id, a public reference or the last part of an address; null when the text is none of them. */
export function byIdOrReference(idOrReference: string): Prisma.ListingWhereInput | null {
  if (isId(idOrReference)) return { id: idOrReference };
  const reference = referenceIn(idOrReference);
  return reference ? { reference } : null;
}

/**
 * The published version of a listing as this reader may see it. Null when it is absent or hidden: both answer alike.
 * Owner, source and identifying numbers of a blind listing, and all contacts, are selected only for those who may see
 * them: its owner, brokers of the office, and holders of an AccessGrant with scope "contacts". Everybody else reads the open part
 * of a blind one.
 */
export async function viewListing(ctx: Ctx, idOrReference: string): Promise<ListingView | null> {
  const now = ctx.clock.now();
  const which = byIdOrReference(idOrReference);
  if (!which) return null;
  const row = await ctx.db.listing.findFirst({
    where: { AND: [which, visibleTo(ctx.actor, now)] },
    select: LISTING_SELECT,
  });
  const version = row?.publishedVersion;
  if (!row || !version || version.texts.length === 0) return null;

  const trusted = knowsOwner(ctx.actor, row);
  const contactGrant = trusted
    ? 1
    : await ctx.db.accessGrant.count({
        where: { AND: [{ listingId: row.id, scope: "contacts" }, grantsOf(ctx.actor, now)] },
      });
  const owner = await ctx.db.listing.findFirst({
    where: { AND: [{ id: row.id }, wholeTo(ctx.actor, now)] },
    select: {
      sourceUrl: true,
      sourceNote: true,
      organisation: { select: { id: true, nameVi: true, nameEn: true, anonymous: true } },
      publishedVersion: {
        select: { communeCode: true, ipNumber: true, ipText: true, originTaskCode: true, ...DETAILS_SELECT },
      },
    },
  });
  const contact =
    contactGrant === 0
      ? null
      : await ctx.db.listingVersion.findUniqueOrThrow({
          where: { id: version.id },
          select: { contactName: true, contactPhone: true, contactEmail: true },
        });
  // the organisation's broker is chosen without telling the reader which organisation it is
  const broker = await brokerFor(ctx, row.organisationId);

  const names = row.trlConfirmedById ? await namesOf(ctx, [row.trlConfirmedById]) : null;

  return listingViewOf(ctx.locale, {
    row,
    trlConfirmedBy: names?.get(row.trlConfirmedById ?? "") ?? null,
    version: {
      ...version,
      ...owner?.publishedVersion,
      sectorMain: row.sectorMain,
      sectorCodes: row.sectorCodes,
    },
    owner,
    trusted,
    ownerHidden: owner === null,
    contact,
    broker,
    mayEdit: canEdit(ctx.actor, row),
  });
}
