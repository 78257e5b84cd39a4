import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { USE_BITS } from "../domain/term-keys";
import { type Count, OVERLAP_MS } from "./term-index.server";

type Row = { officeId: string; kind: ListingKind; term: number; places: Uint8Array };

function placesOf({ places }: Row): Set<number> {
  const bytes = Buffer.from(places);
  const found = new Set<number>();
  for (let at = 0; at < bytes.length; at += 4) found.add(bytes.readUInt32BE(at) >>> USE_BITS);
  return found;
}

/** Places that are in all of these lists. */
function inAll(lists: readonly Row[]): number[] {
  const [shortest, ...others] = [...lists].sort((a, b) => a.places.length - b.places.length);
  if (!shortest) return [];
  const sets = others.map(placesOf);
  return [...placesOf(shortest)].filter((place) => sets.every((set) => set.has(place)));
}

/** By the lists of the last count. A term of a single listing has none: then who holds the others is asked. */
async function counted(ctx: Pick<Ctx, "db">, terms: readonly number[], { generation }: Count): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT office_id AS "officeId", kind, term, places FROM term_places
    WHERE generation = ${generation}::int AND term = ANY(${terms}::int4[])`;
  // no term that two listings hold: the listing, if there is any, is found by looking at all of them
  if (rows.length === 0) return holders(ctx, terms, null);
  const listed = new Set(rows.map(({ term }) => term)).size;
  const sides = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.officeId}.${row.kind}`;
    sides.set(key, [...(sides.get(key) ?? []), row]);
  }
  const found: string[] = [];
  for (const lists of sides.values()) {
    const [{ officeId, kind } = { officeId: "", kind: "need" as const }] = lists;
    const places = lists.length < listed ? [] : inAll(lists);
    if (places.length === 0) continue;
    const ids = await ctx.db.$queryRaw<{ id: string }[]>`
      SELECT listing_id AS id FROM listing_place WHERE generation = ${generation}::int AND office_id = ${officeId}::uuid
        AND kind = ${kind}::"ListingKind" AND place = ANY(${places}::int4[])`;
    for (const { id } of ids) found.push(id);
  }
  return listed === terms.length ? found : holders(ctx, terms, found);
}

/** Those of these listings, or of all, that hold all of the terms. */
async function holders(ctx: Pick<Ctx, "db">, terms: readonly number[], among: string[] | null): Promise<string[]> {
  const rows =
    among === null
      ? await ctx.db.$queryRaw<{ id: string }[]>`
          SELECT listing_id AS id FROM listing_terms WHERE terms @> ${terms}::int4[]`
      : await ctx.db.$queryRaw<{ id: string }[]>`
          SELECT listing_id AS id FROM listing_terms WHERE terms @> ${terms}::int4[] AND listing_id = ANY(${among}::uuid[])`;
  return rows.map(({ id }) => id);
}

/**
 * Ids of listings that hold all terms of one of these groups: by the lists of the last count, and among those read since. Some may
 * have changed and hold them no longer.
 */
export async function whoHolds(
  ctx: Pick<Ctx, "db">,
  groups: readonly (readonly number[])[],
  count: Count,
): Promise<string[]> {
  const found = new Set<string>();
  const since = new Date(count.countedAt.getTime() - OVERLAP_MS);
  for (const terms of groups) {
    for (const id of await counted(ctx, terms, count)) found.add(id);
    const late = await ctx.db.listingTerms.findMany({
      where: { readAt: { gt: since }, terms: { hasEvery: [...terms] } },
      select: { listingId: true },
    });
    for (const { listingId } of late) found.add(listingId);
  }
  return [...found].sort();
}
