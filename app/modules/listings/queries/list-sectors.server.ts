import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { listsRevision } from "~/platform/lists/list-changes.server";
import { placedCodes, type Replaced } from "../domain/place-sectors";
import type { SectorNode } from "../domain/types";

/** The sectors as administrators keep them. */
export type Taxonomy = {
  /** those in use */
  tree: SectorNode[];
  /** retired without another in their place: listings still stand in them */
  retired: { code: string; parentCode: string | null; nameVi: string; nameEn: string }[];
  replaced: Replaced;
  /** names that are not the supplied ones, by code */
  names: Record<string, { vi: string; en: string }>;
};

const KEEP_MS = 5 * 60_000;
const cache = new WeakMap<Db, { at: number; revision: number; taxonomy: Taxonomy }>();

async function load(db: Db): Promise<Taxonomy> {
  const rows = await db.sector.findMany({ orderBy: [{ position: "asc" }, { code: "asc" }] });
  const live = rows.filter(({ retiredAt }) => retiredAt === null);
  const nodes = new Map<string, SectorNode>(
    live.map(({ code, nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes }) => [
      code,
      { code, nameVi, nameEn, keywordsVi, keywordsEn, relatedCodes, children: [] },
    ]),
  );
  const tree: SectorNode[] = [];
  for (const { code, parentCode } of live) {
    const node = nodes.get(code);
    if (!node) continue;
    if (parentCode === null) tree.push(node);
    else nodes.get(parentCode)?.children.push(node);
  }
  return {
    tree,
    retired: rows
      .filter(({ retiredAt, replacedByCode }) => retiredAt !== null && replacedByCode === null)
      .map(({ code, parentCode, nameVi, nameEn }) => ({ code, parentCode, nameVi, nameEn })),
    replaced: new Map(
      rows.flatMap(({ code, replacedByCode }) => (replacedByCode === null ? [] : [[code, replacedByCode] as const])),
    ),
    names: Object.fromEntries(
      rows.filter(({ revision }) => revision > 0).map(({ code, nameVi, nameEn }) => [code, { vi: nameVi, en: nameEn }]),
    ),
  };
}

/**
 * The sectors in use, those that are not, and the names that administrators gave. Kept in memory until a list changes (one look
 * at one row tells), at most five minutes.
 */
export async function taxonomy(ctx: Pick<Ctx, "db" | "clock">): Promise<Taxonomy> {
  const revision = await listsRevision(ctx.db);
  const at = ctx.clock.now().getTime();
  const kept = cache.get(ctx.db);
  if (kept && kept.revision === revision && Math.abs(at - kept.at) < KEEP_MS) return kept.taxonomy;
  const found = await load(ctx.db);
  if (found.tree.length > 0) cache.set(ctx.db, { at, revision, taxonomy: found });
  return found;
}

/** The sectors in use as a tree of fields with their sectors, in their own order. */
export async function listSectors(ctx: Pick<Ctx, "db" | "clock">): Promise<SectorNode[]> {
  return (await taxonomy(ctx)).tree;
}

/** Where the listings of these sectors stand now: old addresses, searches and drafts go on working. */
export async function currentSectors(ctx: Pick<Ctx, "db" | "clock">, codes: readonly string[]): Promise<string[]> {
  return placedCodes(codes, (await taxonomy(ctx)).replaced);
}
