/** How near two sectors of the taxonomy stand: sector → other sector → affinity between 0 and 1. Absent pairs have none. */
export type SectorAffinity = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Sectors of one field ("NNC-01", "NNC-02"). */
const SAME_FIELD = 0.4;
/** An official class (KHCN, VSIC, IPC, CNCL) held by just these two sectors; the more sectors hold it, the less it says. */
const SHARED_CLASS = 0.5;
/** Classes together give at most this, and no neighbour counts as much as the sector itself. */
const MOST_CLASSES = 0.3;

export const fieldOf = (code: string): string => code.split("-")[0] ?? code;

/**
 * The affinity table, counted from the taxonomy (prisma/seed/data/sectors.json, kept by administrators): neighbours are sectors of
 * the same field and sectors that share a class of an official classification. Symmetric.
 */
export function sectorAffinity(sectors: readonly { code: string; relatedCodes: readonly string[] }[]): SectorAffinity {
  const holders = new Map<string, string[]>();
  for (const { code, relatedCodes } of sectors)
    for (const official of new Set(relatedCodes)) holders.set(official, [...(holders.get(official) ?? []), code]);
  const classes = new Map<string, Map<string, number>>();
  const add = (one: string, other: string, share: number) => {
    const row = classes.get(one) ?? new Map<string, number>();
    row.set(other, Math.min(MOST_CLASSES, (row.get(other) ?? 0) + share));
    classes.set(one, row);
  };
  for (const codes of holders.values())
    for (const one of codes) for (const other of codes) if (one !== other) add(one, other, SHARED_CLASS / codes.length);
  const table = new Map<string, Map<string, number>>();
  for (const { code } of sectors) {
    const row = new Map<string, number>();
    for (const { code: other } of sectors) {
      if (other === code) continue;
      const near = (fieldOf(code) === fieldOf(other) ? SAME_FIELD : 0) + (classes.get(code)?.get(other) ?? 0);
      if (near > 0) row.set(other, near);
    }
    table.set(code, row);
  }
  return table;
}

export type SectorAgreement = { level: "same" | "field" | "related"; code: string; affinity: number };

/** The best agreement between the two listings' sectors; null when none are near or one side states none. */
export function sectorAgreement(
  need: readonly string[],
  offering: readonly string[],
  table: SectorAffinity,
): SectorAgreement | null {
  let best: SectorAgreement | null = null;
  for (const mine of need) {
    for (const theirs of offering) {
      const level = mine === theirs ? "same" : fieldOf(mine) === fieldOf(theirs) ? "field" : "related";
      // a listing placed in a whole field only ("NNC") stands as near as a neighbour in it
      const affinity =
        level === "same" && mine.includes("-")
          ? 1
          : (table.get(mine)?.get(theirs) ?? (level === "related" ? 0 : SAME_FIELD));
      if (affinity > (best?.affinity ?? 0))
        best = {
          level: mine.includes("-") || level === "related" ? level : "field",
          code: level === "field" ? fieldOf(mine) : mine,
          affinity,
        };
    }
  }
  return best;
}
