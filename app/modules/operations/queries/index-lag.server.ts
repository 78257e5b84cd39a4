import type { Ctx } from "~/platform/context";

export type IndexLag = {
  /** published listings */
  published: number;
  /** listings whose last change searching does not know of yet */
  behind: number;
  /** since when the one that waits longest waits */
  since: Date | null;
};

/** How far the search index is behind the listings, whichever engine it lives in. */
export async function indexLag(ctx: Pick<Ctx, "db">): Promise<IndexLag> {
  const [row] = await ctx.db.$queryRaw<[IndexLag]>`
    SELECT count(*) FILTER (WHERE l.state = 'published')::int AS published,
           count(*) FILTER (WHERE coalesce(i.row_version, -1) < l.row_version)::int AS behind,
           min(l.updated_at) FILTER (WHERE coalesce(i.row_version, -1) < l.row_version) AS since
      FROM listing l LEFT JOIN listing_indexed i ON i.listing_id = l.id
     WHERE l.published_version_id IS NOT NULL`;
  return row;
}
