import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { type AskedTerm, addUp, normOf, type Places } from "../domain/add-up-terms";
import { ENGINE } from "../domain/engine";
import { parseFacts } from "../domain/listing-facts";
import type { InputFacts } from "../domain/listing-input";
import { USE_BITS } from "../domain/term-keys";

/** What a process keeps of each side's term_places: a few hundred common terms make up most of what is asked for. */
const MOST_BYTES = 128 * 2 ** 20;
/** What a kept list costs beside its numbers. */
const OVERHEAD = 200;
/** Listings read since the count are looked for again this long, since who began first may commit last: it is one statement. */
export const OVERLAP_MS = 30_000;

/** A count as corpus_count tells of it. */
export type Count = { generation: number; listings: number; averageLength: number; countedAt: Date };

type Read = { rowVersion: number; revision: number };
/** Older than any. */
const NEVER: Read = { rowVersion: -1, revision: -1 };
const newer = (one: Read, other: Read): boolean =>
  one.rowVersion > other.rowVersion || (one.rowVersion === other.rowVersion && one.revision > other.revision);

/**
 * A listing in its place; the day it expires on is as in "2026-12-31". Its facts are JSON until they are first looked at
 * (domain/listing-facts.ts): a few listings are looked at again and again, and most never.
 */
export type PlacedListing = {
  id: string;
  ownerKey: string | null;
  expiresOn: string | null;
  facts: string | PlacedFacts;
};
type PlacedFacts = Omit<InputFacts, "id" | "kind" | "sectorCodes">;

export function factsOfPlaced(placed: PlacedListing): PlacedFacts {
  if (typeof placed.facts === "string") placed.facts = parseFacts(placed.facts);
  return placed.facts;
}
type Row = PlacedListing & { facts: string; length: number; sectors: string };

/**
 * The published needs or offerings of one office by the terms they hold: counted ones from term_places, looked up as they are asked
 * for, and those read since. A listing stands for its place in `listings`. One per process and side, thrown away with its generation.
 */
export type TermIndex = {
  generation: number;
  listings: PlacedListing[];
  /** by place: where saturation is half-way, and which of `combinations` its sectors are */
  norms: Float32Array;
  sectors: Uint16Array;
  combinations: string[][];
  sums: Float32Array;
  /** places of listings that were read anew and stand at another place now */
  dead: Set<number>;
  counted: Map<number, Uint32Array>;
  bytes: number;
  late: Map<number, number[]>;
  /** listings read since the count: which version, by which revision of the dictionary, and their place */
  lately: Map<string, Read & { place: number }>;
  since: Date;
  waiting: Promise<unknown>;
};

/** A term and the places that hold it. */
export type FoundTerm = { term: AskedTerm; places: Places[] };

const indexes = new WeakMap<Db, Map<string, TermIndex>>();
type Side = { officeId: string; kind: ListingKind };
/** Listings read from the database at a time. */
const PAGE = 10_000;

/** Appends listings and returns the first one's place. */
function append(index: TermIndex, side: Side, count: Count, added: readonly Row[]): number {
  const first = index.listings.length;
  const size = first + added.length;
  if (size > index.norms.length) {
    const room = Math.ceil(size * 1.1) + 200;
    const norms = new Float32Array(room);
    norms.set(index.norms);
    const sectors = new Uint16Array(room);
    sectors.set(index.sectors);
    Object.assign(index, { norms, sectors, sums: new Float32Array(room) });
  }
  const known = new Map(index.combinations.map((codes, at) => [codes.join(" "), at]));
  for (const { id, ownerKey, expiresOn, facts, length, sectors } of added) {
    let combination = known.get(sectors);
    if (combination === undefined) {
      combination = index.combinations.push(sectors.split(" ").filter(Boolean)) - 1;
      known.set(sectors, combination);
    }
    const place = index.listings.push({ id, ownerKey, expiresOn, facts }) - 1;
    index.norms[place] = normOf(side.kind, length, count.averageLength, ENGINE);
    index.sectors[place] = combination;
  }
  return first;
}

async function openIndex(ctx: Pick<Ctx, "db">, side: Side, count: Count): Promise<TermIndex> {
  const index: TermIndex = {
    generation: count.generation,
    listings: [],
    norms: new Float32Array(),
    sectors: new Uint16Array(),
    combinations: [],
    sums: new Float32Array(),
    dead: new Set(),
    counted: new Map(),
    bytes: 0,
    late: new Map(),
    lately: new Map(),
    since: new Date(count.countedAt.getTime() - OVERLAP_MS),
    waiting: Promise.resolve(),
  };
  for (;;) {
    const first = index.listings.length;
    // one value for all: a row each costs more than what it holds
    const [page] = await ctx.db.$queryRaw<[{ rows: string | null }]>`
      SELECT json_agg(json_build_object('id', listing_id, 'ownerKey', owner_key, 'expiresOn', expires_on,
        'facts', facts, 'length', length, 'sectors', sectors) ORDER BY place)::text AS rows
      FROM listing_place WHERE generation = ${count.generation}::int AND office_id = ${side.officeId}::uuid
        AND kind = ${side.kind}::"ListingKind" AND place >= ${first}::int AND place < ${first + PAGE}::int`;
    const rows: Row[] = JSON.parse(page.rows ?? "[]");
    append(index, side, count, rows);
    if (rows.length < PAGE) return index;
  }
}

/** Takes in what was read since the count, whichever process read it. */
async function takeLate(ctx: Pick<Ctx, "db" | "clock">, index: TermIndex, side: Side, count: Count): Promise<void> {
  const began = ctx.clock.now();
  // within the overlap are also listings that were counted as they are
  const read = await ctx.db.$queryRaw<(Read & { id: string; place: number | null })[]>`
    SELECT t.listing_id AS id, t.row_version::float8 AS "rowVersion", t.revision, p.place FROM listing_terms t
    LEFT JOIN listing_place p ON p.generation = ${index.generation}::int AND p.listing_id = t.listing_id
    WHERE t.office_id = ${side.officeId}::uuid AND t.kind = ${side.kind}::"ListingKind" AND t.read_at > ${index.since}
      AND (p.place IS NULL OR (t.row_version, t.revision) > (p.row_version, p.revision))`;
  const fresh = read.filter((one) => newer(one, index.lately.get(one.id) ?? NEVER));
  const counted = new Map(fresh.map(({ id, place }) => [id, place]));
  if (fresh.length > 0) {
    const [answer] = await ctx.db.$queryRaw<[{ rows: string | null }]>`
      SELECT json_agg(json_build_object('id', listing_id, 'rowVersion', row_version, 'revision', revision, 'ownerKey', owner_key,
        'expiresOn', expires_on, 'facts', jsonb_strip_nulls(facts)::text, 'length', length, 'sectors', array_to_string(sectors, ' '),
        'terms', terms, 'uses', uses))::text AS rows
      FROM listing_terms WHERE listing_id = ANY(${fresh.map(({ id }) => id)}::uuid[])`;
    const rows: (Row & Read & { terms: number[]; uses: number[] })[] = JSON.parse(answer.rows ?? "[]");
    let place = append(index, side, count, rows);
    for (const row of rows) {
      const before = index.lately.get(row.id)?.place ?? counted.get(row.id) ?? null;
      if (before !== null) index.dead.add(before);
      index.lately.set(row.id, { rowVersion: row.rowVersion, revision: row.revision, place });
      for (const [at, term] of row.terms.entries()) {
        const entry = ((place << USE_BITS) | (row.uses[at] ?? 0)) >>> 0;
        const list = index.late.get(term);
        if (list) list.push(entry);
        else index.late.set(term, [entry]);
      }
      place += 1;
    }
  }
  index.since = new Date(Math.max(index.since.getTime(), began.getTime() - OVERLAP_MS));
}

/** The side as it is now: opened, or opened anew after a count, with what was read since. */
export async function termIndex(ctx: Pick<Ctx, "db" | "clock">, side: Side, count: Count): Promise<TermIndex> {
  const ofDb = indexes.get(ctx.db) ?? new Map<string, TermIndex>();
  indexes.set(ctx.db, ofDb);
  const key = `${side.officeId}.${side.kind}`;
  let index = ofDb.get(key);
  if (!index || index.generation !== count.generation) {
    index = await openIndex(ctx, side, count);
    ofDb.set(key, index);
  }
  const { waiting } = index;
  const opened = index;
  // one after the other, each with what was committed before it asked
  const taken = waiting.catch(() => {}).then(() => takeLate(ctx, opened, side, count));
  index.waiting = taken;
  await taken;
  return index;
}

/** Which places hold each of these terms: by the last count, and read since. Kept in memory; what was asked for longest ago gives way. */
export async function lookUp(
  ctx: Pick<Ctx, "db">,
  index: TermIndex,
  side: Side,
  terms: readonly AskedTerm[],
): Promise<FoundTerm[]> {
  const absent = terms.filter(({ key }) => !index.counted.has(key)).map(({ key }) => key);
  if (absent.length > 0) {
    // one value for all: a row a term costs more than what it holds
    const [found] = await ctx.db.$queryRaw<
      { terms: number[] | null; sizes: number[] | null; places: Uint8Array | null }[]
    >`
      SELECT array_agg(term) AS terms, array_agg(length(places) / 4) AS sizes, string_agg(places, ''::bytea) AS places
      FROM term_places WHERE generation = ${index.generation}::int AND office_id = ${side.officeId}::uuid
        AND kind = ${side.kind}::"ListingKind" AND term = ANY(${absent}::int4[])`;
    const bytes = Buffer.from(found?.places ?? new Uint8Array());
    bytes.swap32();
    let at = 0;
    for (const [number, term] of (found?.terms ?? []).entries()) {
      const end = at + (found?.sizes?.[number] ?? 0) * 4;
      index.counted.set(term, new Uint32Array(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + end)));
      at = end;
    }
    for (const key of absent) {
      if (!index.counted.has(key)) index.counted.set(key, new Uint32Array());
      index.bytes += (index.counted.get(key)?.byteLength ?? 0) + OVERHEAD;
    }
  }
  const found = terms.map((term) => ({
    term,
    places: [index.counted.get(term.key) ?? [], index.late.get(term.key) ?? []],
  }));
  forget(index, terms);
  return found;
}

/** Those used now become the youngest; beyond the bound the oldest are forgotten. */
function forget(index: TermIndex, terms: readonly AskedTerm[]): void {
  for (const { key } of terms) {
    const places = index.counted.get(key);
    if (!places) continue;
    index.counted.delete(key);
    index.counted.set(key, places);
  }
  for (const [key, places] of index.counted) {
    if (index.bytes <= MOST_BYTES) break;
    index.counted.delete(key);
    index.bytes -= places.byteLength + OVERHEAD;
  }
}

/** What the terms add up to for each place. The sums are good until the next call: nothing else may be waited for meanwhile. */
export function sumTerms(index: TermIndex, found: readonly FoundTerm[]): Float32Array {
  const { sums, norms } = index;
  sums.fill(0);
  for (const { term, places } of found) for (const list of places) addUp(sums, norms, list, term);
  for (const place of index.dead) sums[place] = 0;
  return sums;
}
