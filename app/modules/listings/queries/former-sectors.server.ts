import { z } from "zod";
import type { Ctx } from "~/platform/context";
import { taxonomy } from "./list-sectors.server";

/** A code or name that people still write, and the sector in use that stands for it now. */
export type FormerSector = { was: string; code: string };

const names = z.object({ nameVi: z.string(), nameEn: z.string() });

/**
 * What sectors were called before administrators renamed them, and codes and names of those that were merged into others. A
 * sector that was retired alone stands for nothing. For sheets that were written before.
 */
export async function formerSectors(ctx: Pick<Ctx, "db" | "clock">): Promise<FormerSector[]> {
  const [{ tree, replaced }, merged, renamed] = await Promise.all([
    taxonomy(ctx),
    ctx.db.sector.findMany({
      where: { replacedByCode: { not: null } },
      select: { code: true, nameVi: true, nameEn: true },
    }),
    ctx.db.listChange.findMany({
      where: { list: "sector", action: "sector.renamed" },
      select: { entryKey: true, before: true },
    }),
  ]);
  const inUse = new Set(tree.flatMap((field) => field.children.map(({ code }) => code)));
  const rows = [
    ...merged.map((one) => ({ of: one.code, was: [one.code, one.nameVi, one.nameEn] })),
    ...renamed.map(({ entryKey, before }) => {
      const read = names.safeParse(before);
      return { of: entryKey, was: read.success ? [read.data.nameVi, read.data.nameEn] : [] };
    }),
  ];
  return rows.flatMap(({ of, was }) => {
    const code = replaced.get(of) ?? of;
    return inUse.has(code) ? was.map((name) => ({ was: name, code })) : [];
  });
}
