import { type Index, Meilisearch, type MultiSearchQuery, type Settings } from "meilisearch";
import type { SearchAnswer, SearchHit, SearchPort, SearchRequest } from "../ports/search";
import { type FacetName, noFacets, openGroups } from "../search/facets";
import { hasAccents, queryTokens } from "../search/tokens";
import {
  COUNTED,
  conditions,
  DEEPEST,
  EXACT,
  FOLDED,
  freshness,
  type Indexed,
  LOG_SETTINGS,
  type Logged,
  logged,
  MAIN_SETTINGS,
  OWN,
  oneOf,
  removal,
} from "./search-meilisearch-documents.server";
import { chunks, createIndexOn, done, settleFrom } from "./search-meilisearch-log.server";
import { rebuildMeilisearch } from "./search-meilisearch-rebuild.server";

/** Meilisearch ignores every query term after the tenth. */
const MOST_WORDS = 10;
/**
 * A compressed answer leaves Meilisearch in several small pieces, the last of which waits for our side to confirm the first: 40 ms
 * (Nagle's algorithm against delayed acknowledgement), four times what the search itself takes.
 */
const UNPACKED = { headers: { "Accept-Encoding": "identity" } };
/** Of several words, as many as a listing must hold when none holds them all: three in five, as on PostgreSQL. */
const enoughOf = (words: number): number => Math.ceil(words * 0.6);

const SORTS: Record<SearchRequest["sort"], string[] | undefined> = {
  relevance: undefined,
  newest: ["publishedAt:desc", "id:desc"],
  price: ["price:asc", "publishedAt:desc", "id:desc"],
};

/**
 * Search on Meilisearch.
 *
 * Meilisearch cannot write on a condition, so the guard "a lower rowVersion never replaces a higher one" is kept with a
 * second index, the log. Writers first put their version into the log under a key no other version has (nothing can be
 * overwritten there), then bring the main index to the log's highest version and look again until both agree. A slow
 * writer may for a moment put an older version into the main index, but it then finds the higher one in the log and
 * writes that: whoever finishes last leaves the highest version. A writer that dies in between left its job unfinished,
 * and the job's next try settles the listing again. Removals are log entries too and stay as tombstones.
 */
export function createSearchMeilisearch(options: { url: string; key?: string; prefix: string }): SearchPort {
  const client = new Meilisearch({ host: options.url, apiKey: options.key, timeout: 30_000, requestInit: UNPACKED });
  const mainName = `${options.prefix}listings`;
  const logName = `${options.prefix}listings_log`;
  const main = client.index<Indexed>(mainName);
  const log = client.index<Logged>(logName);
  let prepared: Promise<void> | undefined;

  const createIndex = (name: string, primaryKey: string, settings: Settings) =>
    createIndexOn(client, name, primaryKey, settings);

  const prepare = (): Promise<void> => {
    prepared ??= (async () => {
      await createIndex(logName, "key", LOG_SETTINGS);
      await createIndex(mainName, "id", MAIN_SETTINGS);
    })().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };

  const settle = (index: Index<Indexed>, ids: string[], known?: Logged[], size?: number) =>
    settleFrom(log, index, ids, known, size);

  async function write(entries: Logged[]): Promise<void> {
    if (entries.length === 0) return;
    await prepare();
    for (const batch of chunks(entries)) {
      await done(log.addDocuments(batch));
      await settle(
        main,
        batch.map((entry) => entry.listing),
        batch,
      );
    }
  }

  /** What a request counts by, as attributes of a document. */
  const attributesOf = (facets: readonly FacetName[], request: SearchRequest): string[] =>
    facets.flatMap((facet) => (facet !== "freshness" ? [facet] : request.freshSince ? ["freshDay"] : []));

  async function ask(
    request: SearchRequest,
    q: string,
    exact: string | null,
    { strategy, leastScore }: { strategy: "all" | "frequency"; leastScore?: number } = { strategy: "all" },
  ): Promise<SearchAnswer> {
    const deep = Math.min(request.offset + request.limit, DEEPEST);
    const base = { indexUid: mainName, q, matchingStrategy: strategy, attributesToSearchOn: FOLDED };
    const threshold = leastScore === undefined ? {} : { rankingScoreThreshold: leastScore };
    const page = { hitsPerPage: deep, page: 1, showRankingScore: true };
    const filter = conditions(request.filter);
    const queries: MultiSearchQuery[] = [
      {
        ...base,
        ...threshold,
        ...page,
        filter,
        sort: SORTS[request.sort],
        facets: attributesOf([...COUNTED, "freshness"], request),
      },
    ];
    // a filter does not narrow the choices of its own group: these are counted without it
    const open = openGroups(request.filter);
    for (const { without, facets } of open)
      queries.push({
        ...base,
        ...threshold,
        filter: conditions(without),
        facets: attributesOf(facets, request),
        limit: 0,
      });
    if (exact !== null && request.sort === "relevance")
      queries.push({ ...base, ...page, filter, q: exact, matchingStrategy: "all", attributesToSearchOn: EXACT });
    const { results } = await client.multiSearch<{ queries: MultiSearchQuery[] }, { id: string }>({ queries });
    const [found] = results;
    const asTyped = results[open.length + 1];
    const seen = new Set<string>();
    const hits: SearchHit[] = [];
    for (const [list, bonus] of [
      [asTyped?.hits, 1],
      [found?.hits, 0],
    ] as const) {
      for (const hit of list ?? []) {
        if (!seen.has(hit.id)) hits.push({ id: hit.id, score: bonus + (hit._rankingScore ?? 0) });
        seen.add(hit.id);
      }
    }
    const facets = noFacets();
    const count = (names: readonly FacetName[], counts: Record<string, Record<string, number>> | undefined) => {
      for (const name of names)
        facets[name] =
          name === "freshness"
            ? freshness(counts?.freshDay ?? {}, request.freshSince ?? {})
            : { ...(counts?.[name] ?? {}) };
    };
    count([...COUNTED, "freshness"], found?.facetDistribution);
    for (const [at, group] of open.entries()) count(group.facets, results[at + 1]?.facetDistribution);
    const total = found && "totalHits" in found ? Number(found.totalHits) : hits.length;
    return {
      hits: hits.slice(request.offset, deep),
      total,
      capped: total >= DEEPEST,
      loose: strategy === "frequency" && total > 0,
      facets,
    };
  }

  /** The words that stand in any listing of the filter: with one that stands nowhere the engine finds nothing, whatever else fits. */
  async function known(request: SearchRequest, words: string[]): Promise<string[]> {
    const filter = conditions(request.filter);
    const queries = words.map((q) => ({ indexUid: mainName, q, filter, attributesToSearchOn: FOLDED, limit: 1 }));
    const { results } = await client.multiSearch<{ queries: MultiSearchQuery[] }, { id: string }>({ queries });
    return words.filter((_, at) => (results[at]?.hits.length ?? 0) > 0);
  }

  return {
    engine: "meilisearch",
    step: 4_000,
    prepare,
    upsert: (documents) => write(documents.map(logged)),
    remove: (entries) => write(entries.map((entry) => removal(entry.id, entry.rowVersion))),

    async search(request): Promise<SearchAnswer> {
      const tokens = queryTokens(request.text, MOST_WORDS);
      const q = tokens.map((token) => token.folded).join(" ");
      const nothing = { hits: [], total: 0, capped: false, loose: false, facets: noFacets() };
      if (q === "" && request.text.trim() !== "") return nothing;
      if (request.offset >= DEEPEST) return nothing;
      await prepare();
      if (q === "") {
        const sort = request.sort === "relevance" ? "newest" : request.sort;
        return ask({ ...request, sort }, "", null);
      }
      const exact = hasAccents(tokens) ? tokens.map((token) => token.exact).join(" ") : null;
      const found = await ask(request, q, exact);
      if (found.total > 0 || tokens.length < 2) return found;
      const words = await known(request, q.split(" "));
      const enough = enoughOf(tokens.length);
      if (words.length < enough) return found;
      // with the rule "words" first, a document with k of n words scores between (k-1)/n and k/n
      const leastScore = (enough - 1) / words.length + 0.000_1;
      return ask(request, words.join(" "), null, { strategy: "frequency", leastScore });
    },

    async complete(text, filter, limit): Promise<SearchHit[]> {
      const words = queryTokens(text, MOST_WORDS).map((token) => token.folded);
      if ((words.at(-1)?.length ?? 0) < 2) return [];
      await prepare();
      const { hits } = await client.index<{ id: string }>(mainName).search(words.join(" "), {
        filter: conditions(filter),
        attributesToSearchOn: ["title"],
        matchingStrategy: "all",
        sort: SORTS.newest,
        limit,
      });
      return hits.map(({ id }) => ({ id, score: 0 }));
    },

    async candidates(queries, filter): Promise<SearchHit[][]> {
      if (queries.length === 0) return [];
      await prepare();
      const asked = queries.map((query): MultiSearchQuery => {
        const filters = conditions(filter);
        if (query.sectors?.length)
          filters.push(`(${oneOf("sectors", query.sectors)} OR ${oneOf("fields", query.sectors)})`);
        const q = queryTokens(query.text ?? "", MOST_WORDS)
          .map((token) => token.folded)
          .join(" ");
        return {
          indexUid: mainName,
          q,
          filter: filters,
          limit: q === "" && !query.sectors?.length ? 0 : query.limit,
          sort: q === "" ? ["publishedAt:desc", "id:desc"] : undefined,
          matchingStrategy: "frequency",
          attributesToSearchOn: OWN,
          showRankingScore: true,
        };
      });
      const { results } = await client.multiSearch<{ queries: MultiSearchQuery[] }, { id: string }>({ queries: asked });
      return results.map((result) => result.hits.map((hit) => ({ id: hit.id, score: hit._rankingScore ?? 0 })));
    },

    rebuild: async (source, options) => {
      await prepare();
      return rebuildMeilisearch({ client, mainName, log, createIndex, settle }, source, options);
    },

    close: async () => {},
  };
}
