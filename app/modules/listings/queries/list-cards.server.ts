import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { addressOf } from "../domain/address";
import { openCard } from "../domain/open-part";
import { readinessOf } from "../domain/readiness";
import type { ListingCard } from "../domain/types";
import { visibleTo, wholeTo } from "../policy";
import { pickText } from "./rows.server";

const CARD_SELECT = {
  id: true,
  kind: true,
  reference: true,
  state: true,
  visibility: true,
  origin: true,
  sectorCodes: true,
  provinceCode: true,
  publishedAt: true,
  lastConfirmedAt: true,
  unconfirmedAt: true,
  expiresOn: true,
  challengeSince: true,
  trlConfirmed: true,
  publishedVersion: {
    select: {
      trl: true,
      trlBasis: true,
      pictureId: true,
      texts: { select: { lang: true, title: true, summary: true } },
    },
  },
} satisfies Prisma.ListingSelect;

const OWNER_SELECT = {
  id: true,
  sourceUrl: true,
  sourceNote: true,
  organisation: { select: { nameVi: true, nameEn: true, anonymous: true } },
} satisfies Prisma.ListingSelect;

/**
 * Cards in the order of `ids`; what the actor may not see, or what is not published, is dropped without a trace.
 * Of a blind listing whoever may not know its owner gets the open part; owner and source are not even fetched for them.
 */
export async function listCards(ctx: Ctx, ids: string[]): Promise<ListingCard[]> {
  if (ids.length === 0) return [];
  const now = ctx.clock.now();
  const rows = await ctx.db.listing.findMany({
    where: { AND: [{ id: { in: ids }, publishedVersionId: { not: null } }, visibleTo(ctx.actor, now)] },
    select: CARD_SELECT,
  });
  const owners = await ctx.db.listing.findMany({
    where: { AND: [{ id: { in: rows.map((row) => row.id) } }, wholeTo(ctx.actor, now)] },
    select: OWNER_SELECT,
  });
  const ownerOf = new Map(owners.map((owner) => [owner.id, owner]));
  const byId = new Map(rows.map((row) => [row.id, row]));

  return ids.flatMap((id) => {
    const row = byId.get(id);
    const version = row?.publishedVersion;
    const text = version && pickText(version.texts, ctx.locale);
    if (!row || !version || !text) return [];
    const owner = ownerOf.get(id);
    const card: ListingCard = {
      id,
      kind: row.kind,
      reference: row.reference,
      address: addressOf(row, version.texts),
      title: text.title,
      summary: text.summary,
      organisation: owner ? displayName(owner.organisation, ctx.locale) : null,
      sectors: row.sectorCodes,
      provinceCode: row.provinceCode,
      ...readinessOf(version, row.trlConfirmed),
      visibility: row.visibility,
      state: row.state,
      origin: row.origin,
      lang: text.lang,
      publishedAt: row.publishedAt,
      lastConfirmedAt: row.lastConfirmedAt,
      unconfirmedAt: row.unconfirmedAt,
      expiresOn: row.expiresOn,
      sourceUrl: owner?.sourceUrl ?? null,
      sourceNote: owner?.sourceNote ?? null,
      pictureId: version.pictureId,
      challengeSince: row.challengeSince,
      ownerHidden: owner === undefined,
    };
    return owner ? card : openCard(card);
  });
}
