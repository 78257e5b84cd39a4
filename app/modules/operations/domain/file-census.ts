import { z } from "zod";

/** An object that no row knows is called an orphan after this long: its row may be on its way. */
export const ORPHAN_MS = 86_400_000;
/** Orphans taken away by one run; the next goes on. */
export const MOST_PRUNED = 5_000;
/** Under this key lies whose store it is. No upload's key looks like it: those have 32 characters. */
export const OWNER_KEY = "owner-of-these-files";

/** `moved`: rows went while it was counted; the next count will do */
export const verdictSchema = z.enum(["fine", "missing", "foreign", "moved"]);
export type Verdict = z.infer<typeof verdictSchema>;
export type Sums = {
  /** whose store it is by its own words; null: nobody said */
  owner: string | null;
  us: string;
  /** objects that rows know, and those rows that were there before the count began */
  held: number;
  heldBefore: number;
  /** such rows by the database's own count */
  rows: number;
  /** objects that no row knows, old enough */
  orphans: number;
};

/**
 * Whether what no row knows may be taken away. Not where rows miss their objects: this database and this store may not belong
 * together, or one of them was restored. Not in a store that says it is another exchange's, nor in one that says nothing
 * and holds more unknown than known.
 */
export function verdictOf({ owner, us, held, heldBefore, rows, orphans }: Sums): Verdict {
  if (owner === null ? orphans > held : owner !== us) return "foreign";
  if (heldBefore > rows) return "moved";
  return heldBefore === rows ? "fine" : "missing";
}
