import { Prisma } from "~/generated/prisma/client";
import type { SearchFilter, SearchRequest } from "../ports/search";
import type { FacetName } from "../search/facets";
import { hasAccents, type Token } from "../search/tokens";
import { codeOf } from "./search-postgres-rows.server";

/** What a filter asks of a row `d`. */
export function matches(filter: SearchFilter): Prisma.Sql {
  const parts = [Prisma.sql`NOT d.removed`, Prisma.sql`d.visibility = ANY(${filter.visibilities}::text[])`];
  if (filter.kind) parts.push(Prisma.sql`d.kind = ${filter.kind}`);
  if (filter.sectors?.length) parts.push(Prisma.sql`d.sectors && ${filter.sectors}::text[]`);
  if (filter.province) parts.push(Prisma.sql`d.province = ${filter.province}`);
  const { trl, ip, prices, forms, rights, marks } = filter;
  for (const [facet, codes] of Object.entries({ trl, ip, prices, forms, rights, marks })) {
    if (codes?.length) parts.push(Prisma.sql`d.codes && ${codes.map((code) => codeOf(facet, code))}::text[]`);
  }
  if (filter.since !== undefined) parts.push(Prisma.sql`d.published_at >= ${new Date(filter.since)}`);
  if (filter.excludeOwnerKey)
    parts.push(Prisma.sql`d.document->>'ownerKey' IS DISTINCT FROM ${filter.excludeOwnerKey}`);
  return Prisma.join(parts, " AND ");
}

// tokens are letters and digits only (tokens.ts), so they need no quoting inside a tsquery
export const all = (words: string[]): string => words.join(" & ");
export const any = (words: string[]): string => words.join(" | ");
export const inOrder = (words: string[]): string => words.join(" <-> ");

/** Beyond this many the choice of words is no longer worth its number of combinations. */
const MOST_COMBINED = 8;

/** A query for any of the ways to leave words out and keep three in five: words that are together are found by the index. */
export function mostOf(words: string[]): string {
  const asked = words.slice(0, MOST_COMBINED);
  const enough = Math.ceil(asked.length * 0.6);
  const choose = (from: string[], count: number): string[][] =>
    count === 0
      ? [[]]
      : from.flatMap((word, at) => choose(from.slice(at + 1), count - 1).map((rest) => [word, ...rest]));
  return any(choose(asked, enough).map((words) => `(${all(words)})`));
}

/** `found`: which rows match · `inTitle`: which of them match by their title alone · `score`: how well */
export type Question = { found: Prisma.Sql; inTitle: Prisma.Sql; score: Prisma.Sql };

export const EVERYTHING: Question = {
  found: Prisma.sql`true`,
  inTitle: Prisma.sql`true`,
  score: Prisma.sql`0`,
};

/** Rows that match this tsquery. */
export const asking = (words: string, score: Prisma.Sql): Question => ({
  found: Prisma.sql`d.vector @@ ${words}::tsquery`,
  inTitle: Prisma.sql`to_tsvector('simple'::regconfig, d.title_folded) @@ ${words}::tsquery`,
  score,
});

/** How well a row `d` answers what was typed. */
export function scoreOf(tokens: Token[]): Prisma.Sql {
  const folded = tokens.map((token) => token.folded);
  const accents = hasAccents(tokens);
  const exact = tokens.filter((token) => token.accented).map((token) => token.exact);
  const typed = accents ? tokens.map((token) => token.exact) : [];
  // 2: every word as typed · +1 at most: share of accented words as typed · below 1: how often, how near, where
  const asTyped =
    exact.length === 0
      ? Prisma.sql`0`
      : Prisma.sql`
    CASE WHEN d.exact_vector @@ ${all(typed) || "none1none"}::tsquery THEN 2 ELSE 0 END
    + (SELECT count(*) FROM unnest(${exact}::text[]) w WHERE d.exact_vector @@ w::tsquery)::float8 / ${exact.length}`;
  return Prisma.sql`
    ${asTyped}
    + 0.6 * ts_rank('{0.1,0.2,0.4,1.0}', d.vector, ${any(folded)}::tsquery, 1|32)
    + 0.2 * ts_rank_cd('{0.1,0.2,0.4,1.0}', d.vector, ${all(folded)}::tsquery, 1|32)
    + 0.2 * word_similarity(${folded.join(" ")}, d.title_folded)`;
}

const BY_DATE = Prisma.sql`published_at DESC, id DESC`;
/** The planner would walk the newest listings and read each title anew; the index on titles has them at once. */
const BY_DATE_UNINDEXED = Prisma.sql`published_at + interval '0' DESC, id DESC`;
const BY_PRICE = Prisma.sql`price, published_at DESC, id DESC`;

export type Counts = { codes: Record<string, number> | null; fresh: Record<string, number> | null };
export type Page = Counts & { total: number; hits: { id: string; score: number }[] | null };

/** The counts over the rows of `hit`. */
function counts(fresh: Record<string, number>): Prisma.Sql {
  return Prisma.sql`
    'codes', (SELECT json_object_agg(code, n) FROM (
      SELECT code, count(*) AS n FROM (SELECT unnest(codes) AS code FROM hit) c GROUP BY code) s),
    'fresh', (SELECT json_object_agg(f.name, (SELECT count(*) FROM hit WHERE published_at >= f.since))
      FROM unnest(${Object.keys(fresh)}::text[], ${Object.values(fresh).map((at) => new Date(at))}::timestamptz[]) AS f(name, since))`;
}

/** Only the counts, with at most `counted` rows looked at. */
export function countsSql(request: SearchRequest, shelf: Prisma.Sql, found: Prisma.Sql, counted: number): Prisma.Sql {
  return Prisma.sql`
    WITH hit AS MATERIALIZED (
      SELECT d.codes, d.published_at FROM search_document d WHERE ${shelf} AND ${found} LIMIT ${counted}
    )
    SELECT json_build_object(${counts(request.freshSince ?? {})}) AS page`;
}

/**
 * One page of what matches. Counted are at most `counted` rows; ranked, at most `ranked`: first those with the words in
 * their title, then the newest. What is not ranked follows by date, so that pages neither lose nor repeat a row.
 */
export function pageSql(
  request: SearchRequest,
  shelf: Prisma.Sql,
  { found, inTitle, score }: Question,
  { counted, ranked }: { counted: number; ranked: number },
): Prisma.Sql {
  const order = request.sort === "price" ? BY_PRICE : BY_DATE;
  const hit = Prisma.sql`
    hit AS MATERIALIZED (
      SELECT d.id, d.codes, d.price, d.published_at FROM search_document d WHERE ${shelf} AND ${found}
      ${request.sort === "relevance" ? Prisma.empty : Prisma.sql`ORDER BY ${order}`} LIMIT ${counted + 1}
    ), size AS MATERIALIZED (SELECT count(*) AS n FROM hit)`;
  const shown =
    request.sort === "relevance"
      ? Prisma.sql`
        titled AS MATERIALIZED (
          SELECT d.id, d.published_at FROM search_document d
          WHERE (SELECT n FROM size) > ${ranked} AND ${shelf} AND ${inTitle}
          ORDER BY ${BY_DATE_UNINDEXED} LIMIT ${ranked}
        ), pool AS MATERIALIZED (
          SELECT id, published_at FROM titled
          UNION (SELECT id, published_at FROM hit ORDER BY ${BY_DATE} LIMIT ${ranked} - (SELECT count(*) FROM titled))
        ), scored AS MATERIALIZED (
          SELECT d.id, (${score})::float8 AS score FROM search_document d
          WHERE ${shelf} AND d.id IN (SELECT id FROM pool)
        ), shown AS (
          SELECT a.id, a.published_at, coalesce(s.score, 0) AS score
          FROM (SELECT id, published_at FROM hit UNION SELECT id, published_at FROM titled) a LEFT JOIN scored s USING (id)
        )`
      : Prisma.sql`shown AS (SELECT id, price, published_at, 0 AS score FROM hit)`;
  const place = request.sort === "relevance" ? Prisma.sql`score DESC, ${BY_DATE}` : order;
  return Prisma.sql`
    WITH ${hit}, ${shown}
    SELECT json_build_object(
      'total', (SELECT n FROM size),
      'hits', (SELECT json_agg(json_build_object('id', p.id, 'score', p.score) ORDER BY ${place}) FROM (
        SELECT * FROM shown ORDER BY ${place} OFFSET ${request.offset} LIMIT ${request.limit}) p),
      ${counts(request.freshSince ?? {})}
    ) AS page`;
}

/** The facets of these counts, by name. */
export function facetsOf(page: Counts, into: Record<FacetName, Record<string, number>>): typeof into {
  for (const [key, n] of Object.entries(page.codes ?? {})) {
    const at = key.indexOf("=");
    const facet = into[key.slice(0, at) as FacetName];
    if (facet) facet[key.slice(at + 1)] = n;
  }
  into.freshness = page.fresh ?? {};
  return into;
}
