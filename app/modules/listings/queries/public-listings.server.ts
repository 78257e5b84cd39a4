import type { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import { addressOf } from "../domain/address";
import { visibleTo } from "../policy";

/** What everybody may see today: public and blind listings on the shelf. */
const shelf = (ctx: Ctx): Prisma.ListingWhereInput => ({
  AND: [
    visibleTo({ kind: "anonymous" }, ctx.clock.now()),
    { reference: { not: null }, publishedVersionId: { not: null } },
  ],
});

export const countPublicListings = (ctx: Ctx): Promise<number> => ctx.db.listing.count({ where: shelf(ctx) });

export type PublicAddress = { path: string; changedAt: Date };

/** Addresses of public listings with the time their words last changed, oldest first: what a site map names. */
export async function publicAddresses(ctx: Ctx, offset: number, most: number): Promise<PublicAddress[]> {
  const rows = await ctx.db.listing.findMany({
    where: shelf(ctx),
    orderBy: { id: "asc" },
    skip: offset,
    take: most,
    select: {
      id: true,
      reference: true,
      visibility: true,
      publishedAt: true,
      publishedVersion: { select: { createdAt: true, texts: { select: { lang: true, title: true } } } },
    },
  });
  return rows.flatMap(({ publishedAt, publishedVersion, ...listing }) =>
    publishedAt && publishedVersion
      ? [
          {
            path: addressOf(listing, publishedVersion.texts),
            changedAt: later(publishedAt, publishedVersion.createdAt),
          },
        ]
      : [],
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
