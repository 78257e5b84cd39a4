import { listSectors, loadManyForMatching, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { type CorpusStats, countCorpus } from "../domain/corpus-stats";
import { ENGINE, type Engine } from "../domain/engine";
import { type Reading, type ReadListing, readListing } from "../domain/read-listing";
import { type SectorAffinity, sectorAffinity } from "../domain/sector-affinity";
import { conceptTerm, termKey } from "../domain/term-keys";
import { freshDictionary } from "./fresh-dictionary.server";
import type { Count } from "./term-index.server";

const BATCH = 200;
/** A large corpus is counted again after this time, or at once when its size changed by more than GROWTH. */
const KEEP_MS = 10 * 60_000;
const GROWTH = 0.02;
/** Listings kept read in memory. */
const MOST_READ = 2_000;

/** Above this size a corpus is counted in the database (commands/count-corpus.server.ts), below it in memory. */
export const LARGE = 2_000;

type Kept = { stats: CorpusStats; size: number; mark: string; at: number };
/** A published listing with its words read. */
export type Loaded = {
  listing: MatchableListing;
  read: ReadListing;
  /** the names of its sectors, where they stood for words of its author's own */
  sectorNames: string | null;
};
type Memory = {
  /** of the dictionary; what was read by another one is forgotten */
  revision: number;
  counted?: Promise<Kept>;
  loaded: Map<string, Loaded>;
  sectors?: { tree: unknown; names: Map<string, string>; affinity: SectorAffinity };
};
const memories = new WeakMap<Db, WeakMap<Engine, Memory>>();

/** What this process remembers of a database as one engine reads it. */
function memoryOf(db: Db, engine: Engine): Memory {
  const ofDb = memories.get(db) ?? new WeakMap<Engine, Memory>();
  memories.set(db, ofDb);
  const memory = ofDb.get(engine) ?? { revision: 0, loaded: new Map<string, Loaded>() };
  ofDb.set(engine, memory);
  return memory;
}

/** The same after a look at the dictionary. */
async function freshMemoryOf(ctx: Pick<Ctx, "db">, engine: Engine): Promise<Memory> {
  const revision = await freshDictionary(ctx);
  const memory = memoryOf(ctx.db, engine);
  if (memory.revision !== revision) Object.assign(memory, { revision, loaded: new Map(), counted: undefined });
  return memory;
}

const sameNames = (one: Map<string, string>, other: Map<string, string>) =>
  one.size === other.size && [...one].every(([code, name]) => other.get(code) === name);

/** The taxonomy as the engine reads it. What was read under other names is forgotten. */
async function sectorsOf(ctx: Pick<Ctx, "db" | "clock">, engine: Engine): Promise<NonNullable<Memory["sectors"]>> {
  const memory = memoryOf(ctx.db, engine);
  const fields = await listSectors(ctx);
  const kept = memory.sectors;
  if (kept && kept.tree === fields) return kept;
  const all = fields.flatMap((field) => [field, ...field.children]);
  const sectors = {
    tree: fields,
    names: new Map(all.map(({ code, nameVi }) => [code, nameVi])),
    affinity: sectorAffinity(fields.flatMap((field) => field.children)),
  };
  if (fields.length > 0) memory.sectors = sectors;
  if (kept && !sameNames(kept.names, sectors.names)) Object.assign(memory, { loaded: new Map(), counted: undefined });
  return sectors;
}

/** What stands for the sector in words of the poster's own where there are none. */
export async function sectorNamesOf(ctx: Pick<Ctx, "db" | "clock">, engine: Engine = ENGINE) {
  const { names } = await sectorsOf(ctx, engine);
  return (codes: readonly string[]): string => codes.flatMap((code) => names.get(code) ?? []).join("; ");
}

/**
 * Listings as matching reads them. Where nobody wrote the sector in words of their own, the names of the picked sectors stand for
 * them: two listings of one sector then agree as two imported ones do.
 */
export async function readListings(
  ctx: Pick<Ctx, "db" | "clock">,
  listings: readonly MatchableListing[],
  engine: Engine = ENGINE,
): Promise<Loaded[]> {
  await freshDictionary(ctx);
  const namesOf = await sectorNamesOf(ctx, engine);
  return listings.map((found) => {
    const sectorNames = found.sectorText === null ? namesOf(found.sectorCodes) : null;
    const listing = { ...found, sectorText: found.sectorText ?? sectorNames };
    return { listing, read: readListing(listing, engine), sectorNames };
  });
}

/** Published listings read anew and not remembered, for going through all of them. */
export async function readPublished(
  ctx: Pick<Ctx, "db" | "clock">,
  ids: string[],
  engine: Engine = ENGINE,
): Promise<Loaded[]> {
  return readListings(ctx, await loadManyForMatching(ctx.db, ids), engine);
}

/** Published listings with their words, in the order of `ids`. What is in memory at the same row version is not loaded again. */
export async function loadRead(
  ctx: Pick<Ctx, "db" | "clock">,
  ids: string[],
  engine: Engine = ENGINE,
): Promise<Loaded[]> {
  const { loaded: kept } = await freshMemoryOf(ctx, engine);
  const rows = await ctx.db.listing.findMany({
    where: { id: { in: ids }, state: "published" },
    select: { id: true, rowVersion: true },
  });
  const current = rows.map((row) => ({ id: row.id, key: `${row.id}.${row.rowVersion}` }));
  const absent = current.filter(({ key }) => !kept.has(key)).map(({ id }) => id);
  const found = new Map<string, Loaded>();
  for (const loaded of absent.length === 0 ? [] : await readPublished(ctx, absent, engine)) {
    found.set(loaded.listing.id, loaded);
    kept.set(`${loaded.listing.id}.${loaded.listing.rowVersion}`, loaded);
  }
  for (const { id, key } of current) {
    const loaded = kept.get(key);
    if (loaded && !found.has(id)) found.set(id, loaded);
  }
  for (const key of kept.keys()) {
    if (kept.size <= MOST_READ) break;
    kept.delete(key);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function count(ctx: Pick<Ctx, "db" | "clock">, size: number, mark: string, engine: Engine): Promise<Kept> {
  const rows = await ctx.db.listing.findMany({
    where: { state: "published" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const reads: ReadListing[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const loaded = await loadRead(
      ctx,
      rows.slice(at, at + BATCH).map((row) => row.id),
      engine,
    );
    reads.push(...loaded.map(({ read }) => read));
  }
  const { affinity } = await sectorsOf(ctx, engine);
  return { stats: countCorpus(reads, affinity), size, mark, at: ctx.clock.now().getTime() };
}

/** How common words are. `statsOf` knows the terms and concepts of these listings, in a small corpus those of all. */
export type Corpus = { large: Count | null; statsOf(reads: readonly Reading[]): Promise<CorpusStats> };

async function largeCorpus(ctx: Pick<Ctx, "db" | "clock">, engine: Engine): Promise<Corpus | null> {
  // other engines are tried on small corpora only; what an earlier version counted serves until the next sweep
  const counted = engine === ENGINE ? await ctx.db.corpusCount.findFirst() : null;
  if (!counted) return null;
  const { affinity } = await sectorsOf(ctx, engine);
  return {
    large: counted,
    async statsOf(reads) {
      const terms = [...new Set(reads.flatMap((read) => [...read.terms.keys()]))].map((term) => ({
        term,
        key: termKey(term),
      }));
      const concepts = [...new Set(reads.flatMap((read) => [...read.concepts.keys()]))].map((concept) => ({
        concept,
        key: termKey(conceptTerm(concept, engine)),
      }));
      const keys = [...terms, ...concepts].map(({ key }) => key);
      const rows = await ctx.db.$queryRaw<{ term: number; listings: number }[]>`
        SELECT term, listings FROM corpus_term WHERE term = ANY(${keys}::int4[])`;
      const found = new Map(rows.map(({ term, listings }) => [term, listings]));
      // what is not counted is in one listing: the one that was read
      return {
        size: counted.listings,
        averageLength: counted.averageLength,
        frequency: new Map(terms.map(({ term, key }) => [term, found.get(key) ?? 1])),
        conceptFrequency: new Map(concepts.map(({ concept, key }) => [concept, found.get(key) ?? 1])),
        affinity,
      };
    },
  };
}

/** The corpus as matching knows it: counted in the database when it is large and was counted, else in this process. */
export async function openCorpus(ctx: Pick<Ctx, "db" | "clock">, engine: Engine = ENGINE): Promise<Corpus> {
  return (
    (await largeCorpus(ctx, engine)) ?? {
      large: null,
      statsOf: () => corpusStats(ctx, engine),
    }
  );
}

/**
 * How common words are among published listings. Counted per process; a small corpus is counted again whenever a listing
 * changed, a large one when it grew noticeably or the count is ten minutes old.
 */
async function corpusStats(ctx: Pick<Ctx, "db" | "clock">, engine: Engine = ENGINE): Promise<CorpusStats> {
  const memory = await freshMemoryOf(ctx, engine);
  const now = await ctx.db.listing.aggregate({
    where: { state: "published" },
    _count: true,
    _sum: { rowVersion: true },
  });
  const size = now._count;
  const mark = `${size}.${now._sum.rowVersion ?? 0}`;
  const kept = await memory.counted?.catch(() => undefined);
  if (kept) {
    const fresh =
      Math.abs(ctx.clock.now().getTime() - kept.at) < KEEP_MS &&
      Math.abs(size - kept.size) <= size * GROWTH &&
      size > 1_000;
    if (kept.mark === mark || fresh) return kept.stats;
  }
  memory.counted = count(ctx, size, mark, engine);
  return (await memory.counted).stats;
}
