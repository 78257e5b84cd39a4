import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import type { SectorNode } from "../domain/types";

const KEEP_MS = 5 * 60_000;
const cache = new WeakMap<Db, { at: number; tree: SectorNode[] }>();

/** The taxonomy as a tree of fields with their sectors, in its own order; retired codes are left out. Cached five minutes per database. */
export async function listSectors(ctx: Pick<Ctx, "db" | "clock">): Promise<SectorNode[]> {
  const at = ctx.clock.now().getTime();
  const kept = cache.get(ctx.db);
  if (kept && Math.abs(at - kept.at) < KEEP_MS) return kept.tree;
  const rows = await ctx.db.sector.findMany({
    where: { retiredAt: null },
    orderBy: [{ position: "asc" }, { code: "asc" }],
    select: {
      code: true,
      parentCode: true,
      nameVi: true,
      nameEn: true,
      keywordsVi: true,
      keywordsEn: true,
      relatedCodes: true,
    },
  });
  const nodes = new Map<string, SectorNode>(
    rows.map(({ parentCode: _, ...row }) => [row.code, { ...row, children: [] }]),
  );
  const tree: SectorNode[] = [];
  for (const { code, parentCode } of rows) {
    const node = nodes.get(code);
    if (!node) continue;
    if (parentCode === null) tree.push(node);
    else nodes.get(parentCode)?.children.push(node);
  }
  if (tree.length > 0) cache.set(ctx.db, { at, tree });
  return tree;
}
