import { loadSearchDocument, searchableOf, streamSearchDocuments } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { type Rebuilt, SEARCH_SCHEMA } from "~/platform/ports/search";
import { versionAt } from "../domain/engine";
import { otherNames } from "../domain/other-names";
import { openCorpus } from "../queries/corpus.server";
import { freshDictionary } from "../queries/fresh-dictionary.server";
import { keepTerms } from "./count-corpus.server";

/** Brings one listing's entry in the index up to date: its document, or a tombstone. Safe to run late and twice (row version). */
export async function indexListing(ctx: Ctx, listingId: string): Promise<void> {
  await freshDictionary(ctx);
  const entry = await loadSearchDocument(ctx.db, listingId, otherNames);
  if (entry === null) return;
  if ("removed" in entry) await ctx.search.remove([{ id: entry.id, rowVersion: entry.rowVersion }]);
  else await ctx.search.upsert([entry]);
  await markIndexed(ctx, [entry]);
  // a large corpus finds its candidates by their terms
  if ((await openCorpus(ctx)).large) await keepTerms(ctx, [listingId]);
}

/**
 * Builds a fresh index from all published listings and swaps it in; what is published meanwhile is not lost. Goes on where a
 * rebuild was broken off, unless `afresh` is asked or documents are made in another way since.
 * @param options.batch listings per step: as many are done again at most when it is broken off
 * @param options.onStep hears how many this run indexed so far
 * @throws RebuildTakenOver when another rebuild goes on with this one
 */
export async function rebuildIndex(
  ctx: Ctx,
  {
    afresh = false,
    batch = ctx.search.step,
    onStep,
  }: { afresh?: boolean; batch?: number; onStep?: (indexed: number) => void } = {},
): Promise<Rebuilt> {
  const revision = await freshDictionary(ctx);
  // what is off the shelf now is in no fresh index
  const off = await ctx.db.listing.findMany({
    where: {
      publishedVersionId: { not: null },
      OR: [{ state: { not: "published" } }, { unconfirmedAt: { not: null } }],
    },
    select: { id: true, rowVersion: true },
  });
  // what an earlier run indexed it could not mark: those nobody marked before are looked at once more by the sweep
  const seen: Entry[] = off.map(({ id, rowVersion }) => ({ id, rowVersion: Number(rowVersion) }));
  async function* documents(after: string | null) {
    let indexed = 0;
    for await (const some of streamSearchDocuments(ctx.db, otherNames, { from: after, batch })) {
      yield some;
      seen.push(...some.map(({ id, rowVersion }) => ({ id, rowVersion })));
      indexed += some.length;
      onStep?.(indexed);
    }
  }
  const source = {
    shape: `${SEARCH_SCHEMA}/${versionAt(revision)}`,
    documents,
    held: (ids: string[]) => searchableOf(ctx.db, ids),
  };
  const built = await ctx.search.rebuild(source, { afresh });
  for (let at = 0; at < seen.length; at += MARKED) await markIndexed(ctx, seen.slice(at, at + MARKED));
  return built;
}

type Entry = { id: string; rowVersion: number };
const MARKED = 1_000;

/** Remembers what the index holds now; a late job never takes it back. */
async function markIndexed(ctx: Ctx, entries: readonly Entry[]): Promise<void> {
  const ids = entries.map(({ id }) => id);
  const versions = entries.map(({ rowVersion }) => BigInt(rowVersion));
  await ctx.db.$executeRaw`
    INSERT INTO listing_indexed (listing_id, row_version, indexed_at)
    SELECT id, version, ${ctx.clock.now()} FROM unnest(${ids}::uuid[], ${versions}::bigint[]) AS t (id, version)
    ON CONFLICT (listing_id) DO UPDATE
       SET row_version = excluded.row_version, indexed_at = excluded.indexed_at
     WHERE listing_indexed.row_version <= excluded.row_version`;
}
