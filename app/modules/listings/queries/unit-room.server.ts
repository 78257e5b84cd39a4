import { Prisma } from "~/generated/prisma/client";
import { type Ctx, hasGrant } from "~/platform/context";
import { type ListChangeView, listChanges } from "~/platform/lists/list-changes.server";
import { type Dimension, findUnit, type LiveUnit, liveUnits, unitKey } from "../domain/units";
import { freshUnits } from "./fresh-units.server";

export type UnitRow = {
  code: string;
  dimension: Dimension;
  factor: number;
  offset: number;
  supplied: boolean;
  active: boolean;
  /** names that administrators gave it */
  added: number;
  /** published listings that state something in it */
  listings: number;
};

/** What published listings are written in: the units of their lines, their capacity, and what a cost is reckoned per. */
const WRITTEN = Prisma.sql`
  SELECT l.id, w.unit FROM listing l
  CROSS JOIN LATERAL (
    SELECT r.unit FROM requirement_line r WHERE r.version_id = l.published_version_id
    UNION ALL
    SELECT u.unit FROM listing_version v, LATERAL (VALUES (v.scale_unit), (v.unit_cost_per)) AS u(unit) WHERE v.id = l.published_version_id
  ) w
  WHERE l.state = 'published' AND w.unit IS NOT NULL`;

/** Every text that stands for a unit in some published listing. */
async function writtenUnits({ db }: Pick<Ctx, "db">): Promise<string[]> {
  const rows = await db.$queryRaw<{ unit: string }[]>`SELECT DISTINCT unit FROM (${WRITTEN}) AS written`;
  return rows.map(({ unit }) => unit);
}

async function counts(ctx: Ctx): Promise<Map<string, number>> {
  const known = (await writtenUnits(ctx)).flatMap((text) => {
    const unit = findUnit(text);
    return unit ? [{ text, code: unit.id }] : [];
  });
  const rows = await ctx.db.$queryRaw<{ code: string; listings: number }[]>`
    SELECT k.code, count(DISTINCT w.id)::int AS listings FROM (${WRITTEN}) AS w
    JOIN unnest(${known.map(({ text }) => text)}::text[], ${known.map(({ code }) => code)}::text[]) AS k(text, code)
      ON k.text = w.unit
    GROUP BY k.code`;
  return new Map(rows.map(({ code, listings }) => [code, listings]));
}

const rowOf = (unit: LiveUnit, listings: ReadonlyMap<string, number>): UnitRow => ({
  code: unit.id,
  dimension: unit.dimension,
  factor: unit.factor,
  offset: unit.offset ?? 0,
  supplied: unit.supplied,
  active: !unit.retired,
  added: unit.added.length,
  listings: listings.get(unit.id) ?? 0,
});

/** All units, those out of use too, with how many listings are written in them. Null for all but administrators. */
export async function unitRoom(ctx: Ctx): Promise<UnitRow[] | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  await freshUnits(ctx);
  const listings = await counts(ctx);
  return liveUnits().map((unit) => rowOf(unit, listings));
}

export type UnitView = Omit<UnitRow, "added"> & {
  /** names it came with; nobody takes them away */
  suppliedNames: string[];
  aliases: string[];
  /** the last change's number, 0 as supplied */
  revision: number;
  history: ListChangeView[];
};

/** One unit with its history, newest first. Null when absent, and for all but administrators. */
export async function viewUnit(ctx: Ctx, code: string): Promise<UnitView | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  await freshUnits(ctx);
  const unit = liveUnits().find(({ id }) => id === code);
  if (!unit) return null;
  const [listings, history] = await Promise.all([counts(ctx), listChanges(ctx.db, { list: "unit", entryKey: code })]);
  const { added: _, ...row } = rowOf(unit, listings);
  return {
    ...row,
    suppliedNames: unit.aliases.filter((name) => !unit.added.includes(name)),
    aliases: [...unit.added],
    revision: history[0]?.seq ?? 0,
    history,
  };
}

const namesIn = (facts: unknown): string[] =>
  typeof facts === "object" && facts !== null && "aliases" in facts && Array.isArray(facts.aliases)
    ? facts.aliases.map(String)
    : [];

/**
 * Ids of published listings whose numbers are read in another way since a change of a unit: they are written in it, by a name that
 * it has or had. Null when there is no such change.
 */
export async function listingsOfUnitChange(
  ctx: Pick<Ctx, "db">,
  changeId: string,
): Promise<{ seq: number; listingIds: string[] } | null> {
  const change = await ctx.db.listChange.findUnique({
    where: { id: changeId },
    select: { seq: true, list: true, entryKey: true, action: true, before: true, after: true },
  });
  if (change?.list !== "unit") return null;
  const [before, after] = [namesIn(change.before), namesIn(change.after)];
  // names that stayed mean the same, unless what it measures changed
  const touched =
    change.action === "unit.renamed"
      ? [...before.filter((name) => !after.includes(name)), ...after.filter((name) => !before.includes(name))]
      : [change.entryKey, ...before, ...after];
  const keys = new Set(touched.map(unitKey));
  const texts = (await writtenUnits(ctx)).filter((text) => keys.has(unitKey(text)));
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT id FROM (${WRITTEN}) AS w WHERE unit = ANY(${texts}::text[]) ORDER BY id`;
  return { seq: change.seq, listingIds: rows.map(({ id }) => id) };
}
