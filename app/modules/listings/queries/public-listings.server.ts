import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { visibleTo } from "../policy";

/** What everybody may see today: public and blind listings on the shelf. */
const shelf = (ctx: Ctx): Prisma.ListingWhereInput => ({
  AND: [
    visibleTo({ kind: "anonymous" }, ctx.clock.now()),
    { reference: { not: null }, publishedVersionId: { not: null } },
  ],
});

export const countPublicListings = (ctx: Ctx): Promise<number> => ctx.db.listing.count({ where: shelf(ctx) });

export type PublicAddress = { reference: string; changedAt: Date };

/** References of public listings with the time their words last changed, oldest first: what a site map names. */
export async function publicAddresses(ctx: Ctx, offset: number, most: number): Promise<PublicAddress[]> {
  const rows = await ctx.db.listing.findMany({
    where: shelf(ctx),
    orderBy: { id: "asc" },
    skip: offset,
    take: most,
    select: { reference: true, publishedAt: true, publishedVersion: { select: { createdAt: true } } },
  });
  return rows.flatMap(({ reference, publishedAt, publishedVersion }) =>
    reference && publishedAt ? [{ reference, changedAt: later(publishedAt, publishedVersion?.createdAt) }] : [],
  );
}

const later = (a: Date, b: Date | undefined): Date => (b && b > a ? b : a);

/** When the words of these public listings last changed, by id. */
export async function changedAt(ctx: Ctx, ids: string[]): Promise<Map<string, Date>> {
  const rows = await ctx.db.listing.findMany({
    where: { AND: [{ id: { in: ids } }, shelf(ctx)] },
    select: { id: true, publishedAt: true, publishedVersion: { select: { createdAt: true } } },
  });
  return new Map(
    rows.flatMap(({ id, publishedAt, publishedVersion }) =>
      publishedAt ? [[id, later(publishedAt, publishedVersion?.createdAt)] as const] : [],
    ),
  );
}
