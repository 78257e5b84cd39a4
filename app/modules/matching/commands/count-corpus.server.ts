import type { Ctx } from "~/platform/context";
import { MOST_PLACES } from "../domain/add-up-terms";
import { ENGINE_VERSION } from "../domain/engine";
import { factsOf } from "../domain/listing-facts";
import { packReading } from "../domain/stored-reading";
import { keysOf, USE_BITS } from "../domain/term-keys";
import { LARGE, readPublished } from "../queries/corpus.server";
import { freshDictionary } from "../queries/fresh-dictionary.server";

const BATCH = 200;
/** A count stands until this share of the listings was read anew. */
const CHANGED = 0.01;

/**
 * Reads these listings and keeps their terms and readings; those no longer published lose theirs. What was read already by this
 * engine and dictionary, or a later one, is left as it is, so it is safe to run late and twice.
 */
export async function keepTerms(ctx: Ctx, listingIds: string[]): Promise<void> {
  // as of before they are read: a change meanwhile has them read anew
  const revision = await freshDictionary(ctx);
  const loaded = await readPublished(ctx, listingIds);
  const rows = loaded.map(({ listing, read, sectorNames }) => ({
    listing_id: listing.id,
    row_version: listing.rowVersion,
    kind: listing.kind,
    office_id: listing.officeId,
    owner_key: listing.ownerKey,
    sectors: listing.sectorCodes,
    expires_on: listing.expiresOn,
    length: read.length,
    facts: factsOf(listing),
    ...keysOf(read),
    sector_names: sectorNames,
    reading: packReading(read),
  }));
  await ctx.db.$executeRaw`
    INSERT INTO listing_terms (listing_id, row_version, engine_version, kind, office_id, owner_key, sectors, expires_on, length, facts, terms, uses,
      sector_names, reading, revision, read_at)
    SELECT r.listing_id, r.row_version, ${ENGINE_VERSION}, r.kind, r.office_id, r.owner_key, r.sectors, r.expires_on, r.length, r.facts, r.terms, r.uses,
      r.sector_names, r.reading, ${revision}::int, ${ctx.clock.now()}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(listing_id uuid, row_version bigint, kind "ListingKind", office_id uuid,
      owner_key uuid, sectors text[], expires_on date, length float8, facts jsonb, terms int4[], uses int2[], sector_names text, reading text)
    ORDER BY r.listing_id
    ON CONFLICT (listing_id) DO UPDATE SET row_version = excluded.row_version, engine_version = excluded.engine_version,
      kind = excluded.kind, office_id = excluded.office_id, owner_key = excluded.owner_key, sectors = excluded.sectors,
      expires_on = excluded.expires_on, length = excluded.length, facts = excluded.facts, terms = excluded.terms,
      uses = excluded.uses, sector_names = excluded.sector_names, reading = excluded.reading, revision = excluded.revision,
      read_at = excluded.read_at
    WHERE listing_terms.row_version < excluded.row_version
      OR (listing_terms.row_version = excluded.row_version AND (listing_terms.engine_version <> excluded.engine_version
        OR listing_terms.reading IS NULL OR listing_terms.sector_names IS DISTINCT FROM excluded.sector_names
        OR (listing_terms.revision < excluded.revision AND (listing_terms.terms, listing_terms.uses, listing_terms.reading)
          IS DISTINCT FROM (excluded.terms, excluded.uses, excluded.reading))))`;
  await ctx.db.$executeRaw`
    DELETE FROM listing_terms t WHERE t.listing_id = ANY(${listingIds}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM listing l WHERE l.id = t.listing_id AND l.state = 'published')`;
}

/**
 * Brings the terms of all published listings up to date and, when enough of them changed, counts them. Corpora of at most `least`
 * are counted in memory instead (queries/corpus.server.ts). Safe to run at any time and in several workers at once.
 * @returns listings read anew
 */
export async function countCorpus(
  ctx: Ctx,
  { least = LARGE, tell = () => {} }: { least?: number; tell?: (done: number, all: number) => void } = {},
): Promise<number> {
  const size = await ctx.db.listing.count({ where: { state: "published" } });
  if (size <= least) {
    await ctx.db.corpusCount.deleteMany();
    return 0;
  }
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM listing l LEFT JOIN listing_terms t ON t.listing_id = l.id
    WHERE l.state = 'published' AND l.unconfirmed_at IS NULL AND (t.listing_id IS NULL OR t.row_version < l.row_version OR t.engine_version <> ${ENGINE_VERSION}
      OR t.reading IS NULL)
    UNION ALL
    SELECT t.listing_id FROM listing_terms t JOIN listing l ON l.id = t.listing_id WHERE l.state <> 'published'
    ORDER BY id`;
  for (let at = 0; at < rows.length; at += BATCH) {
    await keepTerms(
      ctx,
      rows.slice(at, at + BATCH).map(({ id }) => id),
    );
    tell(Math.min(rows.length, at + BATCH), rows.length);
  }
  await countWhatChanged(ctx, size);
  return rows.length;
}

/** Counts anew when one in a hundred of the listings that were read changed since the last count. */
export async function countWhatChanged(ctx: Ctx, size: number): Promise<void> {
  const last = await ctx.db.corpusCount.findUnique({ where: { engineVersion: ENGINE_VERSION } });
  const changed = last ? await ctx.db.listingTerms.count({ where: { readAt: { gt: last.countedAt } } }) : size;
  if (!last || changed + Math.abs(size - last.listings) > size * CHANGED) await countTerms(ctx);
}

/** Counts one term anew, without waiting for the next count: a concept that listings gained or lost. */
export async function countTerm(ctx: Ctx, term: number, holders: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    INSERT INTO corpus_term (term, listings)
    SELECT ${term}::int, count(*)::int FROM listing_terms
    WHERE listing_id = ANY(${holders}::uuid[]) AND terms @> ARRAY[${term}::int]
    ON CONFLICT (term) DO UPDATE SET listings = excluded.listings`;
}

/** Counts a corpus that grew large before any sweep saw it (an import, a restore): in memory it would take more than there is. */
export async function countUncounted(ctx: Ctx): Promise<void> {
  if ((await ctx.db.corpusCount.count()) > 0) return;
  if ((await ctx.db.listing.count({ where: { state: "published" } })) > 2 * LARGE) await countCorpus(ctx);
}

/**
 * Counts the terms and writes the next generation of places beside the last, which stays for whoever is ranking by it. One at a
 * time; whoever comes second waits and counts again, which is harmless. Nobody else waits.
 */
async function countTerms(ctx: Ctx): Promise<void> {
  const countedAt = ctx.clock.now();
  await ctx.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('corpus count', 0))`;
      await tx.$executeRaw`SET LOCAL work_mem = '128MB'`;
      await tx.$executeRaw`SET LOCAL jit = off`;
      const [next] = await tx.$queryRaw<{ generation: number }[]>`
        SELECT coalesce(max(generation), 0) + 1 AS generation FROM listing_place`;
      const generation = next?.generation ?? 1;
      await tx.$executeRaw`
        INSERT INTO listing_place (generation, office_id, kind, place, listing_id, row_version, revision, owner_key, expires_on, sectors, length, facts)
        SELECT * FROM (
          SELECT ${generation}::int, office_id, kind, (row_number() OVER (PARTITION BY office_id, kind ORDER BY listing_id DESC) - 1)::int AS place,
            listing_id, row_version, revision, owner_key, expires_on, array_to_string(sectors, ' '), length, jsonb_strip_nulls(facts)::text
          FROM listing_terms) every
        WHERE place < ${MOST_PLACES}::int`;
      await tx.$executeRaw`ANALYZE listing_place`;
      // who was read anew meanwhile has another version or revision, and is found beside the count until the next
      await tx.$executeRaw`
        CREATE TEMPORARY TABLE fresh_places ON COMMIT DROP AS
        SELECT p.office_id, p.kind, t.term, count(*)::int AS listings,
          string_agg(int4send((p.place << ${USE_BITS}::int) | t.use), ''::bytea) AS places
        FROM listing_place p JOIN listing_terms d USING (listing_id, row_version, revision), unnest(d.terms, d.uses) AS t(term, use)
        WHERE p.generation = ${generation}::int
        GROUP BY p.office_id, p.kind, t.term`;
      await tx.$executeRaw`
        CREATE TEMPORARY TABLE fresh_count ON COMMIT DROP AS
        SELECT term, sum(listings)::int AS listings FROM fresh_places GROUP BY term HAVING sum(listings) > 1`;
      await tx.$executeRaw`ANALYZE fresh_count`;
      await tx.$executeRaw`
        INSERT INTO term_places (generation, office_id, kind, term, places)
        SELECT ${generation}::int, office_id, kind, term, places FROM fresh_places JOIN fresh_count USING (term)
        ORDER BY office_id, kind, term`;
      await tx.$executeRaw`
        DELETE FROM corpus_term c WHERE NOT EXISTS (SELECT 1 FROM fresh_count f WHERE f.term = c.term)`;
      await tx.$executeRaw`
        INSERT INTO corpus_term (term, listings) SELECT term, listings FROM fresh_count
        ON CONFLICT (term) DO UPDATE SET listings = excluded.listings WHERE corpus_term.listings <> excluded.listings`;
      await tx.$executeRaw`DELETE FROM corpus_count`;
      await tx.$executeRaw`
        INSERT INTO corpus_count (engine_version, generation, listings, average_length, counted_at)
        SELECT ${ENGINE_VERSION}, ${generation}::int, count(*), coalesce(avg(length), 1), ${countedAt} FROM listing_place
        WHERE generation = ${generation}::int`;
      await tx.$executeRaw`DELETE FROM listing_place WHERE generation < ${generation - 1}::int`;
      await tx.$executeRaw`DELETE FROM term_places WHERE generation < ${generation - 1}::int`;
    },
    { maxWait: 10_000, timeout: 900_000 },
  );
  await ctx.db.$executeRaw`ANALYZE corpus_term`;
  await ctx.db.$executeRaw`ANALYZE term_places`;
}
