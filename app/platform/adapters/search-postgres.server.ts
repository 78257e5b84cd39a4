import { Prisma } from "~/generated/prisma/client";
import type { Db } from "../db/client.server";
import { newId } from "../ids";
import type { SearchAnswer, SearchDocument, SearchFilter, SearchHit, SearchPort, SearchRequest } from "../ports/search";
import { hasAccents, indexedText, queryTokens, type Token } from "../search/tokens";

/** More words than this say nothing new; also bounds what a hostile query may cost. */
const MOST_WORDS = 32;

type Row = {
  id: string;
  row_version: number;
  removed: boolean;
  kind: string;
  visibility: string;
  sectors: string[];
  province: string | null;
  lang: string;
  organisation: string | null;
  published_at: string | null;
  document: { schema: number; reference: string; ownerKey: string | null };
  title_folded: string;
  body_folded: string;
  title_exact: string;
  body_exact: string;
};

function rowOf(doc: SearchDocument): Row {
  const title = indexedText(`${doc.title} ${doc.titleOther ?? ""}`);
  const body = indexedText(
    [doc.summary, doc.body, doc.keywords.join(" . "), doc.organisation ?? "", doc.reference].join(" . "),
  );
  return {
    id: doc.id,
    row_version: doc.rowVersion,
    removed: false,
    kind: doc.kind,
    visibility: doc.visibility,
    sectors: [...new Set([...doc.sectors, ...doc.fields])],
    province: doc.province,
    lang: doc.lang,
    organisation: doc.organisation,
    published_at: new Date(doc.publishedAt).toISOString(),
    document: { schema: doc.schema, reference: doc.reference, ownerKey: doc.ownerKey },
    title_folded: title.folded,
    body_folded: body.folded,
    title_exact: title.exact,
    body_exact: body.exact,
  };
}

const tombstone = (id: string, rowVersion: number): Row => ({
  id,
  row_version: rowVersion,
  removed: true,
  kind: "",
  visibility: "",
  sectors: [],
  province: null,
  lang: "",
  organisation: null,
  published_at: null,
  document: { schema: 0, reference: "", ownerKey: null },
  title_folded: "",
  body_folded: "",
  title_exact: "",
  body_exact: "",
});

function matches(filter: SearchFilter): Prisma.Sql {
  const parts = [Prisma.sql`NOT d.removed`, Prisma.sql`d.visibility = ANY(${filter.visibilities}::text[])`];
  if (filter.kind) parts.push(Prisma.sql`d.kind = ${filter.kind}`);
  if (filter.sectors?.length) parts.push(Prisma.sql`d.sectors && ${filter.sectors}::text[]`);
  if (filter.province) parts.push(Prisma.sql`d.province = ${filter.province}`);
  if (filter.excludeOwnerKey)
    parts.push(Prisma.sql`d.document->>'ownerKey' IS DISTINCT FROM ${filter.excludeOwnerKey}`);
  return Prisma.join(parts, " AND ");
}

// tokens are letters and digits only (tokens.ts), so they need no quoting inside a tsquery
const all = (words: string[]): string => words.join(" & ");
const any = (words: string[]): string => words.join(" | ");
const inOrder = (words: string[]): string => words.join(" <-> ");

/** Beyond this many the choice of words is no longer worth its number of combinations. */
const MOST_COMBINED = 8;

/** A query for any of the ways to leave words out and keep three in five: words that are together are found by the index. */
function mostOf(words: string[]): string {
  const asked = words.slice(0, MOST_COMBINED);
  const enough = Math.ceil(asked.length * 0.6);
  const choose = (from: string[], count: number): string[][] =>
    count === 0
      ? [[]]
      : from.flatMap((word, at) => choose(from.slice(at + 1), count - 1).map((rest) => [word, ...rest]));
  return any(choose(asked, enough).map((words) => `(${all(words)})`));
}

const nothingFound = (): SearchAnswer => ({
  hits: [],
  total: 0,
  capped: false,
  facets: { fields: {}, sectors: {}, provinces: {} },
});

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
   * One statement holds the guard: rows go to the index in use and to the one being built, each only when nothing newer
   * is there. FOR SHARE makes a swap wait for writers under way, and a waiting writer re-reads the alias after the swap.
   */
  async function write(rows: Row[]): Promise<void> {
    if (rows.length === 0) return;
    await prepare();
    // one statement may touch a row once: the newest of a batch wins
    const newest = new Map<string, Row>();
    for (const row of rows) {
      const other = newest.get(row.id);
      if (!other || other.row_version <= row.row_version) newest.set(row.id, row);
    }
    const sorted = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    await db.$executeRaw`
      WITH target AS MATERIALIZED (
        SELECT index_name FROM search_alias WHERE alias IN (${alias}, ${next}) ORDER BY alias FOR SHARE
      )
      INSERT INTO search_document (index_name, id, row_version, removed, kind, visibility, sectors, province, lang,
        organisation, published_at, document, title_folded, body_folded, title_exact, body_exact)
      SELECT target.index_name, r.*
      FROM target, jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) AS r(id uuid, row_version bigint, removed boolean,
        kind text, visibility text, sectors text[], province text, lang text, organisation text, published_at timestamptz,
        document jsonb, title_folded text, body_folded text, title_exact text, body_exact text)
      ORDER BY target.index_name, r.id
      ON CONFLICT (index_name, id) DO UPDATE SET row_version = excluded.row_version, removed = excluded.removed,
        kind = excluded.kind, visibility = excluded.visibility, sectors = excluded.sectors, province = excluded.province,
        lang = excluded.lang, organisation = excluded.organisation, published_at = excluded.published_at,
        document = excluded.document, title_folded = excluded.title_folded, body_folded = excluded.body_folded,
        title_exact = excluded.title_exact, body_exact = excluded.body_exact
      WHERE search_document.row_version <= excluded.row_version`;
  }

  type Page = {
    total: number;
    hits: SearchHit[] | null;
    sectors: Record<string, number> | null;
    provinces: Record<string, number> | null;
  };
  /** `found`: which rows match · `inTitle`: which of them match by their title alone · `score`: how well */
  type Question = { found: Prisma.Sql; inTitle: Prisma.Sql; score: Prisma.Sql };

  /**
   * One page of what matches. Counted are at most `counted` rows; ranked, at most `ranked`: first those with the words in
   * their title, then the newest. What is not ranked follows by date, so that pages neither lose nor repeat a row.
   */
  async function page(request: SearchRequest, { found, inTitle, score }: Question): Promise<Page> {
    const shelf = Prisma.sql`d.index_name = (SELECT index_name FROM search_alias WHERE alias = ${alias})
      AND ${matches(request.filter)}`;
    const newest = request.sort === "newest";
    const byDate = Prisma.sql`published_at DESC, id DESC`;
    const [, , rows] = await db.$transaction([
      // the planner thinks little of a sequential scan that unpacks a wide tsvector a row; and compiling costs more than it saves
      db.$executeRaw`SET LOCAL enable_seqscan = off`,
      db.$executeRaw`SET LOCAL jit = off`,
      db.$queryRaw<{ page: Page }[]>`
        WITH hit AS MATERIALIZED (
          SELECT d.id, d.sectors, d.province, d.published_at FROM search_document d WHERE ${shelf} AND ${found}
          ${newest ? Prisma.sql`ORDER BY ${byDate}` : Prisma.empty} LIMIT ${counted + 1}
        ), size AS MATERIALIZED (SELECT count(*) AS n FROM hit),
        titled AS MATERIALIZED (
          SELECT d.id, d.published_at FROM search_document d
          WHERE (SELECT n FROM size) > ${ranked} AND NOT ${newest} AND ${shelf} AND ${inTitle}
          ORDER BY ${byDate} LIMIT ${ranked}
        ), pool AS MATERIALIZED (
          SELECT id, published_at FROM titled
          UNION (SELECT id, published_at FROM hit WHERE NOT ${newest} ORDER BY ${byDate}
            LIMIT ${ranked} - (SELECT count(*) FROM titled))
        ), scored AS MATERIALIZED (
          SELECT d.id, (${score})::float8 AS score FROM search_document d
          WHERE ${shelf} AND d.id IN (SELECT id FROM pool)
        ), shown AS (
          SELECT a.id, a.published_at, coalesce(s.score, 0) AS score
          FROM (SELECT id, published_at FROM hit UNION SELECT id, published_at FROM titled) a LEFT JOIN scored s USING (id)
        )
        SELECT json_build_object(
          'total', (SELECT n FROM size),
          'hits', (SELECT json_agg(json_build_object('id', p.id, 'score', p.score) ORDER BY place) FROM (
            SELECT id, score, row_number() OVER (ORDER BY score DESC, ${byDate}) AS place FROM shown
            ORDER BY place OFFSET ${request.offset} LIMIT ${request.limit}) p),
          'sectors', (SELECT json_object_agg(code, n) FROM (
            SELECT code, count(*) AS n FROM hit, unnest(sectors) AS code GROUP BY code) s),
          'provinces', (SELECT json_object_agg(province, n) FROM (
            SELECT province, count(*) AS n FROM hit WHERE province IS NOT NULL GROUP BY province) p)
        ) AS page`,
    ]);
    return rows[0]?.page ?? { total: 0, hits: null, sectors: null, provinces: null };
  }

  function scoreOf(tokens: Token[]): Prisma.Sql {
    const folded = tokens.map((token) => token.folded);
    const accents = hasAccents(tokens);
    const exact = tokens.filter((token) => token.accented).map((token) => token.exact);
    const typed = accents ? tokens.map((token) => token.exact) : [];
    // 2: every word as typed · +1 at most: share of accented words as typed · below 1: how often, how near, where
    return Prisma.sql`
      CASE WHEN d.exact_vector @@ ${all(typed) || "none1none"}::tsquery THEN 2 ELSE 0 END
      + (SELECT count(*) FROM unnest(${exact}::text[]) w WHERE d.exact_vector @@ w::tsquery)::float8 / ${Math.max(1, exact.length)}
      + 0.6 * ts_rank('{0.1,0.2,0.4,1.0}', d.vector, ${any(folded)}::tsquery, 1|32)
      + 0.2 * ts_rank_cd('{0.1,0.2,0.4,1.0}', d.vector, ${all(folded)}::tsquery, 1|32)
      + 0.2 * word_similarity(${folded.join(" ")}, d.title_folded)`;
  }

  return {
    engine: "postgres",
    prepare,
    upsert: (documents) => write(documents.map(rowOf)),
    remove: (entries) => write(entries.map((entry) => tombstone(entry.id, entry.rowVersion))),

    async search(request): Promise<SearchAnswer> {
      const tokens = queryTokens(request.text, MOST_WORDS);
      const folded = tokens.map((token) => token.folded);
      let found: Page;
      if (folded.length === 0) {
        // text of nothing but marks finds nothing; no text at all is browsing
        if (request.text.trim() !== "") return nothingFound();
        const every = Prisma.sql`true`;
        found = await page({ ...request, sort: "newest" }, { found: every, inTitle: every, score: Prisma.sql`0` });
      } else {
        const score = scoreOf(tokens);
        const asked = (words: string): Question => ({
          found: Prisma.sql`d.vector @@ ${words}::tsquery`,
          inTitle: Prisma.sql`to_tsvector('simple'::regconfig, d.title_folded) @@ ${words}::tsquery`,
          score,
        });
        found = await page(request, asked(all(folded)));
        if (found.total === 0) {
          const most = asked(mostOf(folded));
          const mistyped = Prisma.sql`${folded.join(" ")} <% d.title_folded`;
          found = await page(request, {
            found: Prisma.sql`(${most.found} OR ${mistyped})`,
            inTitle: most.inTitle,
            score,
          });
        }
      }
      const codes = Object.entries(found.sectors ?? {});
      return {
        hits: found.hits ?? [],
        total: Math.min(found.total, counted),
        capped: found.total > counted,
        facets: {
          fields: Object.fromEntries(codes.filter(([code]) => !code.includes("-"))),
          sectors: Object.fromEntries(codes.filter(([code]) => code.includes("-"))),
          provinces: found.provinces ?? {},
        },
      };
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

    /** The last of two rebuilds at once wins; the other one fails and leaves nothing behind. */
    async rebuild(documents): Promise<{ indexed: number }> {
      await prepare();
      const fresh = `${alias}.${newId()}`;
      await db.$transaction(async (tx) => {
        // waits for writers that do not know of the new index yet
        await tx.$queryRaw`SELECT alias FROM search_alias WHERE alias = ${alias} FOR UPDATE`;
        await tx.searchAlias.upsert({
          where: { alias: next },
          create: { alias: next, indexName: fresh },
          update: { indexName: fresh },
        });
      });
      let indexed = 0;
      try {
        for await (const batch of documents) {
          await write(batch.map(rowOf));
          indexed += batch.length;
        }
      } catch (error) {
        await db.searchAlias.deleteMany({ where: { alias: next, indexName: fresh } });
        await db.searchDocumentRow.deleteMany({ where: { indexName: fresh } });
        throw error;
      }
      await db.$transaction(
        async (tx) => {
          await tx.$queryRaw`SELECT alias FROM search_alias WHERE alias IN (${alias}, ${next}) ORDER BY alias FOR UPDATE`;
          const building = await tx.searchAlias.findUnique({ where: { alias: next } });
          if (building?.indexName !== fresh) throw new Error("Another rebuild of the search index took over");
          // what the stream no longer holds stays as a tombstone, so that a late write cannot bring it back
          await tx.$executeRaw`
            INSERT INTO search_document (index_name, id, row_version, removed, kind, visibility, sectors, lang, document,
              title_folded, body_folded, title_exact, body_exact)
            SELECT ${fresh}, o.id, o.row_version, true, '', '', '{}', '', '{}', '', '', '', ''
            FROM search_document o
            WHERE o.index_name = (SELECT index_name FROM search_alias WHERE alias = ${alias})
              AND (o.removed OR NOT EXISTS (SELECT 1 FROM search_document f WHERE f.index_name = ${fresh} AND f.id = o.id))
            ON CONFLICT (index_name, id) DO UPDATE SET row_version = excluded.row_version, removed = true
            WHERE search_document.row_version < excluded.row_version`;
          await tx.searchAlias.update({ where: { alias }, data: { indexName: fresh } });
          await tx.searchAlias.delete({ where: { alias: next } });
          await tx.$executeRaw`
            DELETE FROM search_document WHERE starts_with(index_name, ${`${alias}.`})
              AND index_name NOT IN (SELECT index_name FROM search_alias)`;
        },
        { timeout: 120_000, maxWait: 10_000 },
      );
      return { indexed };
    },

    close: async () => {},
  };
}
