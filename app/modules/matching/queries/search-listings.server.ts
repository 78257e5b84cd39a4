import { type ListingCard, listCards, searchableVisibilities, visibleTo } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { SearchAnswer } from "~/platform/ports/search";

export const PAGE_SIZE = 20;

export type SearchInput = {
  q: string;
  kind?: "need" | "offering";
  sectors?: string[];
  province?: string;
  sort: "relevance" | "newest";
  page: number;
};
export type SearchPage = {
  cards: ListingCard[];
  total: number;
  /** more was found than is counted */
  capped: boolean;
  page: number;
  pages: number;
  facets: SearchAnswer["facets"];
};

/** A page of listings this reader may see. The index finds, `visibleTo` decides: what the reader may not see is dropped. */
export async function searchListings(ctx: Ctx, input: SearchInput): Promise<SearchPage> {
  const page = Math.max(1, Math.trunc(input.page) || 1);
  const found = await ctx.search.search({
    text: input.q,
    filter: {
      visibilities: searchableVisibilities(ctx.actor),
      ...(input.kind ? { kind: input.kind } : {}),
      ...(input.sectors?.length ? { sectors: input.sectors } : {}),
      ...(input.province ? { province: input.province } : {}),
    },
    sort: input.sort,
    offset: (page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const cards = await listCards(
    ctx,
    found.hits.map((hit) => hit.id),
  );
  return {
    cards,
    total: found.total,
    capped: found.capped,
    page,
    pages: Math.ceil(found.total / PAGE_SIZE),
    facets: found.facets,
  };
}

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
