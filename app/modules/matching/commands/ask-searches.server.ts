import { loadShelfChanges } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { SearchDocument } from "~/platform/ports/search";
import { documentWords } from "~/platform/search/document-words";
import { codesOf } from "~/platform/search/facets";
import { PAUSE_MS, tellAt } from "../domain/alert-times";
import { otherNames } from "../domain/other-names";

/** What a search is asked of a document. */
function asRow(doc: SearchDocument) {
  return {
    words: documentWords(doc),
    kind: doc.kind,
    sectors: [...doc.sectors, ...doc.fields],
    province: doc.province,
    codes: Object.entries(codesOf(doc)).flatMap(([facet, codes]) => codes.map((code) => `${facet}=${code}`)),
  };
}

/**
 * Asks all saved searches about these listings in one statement, whatever the number of searches and the search engine, and
 * keeps what they find to be told. A listing is found once by a search; one that it could find before the search was saved is
 * no news until its words change. Safe to run late and twice. @returns how many findings are new
 */
export async function askSearches(ctx: Ctx, listingIds: string[]): Promise<number> {
  const changes = await loadShelfChanges(ctx, [...new Set(listingIds)], otherNames);
  if (changes.length === 0) return 0;
  const asked = changes.map(({ document, before, insiders, readers }) => ({
    id: document.id,
    published: new Date(document.publishedAt).toISOString(),
    now: asRow(document),
    before: before && asRow(before),
    insiders,
    readers,
  }));
  const now = ctx.clock.now();
  const [at, daily, weekly] = [now, tellAt("daily", now, null), tellAt("weekly", now, null)];
  const found = await ctx.db.$queryRaw<{ n: number }[]>`
    WITH listing_in AS MATERIALIZED (
      SELECT r.id, r.published, r.insiders, r.readers, d.is_now, d.kind, d.sectors, d.province, d.codes,
        to_tsvector('simple'::regconfig, d.words) AS vector
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        AS r(id uuid, published timestamptz, now jsonb, before jsonb, insiders uuid[], readers uuid[])
      CROSS JOIN LATERAL (
        SELECT true AS is_now, n.* FROM jsonb_to_record(r.now)
          AS n(words text, kind text, sectors text[], province text, codes text[])
        UNION ALL
        SELECT false, b.* FROM jsonb_to_record(r.before)
          AS b(words text, kind text, sectors text[], province text, codes text[])
        WHERE jsonb_typeof(r.before) = 'object'
      ) d
    ), finds AS MATERIALIZED (
      SELECT s.id AS search_id, d.id AS listing_id, d.published >= s.since AS is_new, d.is_now
      FROM saved_search s
      -- a sector that was merged into another one: the search goes on with that one
      LEFT JOIN sector merged ON merged.code = s.sector
      JOIN listing_in d ON
        (s.kind IS NULL OR s.kind = d.kind)
        AND (s.sector IS NULL OR coalesce(merged.replaced_by_code, s.sector) = ANY(d.sectors))
        AND (s.province IS NULL OR s.province = d.province)
        AND (s.trl = '{}' OR s.trl && d.codes) AND (s.ip = '{}' OR s.ip && d.codes)
        AND (s.prices = '{}' OR s.prices && d.codes)
        AND (s.forms = '{}' OR s.forms && d.codes) AND (s.rights = '{}' OR s.rights && d.codes)
        AND (s.marks = '{}' OR s.marks && d.codes)
        AND NOT s.person_id = ANY(d.insiders)
        AND (d.readers IS NULL OR s.person_id = ANY(d.readers))
        AND (s.query = '' OR d.vector @@ s.query::tsquery)
      WHERE s.mode <> 'off'
    ), kept AS (
      INSERT INTO saved_search_hit (search_id, listing_id, found_at)
      SELECT f.search_id, f.listing_id, ${at} FROM finds f
      WHERE f.is_now AND (f.is_new OR (
        EXISTS (SELECT 1 FROM listing_in o WHERE o.id = f.listing_id AND NOT o.is_now)
        AND NOT EXISTS (
          SELECT 1 FROM finds o WHERE o.search_id = f.search_id AND o.listing_id = f.listing_id AND NOT o.is_now)))
      ON CONFLICT DO NOTHING RETURNING search_id
    ), waits AS (
      UPDATE saved_search s SET tell_at = coalesce(s.tell_at, CASE s.mode
        WHEN 'daily' THEN ${daily}::timestamptz WHEN 'weekly' THEN ${weekly}::timestamptz
        ELSE greatest(${at}::timestamptz, s.told_at + make_interval(secs => ${PAUSE_MS / 1000})) END)
      WHERE s.id IN (SELECT search_id FROM kept)
    )
    SELECT count(*)::int AS n FROM kept`;
  return found[0]?.n ?? 0;
}
