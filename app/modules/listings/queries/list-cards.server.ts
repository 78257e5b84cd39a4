import type { Prisma } from "~/generated/prisma/client";
import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { addressOf } from "../domain/address";
import { readinessOf } from "../domain/readiness";
import type { ListingCard } from "../domain/types";
import { grantsOf, knowsOwner, visibleTo } from "../policy";
import { pickText } from "./rows.server";

const CARD_SELECT = {
  id: true,
  officeId: true,
  kind: true,
  reference: true,
  organisationId: true,
  createdById: true,
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
 * The owner and source of a blind listing are fetched only for those who may know them.
 */
export async function listCards(ctx: Ctx, ids: string[]): Promise<ListingCard[]> {
  if (ids.length === 0) return [];
  const now = ctx.clock.now();
  const rows = await ctx.db.listing.findMany({
    where: { AND: [{ id: { in: ids }, publishedVersionId: { not: null } }, visibleTo(ctx.actor, now)] },
    select: CARD_SELECT,
  });
  const blind = rows.filter((row) => row.visibility === "blind" && !knowsOwner(ctx.actor, row)).map((row) => row.id);
  const granted =
    blind.length === 0
      ? []
      : await ctx.db.accessGrant.findMany({
          where: { AND: [{ listingId: { in: blind }, scope: "contacts" }, grantsOf(ctx.actor, now)] },
          select: { listingId: true },
        });
  const hidden = new Set(blind.filter((id) => !granted.some((grant) => grant.listingId === id)));
  const open = rows.map((row) => row.id).filter((id) => !hidden.has(id));
  const owners = await ctx.db.listing.findMany({ where: { id: { in: open } }, select: OWNER_SELECT });
  const ownerOf = new Map(owners.map((owner) => [owner.id, owner]));
  const byId = new Map(rows.map((row) => [row.id, row]));

  return ids.flatMap((id) => {
    const row = byId.get(id);
    const version = row?.publishedVersion;
    const text = version && pickText(version.texts, ctx.locale);
    if (!row || !version || !text) return [];
    const owner = ownerOf.get(id);
    return {
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
    };
  });
}
