import { listSectors, loadManyForMatching, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { type CorpusStats, countCorpus } from "../domain/corpus-stats";
import { ENGINE, type Engine } from "../domain/engine";
import { type ReadListing, readListing } from "../domain/read-listing";
import { sectorAffinity } from "../domain/sector-affinity";

const BATCH = 200;
/** A large corpus is counted again after this time, or at once when its size changed by more than GROWTH. */
const KEEP_MS = 10 * 60_000;
const GROWTH = 0.02;
/** Listings kept read in memory. */
const MOST_READ = 2_000;

type Kept = { stats: CorpusStats; size: number; mark: string; at: number };
/** A published listing with its words read. */
export type Loaded = { listing: MatchableListing; read: ReadListing };
type Memory = { counted?: Promise<Kept>; loaded: Map<string, Loaded> };
const memories = new WeakMap<Db, WeakMap<Engine, Memory>>();

/** What this process remembers of a database as one engine reads it. */
function memoryOf(db: Db, engine: Engine): Memory {
  const ofDb = memories.get(db) ?? new WeakMap<Engine, Memory>();
  memories.set(db, ofDb);
  const memory = ofDb.get(engine) ?? { loaded: new Map<string, Loaded>() };
  ofDb.set(engine, memory);
  return memory;
}

/**
 * Where nobody wrote the sector in words of their own, the names of the picked sectors stand for them: two listings of one
 * sector then agree as two imported ones do.
 */
async function withSectorNames(
  ctx: Pick<Ctx, "db" | "clock">,
  listings: MatchableListing[],
): Promise<MatchableListing[]> {
  if (listings.every(({ sectorText }) => sectorText !== null)) return listings;
  const names = new Map(
    (await listSectors(ctx)).flatMap((field) => [field, ...field.children]).map(({ code, nameVi }) => [code, nameVi]),
  );
  return listings.map((listing) => ({
    ...listing,
    sectorText: listing.sectorText ?? listing.sectorCodes.flatMap((code) => names.get(code) ?? []).join("; "),
  }));
}

/** Published listings with their words, in the order of `ids`. What is in memory at the same row version is not loaded again. */
export async function loadRead(
  ctx: Pick<Ctx, "db" | "clock">,
  ids: string[],
  engine: Engine = ENGINE,
): Promise<Loaded[]> {
  const { loaded: kept } = memoryOf(ctx.db, engine);
  const rows = await ctx.db.listing.findMany({
    where: { id: { in: ids }, state: "published" },
    select: { id: true, rowVersion: true },
  });
  const current = rows.map((row) => ({ id: row.id, key: `${row.id}.${row.rowVersion}` }));
  const absent = current.filter(({ key }) => !kept.has(key)).map(({ id }) => id);
  const found = new Map<string, Loaded>();
  for (const listing of absent.length === 0
    ? []
    : await withSectorNames(ctx, await loadManyForMatching(ctx.db, absent))) {
    const loaded = { listing, read: readListing(listing, engine) };
    found.set(listing.id, loaded);
    kept.set(`${listing.id}.${listing.rowVersion}`, loaded);
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
  const sectors = (await listSectors(ctx)).flatMap((field) => field.children);
  return { stats: countCorpus(reads, sectorAffinity(sectors)), size, mark, at: ctx.clock.now().getTime() };
}

/**
 * How common words are among published listings. Counted per process; a small corpus is counted again whenever a listing
 * changed, a large one when it grew noticeably or the count is ten minutes old.
 */
export async function corpusStats(ctx: Pick<Ctx, "db" | "clock">, engine: Engine = ENGINE): Promise<CorpusStats> {
  const memory = memoryOf(ctx.db, engine);
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
