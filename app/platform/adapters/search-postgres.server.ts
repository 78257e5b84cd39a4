import { Prisma } from "~/generated/prisma/client";
import type { Db } from "../db/client.server";
import { newId } from "../ids";
import type { SearchAnswer, SearchFilter, SearchHit, SearchPort, SearchRequest } from "../ports/search";
import { noFacets, openGroups } from "../search/facets";
import { mistakesIn, speltAlike } from "../search/spelling";
import { queryTokens } from "../search/tokens";
import {
  all,
  any,
  asking,
  type Counts,
  countsSql,
  EVERYTHING,
  facetsOf,
  inOrder,
  matches,
  mostOf,
  type Page,
  pageSql,
  type Question,
  scoreOf,
} from "./search-postgres-query.server";
import { rebuildPostgres } from "./search-postgres-rebuild.server";
import { guessable, newestOf, type Row, rowOf, tombstone } from "./search-postgres-rows.server";

/** More words than this say nothing new; also bounds what a hostile query may cost. */
const MOST_WORDS = 32;
/** Neighbours of a mistyped word that are compared letter by letter, and those that are looked for. */
const LOOKED_AT = 20;
const MOST_ALIKE = 4;

const nothingFound = (): SearchAnswer => ({ hits: [], total: 0, capped: false, loose: false, facets: noFacets() });

/** Search on PostgreSQL: weighted full text over folded words, exact words as a bonus, trigrams for mistyped titles. */
export function createSearchPostgres(
  db: Db,
  prefix: string,
  { counted = 10_000, ranked = 1_500 }: { counted?: number; ranked?: number } = {},
): SearchPort {
  const alias = `${prefix}listings`;
  const next = `${prefix}listings.next`;
  let prepared: Promise<void> | undefined;

  const prepare = (): Promise<void> => {
    prepared ??= db.searchAlias
      .createMany({ data: [{ alias, indexName: `${alias}.${newId()}` }], skipDuplicates: true })
      .then(() => undefined)
      .catch((error: unknown) => {
        prepared = undefined;
        throw error;
      });
    return prepared;
  };

  /**
   * One statement holds the guard: rows go to the index in use and to the one being built (a rebuild's to that one only), each
   * only when nothing newer is there. FOR SHARE makes a swap wait for writers under way, and a waiting writer re-reads the alias after the swap.
   */
  async function write(rows: Row[], into = [alias, next]): Promise<void> {
    if (rows.length === 0) return;
    await prepare();
    const sorted = newestOf(rows);
    await db.$executeRaw`
      INSERT INTO search_word (word) SELECT w FROM unnest(${guessable(sorted)}::text[]) w
      WHERE NOT EXISTS (SELECT 1 FROM search_word known WHERE known.word = w) ON CONFLICT DO NOTHING`;
    await db.$executeRaw`
      WITH target AS MATERIALIZED (
        SELECT index_name FROM search_alias WHERE alias = ANY(${into}::text[]) ORDER BY alias FOR SHARE
      )
      INSERT INTO search_document (index_name, id, row_version, removed, kind, visibility, sectors, province, lang,
        organisation, published_at, document, title_folded, body_folded, title_exact, body_exact, codes, price)
      SELECT target.index_name, r.*
      FROM target, jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) AS r(id uuid, row_version bigint, removed boolean,
        kind text, visibility text, sectors text[], province text, lang text, organisation text, published_at timestamptz,
        document jsonb, title_folded text, body_folded text, title_exact text, body_exact text,
        codes text[], price bigint)
      ORDER BY target.index_name, r.id
      ON CONFLICT (index_name, id) DO UPDATE SET row_version = excluded.row_version, removed = excluded.removed,
        kind = excluded.kind, visibility = excluded.visibility, sectors = excluded.sectors, province = excluded.province,
        lang = excluded.lang, organisation = excluded.organisation, published_at = excluded.published_at,
        document = excluded.document, title_folded = excluded.title_folded, body_folded = excluded.body_folded,
        title_exact = excluded.title_exact, body_exact = excluded.body_exact,
        codes = excluded.codes, price = excluded.price
      WHERE search_document.row_version <= excluded.row_version`;
  }

  const shelfOf = (filter: SearchFilter): Prisma.Sql => Prisma.sql`
    d.index_name = (SELECT index_name FROM search_alias WHERE alias = ${alias}) AND ${matches(filter)}`;

  /**
   * The planner thinks little of a sequential scan that unpacks a wide tsvector a row; compiling costs more than it saves; and
   * it would remember what each row's array holds, which is another one for nearly every row.
   */
  async function ask<T>(question: Prisma.Sql): Promise<T | undefined> {
    const [, rows] = await db.$transaction([
      db.$queryRaw`SELECT set_config(name, 'off', true) FROM unnest(${["enable_seqscan", "jit", "enable_memoize"]}::text[]) name`,
      db.$queryRaw<{ page: T }[]>(question),
    ]);
    return rows[0]?.page;
  }

  async function answer(request: SearchRequest, question: Question, loose: boolean): Promise<SearchAnswer> {
    const page = await ask<Page>(pageSql(request, shelfOf(request.filter), question, { counted, ranked }));
    if (!page) return nothingFound();
    const facets = facetsOf(page, noFacets());
    return {
      hits: page.hits ?? [],
      total: Math.min(page.total, counted),
      capped: page.total > counted,
      loose: loose && page.total > 0,
      facets,
    };
  }

  /** A filter does not narrow the choices of its own group: these are counted without it. */
  async function openChoices(request: SearchRequest, question: Question, found: SearchAnswer): Promise<SearchAnswer> {
    for (const { without, facets } of openGroups(request.filter)) {
      const page = await ask<Counts>(countsSql(request, shelfOf(without), question.found, counted));
      const open = facetsOf(page ?? { codes: null, fresh: null }, noFacets());
      for (const facet of facets) found.facets[facet] = open[facet];
    }
    return found;
  }

  /** Words that stand nowhere, with those that do and are spelt alike; null when every word is known or none is alike. */
  async function respelt(words: string[]): Promise<string | null> {
    const rows = await db.$queryRaw<{ asked: string; word: string }[]>`
      SELECT asked, near.word FROM unnest(${words.filter((word) => mistakesIn(word) > 0)}::text[]) AS asked
      CROSS JOIN LATERAL (
        SELECT word FROM search_word WHERE word % asked ORDER BY similarity(word, asked) DESC LIMIT ${LOOKED_AT}
      ) near`;
    const alike = new Map<string, string[]>();
    for (const { asked, word } of rows) {
      if (!speltAlike(asked, word)) continue;
      alike.set(asked, [...(alike.get(asked) ?? []), word].slice(0, MOST_ALIKE));
    }
    if (alike.size === 0) return null;
    return all(words.map((word) => `(${any([word, ...(alike.get(word) ?? [])])})`));
  }

  return {
    engine: "postgres",
    step: 500,
    prepare,
    upsert: (documents) => write(documents.map(rowOf)),
    remove: (entries) => write(entries.map((entry) => tombstone(entry.id, entry.rowVersion))),

    async search(request): Promise<SearchAnswer> {
      const tokens = queryTokens(request.text, MOST_WORDS);
      const folded = tokens.map((token) => token.folded);
      if (folded.length === 0) {
        // text of nothing but marks finds nothing; no text at all is browsing
        if (request.text.trim() !== "") return nothingFound();
        const browse = { ...request, sort: request.sort === "relevance" ? ("newest" as const) : request.sort };
        return openChoices(browse, EVERYTHING, await answer(browse, EVERYTHING, false));
      }
      const score = scoreOf(tokens);
      let question = asking(all(folded), score);
      let found = await answer(request, question, false);
      if (found.total === 0) {
        const spelt = await respelt(folded);
        if (spelt) {
          question = asking(spelt, score);
          found = await answer(request, question, true);
        }
      }
      if (found.total === 0) {
        const most = asking(mostOf(folded), score);
        const mistyped = Prisma.sql`${folded.join(" ")} <% d.title_folded`;
        question = { ...most, found: Prisma.sql`(${most.found} OR ${mistyped})` };
        found = await answer(request, question, true);
      }
      return openChoices(request, question, found);
    },

    async complete(text, filter, limit): Promise<SearchHit[]> {
      const words = queryTokens(text, MOST_WORDS).map((token) => token.folded);
      const last = words.pop();
      if (last === undefined || last.length < 2) return [];
      const question = all([...words, `${last}:*`]);
      const page = await ask<SearchHit[] | null>(Prisma.sql`
        SELECT json_agg(json_build_object('id', id, 'score', 0)) AS page FROM (
          SELECT id FROM (
            SELECT d.id, d.published_at FROM search_document d
            WHERE ${shelfOf(filter)} AND to_tsvector('simple'::regconfig, d.title_folded) @@ ${question}::tsquery
            LIMIT ${ranked}
          ) titled ORDER BY published_at DESC, id DESC LIMIT ${limit}
        ) few`);
      return page ?? [];
    },

    async candidates(queries, filter): Promise<SearchHit[][]> {
      const asked = queries.map((query, place) => {
        const words = queryTokens(query.text ?? "", MOST_WORDS).map((token) => token.folded);
        return {
          place,
          anyq: any(words),
          allq: all(words),
          phrase: inOrder(words),
          sectors: query.sectors ?? [],
          most: query.limit,
        };
      });
      const rows = await db.$queryRaw<{ place: number; id: string; score: number }[]>`
        SELECT q.place, c.id, c.score
        FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
          AS q(place int, anyq text, allq text, phrase text, sectors text[], most int)
        CROSS JOIN LATERAL (
          SELECT d.id, d.published_at,
            (CASE WHEN q.anyq = '' THEN 0 ELSE
              (d.vector @@ q.phrase::tsquery)::int + (d.vector @@ q.allq::tsquery)::int
              + ts_rank('{0.1,0.2,0.4,1.0}', d.vector, q.anyq::tsquery, 1|32) END)::float8 AS score
          FROM search_document d
          WHERE d.index_name = (SELECT index_name FROM search_alias WHERE alias = ${alias})
            AND ${matches(filter)}
            AND (q.anyq = '' OR d.vector @@ q.anyq::tsquery)
            AND (q.sectors = '{}' OR d.sectors && q.sectors)
            AND (q.anyq <> '' OR q.sectors <> '{}')
          ORDER BY score DESC, d.published_at DESC, d.id DESC
          LIMIT q.most
        ) c
        ORDER BY q.place, c.score DESC, c.published_at DESC, c.id DESC`;
      const lists: SearchHit[][] = queries.map(() => []);
      for (const row of rows) lists[row.place]?.push({ id: row.id, score: row.score });
      return lists;
    },

    rebuild: async (source, options) => {
      await prepare();
      return rebuildPostgres({ db, alias, next, write: (rows) => write(rows, [next]) }, source, options);
    },

    close: async () => {},
  };
}
