import { type Ctx, hasGrant } from "~/platform/context";
import { type ListChangeView, listChanges } from "~/platform/lists/list-changes.server";

export type SectorRow = {
  code: string;
  parentCode: string | null;
  nameVi: string;
  nameEn: string;
  active: boolean;
  replacedBy: string | null;
  /** published listings that stand in it now */
  listings: number;
};

async function counts(ctx: Ctx): Promise<Map<string, number>> {
  const rows = await ctx.db.$queryRaw<{ code: string; listings: number }[]>`
    SELECT code, count(*)::int AS listings
    FROM listing, LATERAL (SELECT DISTINCT part AS code FROM unnest(sector_codes) AS one, LATERAL (VALUES (one), (left(one, 3))) AS p(part)) AS c
    WHERE state = 'published' GROUP BY code`;
  return new Map(rows.map(({ code, listings }) => [code, listings]));
}

/** All fields and sectors in their order, those out of use too, with how many listings stand in them. Null for all but administrators. */
export async function sectorRoom(ctx: Ctx): Promise<SectorRow[] | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  const [rows, listings] = await Promise.all([
    ctx.db.sector.findMany({ orderBy: [{ position: "asc" }, { code: "asc" }] }),
    counts(ctx),
  ]);
  return rows.map(({ code, parentCode, nameVi, nameEn, retiredAt, replacedByCode }) => ({
    code,
    parentCode,
    nameVi,
    nameEn,
    active: retiredAt === null,
    replacedBy: replacedByCode,
    listings: listings.get(code) ?? 0,
  }));
}

export type SectorView = SectorRow & {
  keywordsVi: string[];
  keywordsEn: string[];
  relatedCodes: string[];
  /** the last change's number, 0 as supplied */
  revision: number;
  /** merged into this one */
  replaces: string[];
  /** sectors in use that may take its place; none for a field */
  others: { code: string; field: string; nameVi: string; nameEn: string }[];
  history: ListChangeView[];
};

/** One sector with its history, newest first. Null when absent, and for all but administrators. */
export async function viewSector(ctx: Ctx, code: string): Promise<SectorView | null> {
  const rows = await sectorRoom(ctx);
  const row = rows?.find((one) => one.code === code);
  if (!rows || !row) return null;
  const [stored, history] = await Promise.all([
    ctx.db.sector.findUniqueOrThrow({
      where: { code },
      select: { keywordsVi: true, keywordsEn: true, relatedCodes: true, revision: true },
    }),
    listChanges(ctx.db, { list: "sector", entryKey: code }),
  ]);
  return {
    ...row,
    ...stored,
    replaces: rows.filter(({ replacedBy }) => replacedBy === code).map((one) => one.code),
    others:
      row.parentCode === null
        ? []
        : rows.flatMap(({ code: other, parentCode, active, nameVi, nameEn }) =>
            active && parentCode !== null && other !== code ? [{ code: other, field: parentCode, nameVi, nameEn }] : [],
          ),
    history,
  };
}

/**
 * Ids of published listings that a change of a sector touches: they stand in it, or were written for it or for one that went
 * the same way. Null when there is no such change.
 */
export async function listingsOfSectorChange(
  ctx: Pick<Ctx, "db">,
  changeId: string,
): Promise<{ seq: number; listingIds: string[] } | null> {
  const change = await ctx.db.listChange.findUnique({
    where: { id: changeId },
    select: { seq: true, list: true, entryKey: true },
  });
  if (change?.list !== "sector") return null;
  const code = change.entryKey;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM listing l JOIN listing_version v ON v.id = l.published_version_id
    WHERE l.state = 'published' AND (${code} = ANY(l.sector_codes) OR v.sector_codes && ARRAY(
      SELECT s.code FROM sector s WHERE s.code = ${code}
        OR s.replaced_by_code = (SELECT replaced_by_code FROM sector WHERE code = ${code})))
    ORDER BY l.id`;
  return { seq: change.seq, listingIds: rows.map(({ id }) => id) };
}
