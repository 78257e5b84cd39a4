import { listSectors, loadManyForMatching, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { type CorpusStats, countCorpus, relatedSectors } from "../domain/corpus-stats";
import { type ReadListing, readListing } from "../domain/read-listing";

const BATCH = 200;
/** A large corpus is counted again after this time, or at once when its size changed by more than GROWTH. */
const KEEP_MS = 10 * 60_000;
const GROWTH = 0.02;
/** Listings kept read in memory. */
const MOST_READ = 2_000;

type Kept = { stats: CorpusStats; size: number; mark: string; at: number };
/** A published listing with its words read. */
export type Loaded = { listing: MatchableListing; read: ReadListing };
const counted = new WeakMap<Db, Promise<Kept>>();
const loadedOf = new WeakMap<Db, Map<string, Loaded>>();

/** Published listings with their words, in the order of `ids`. What is in memory at the same row version is not loaded again. */
export async function loadRead(ctx: Pick<Ctx, "db">, ids: string[]): Promise<Loaded[]> {
  const kept = loadedOf.get(ctx.db) ?? new Map<string, Loaded>();
  loadedOf.set(ctx.db, kept);
  const rows = await ctx.db.listing.findMany({
    where: { id: { in: ids }, state: "published" },
    select: { id: true, rowVersion: true },
  });
  const current = rows.map((row) => ({ id: row.id, key: `${row.id}.${row.rowVersion}` }));
  const absent = current.filter(({ key }) => !kept.has(key)).map(({ id }) => id);
  const found = new Map<string, Loaded>();
  for (const listing of absent.length === 0 ? [] : await loadManyForMatching(ctx.db, absent)) {
    const loaded = { listing, read: readListing(listing) };
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

async function count(ctx: Pick<Ctx, "db" | "clock">, size: number, mark: string): Promise<Kept> {
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
    );
    reads.push(...loaded.map(({ read }) => read));
  }
  const sectors = (await listSectors(ctx)).flatMap((field) => field.children);
  return { stats: countCorpus(reads, relatedSectors(sectors)), size, mark, at: ctx.clock.now().getTime() };
}

/**
 * How common words are among published listings. Counted per process; a small corpus is counted again whenever a listing
 * changed, a large one when it grew noticeably or the count is ten minutes old.
 */
export async function corpusStats(ctx: Pick<Ctx, "db" | "clock">): Promise<CorpusStats> {
  const now = await ctx.db.listing.aggregate({
    where: { state: "published" },
    _count: true,
    _sum: { rowVersion: true },
  });
  const size = now._count;
  const mark = `${size}.${now._sum.rowVersion ?? 0}`;
  const kept = await counted.get(ctx.db)?.catch(() => undefined);
  if (kept) {
    const fresh =
      Math.abs(ctx.clock.now().getTime() - kept.at) < KEEP_MS &&
      Math.abs(size - kept.size) <= size * GROWTH &&
      size > 1_000;
    if (kept.mark === mark || fresh) return kept.stats;
  }
  const counting = count(ctx, size, mark);
  counted.set(ctx.db, counting);
  return (await counting).stats;
}
