import { type ListingCard, listCards, visibleTo } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";

export type FrontPage = {
  counts: {
    needs: number;
    offerings: number;
    organisations: number;
    bySector: Record<string, number>;
    byField: Record<string, number>;
  };
  newestNeeds: ListingCard[];
  newestOfferings: ListingCard[];
};

/** Live counts and the newest listings, as anybody may see them. */
export async function frontPage(ctx: Ctx, newest = 6): Promise<FrontPage> {
  const now = ctx.clock.now();
  const shelf = {
    AND: [
      { state: "published" as const, OR: [{ expiresOn: null }, { expiresOn: { gte: dateOnly(localDay(now)) } }] },
      visibleTo({ kind: "anonymous" }, now),
    ],
  };
  const newestOf = async (kind: "need" | "offering") => {
    const rows = await ctx.db.listing.findMany({
      where: { ...shelf, kind },
      orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
      take: newest,
      select: { id: true },
    });
    return listCards(
      ctx,
      rows.map((row) => row.id),
    );
  };
  const [needs, offerings, organisations, sectors, newestNeeds, newestOfferings] = await Promise.all([
    ctx.db.listing.count({ where: { ...shelf, kind: "need" } }),
    ctx.db.listing.count({ where: { ...shelf, kind: "offering" } }),
    ctx.db.listing.groupBy({
      by: ["organisationId"],
      where: { AND: [shelf, { visibility: "public", organisationId: { not: null } }] },
    }),
    ctx.db.listing.groupBy({
      by: ["sectorMain"],
      where: { AND: [shelf, { sectorMain: { not: null } }] },
      _count: true,
    }),
    newestOf("need"),
    newestOf("offering"),
  ]);
  const bySector: Record<string, number> = {};
  const byField: Record<string, number> = {};
  for (const { sectorMain, _count } of sectors) {
    if (!sectorMain) continue;
    const field = sectorMain.split("-")[0] ?? sectorMain;
    bySector[sectorMain] = _count;
    byField[field] = (byField[field] ?? 0) + _count;
  }
  return {
    counts: { needs, offerings, organisations: organisations.length, bySector, byField },
    newestNeeds,
    newestOfferings,
  };
}
