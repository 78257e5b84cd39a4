import {
  type EnqueuedTaskPromise,
  Meilisearch,
  MeilisearchApiError,
  type MultiSearchQuery,
  type Settings,
} from "meilisearch";
import { newId } from "../ids";
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

/** Meilisearch ignores every query term after the tenth. */
const MOST_WORDS = 10;
const BATCH = 500;
const WAIT = { timeout: 120_000, interval: 10 };
/** Of several words, as many as a listing must hold when none holds them all: three in five, as on PostgreSQL. */
const enoughOf = (words: number): number => Math.ceil(words * 0.6);

const SORTS: Record<SearchRequest["sort"], string[] | undefined> = {
  relevance: undefined,
  newest: ["publishedAt:desc", "id:desc"],
  price: ["price:asc", "publishedAt:desc", "id:desc"],
};

/** waitTask does not throw when the task failed: its status is what counts. */
async function done(enqueued: EnqueuedTaskPromise): Promise<void> {
  const task = await enqueued.waitTask(WAIT);
  if (task.status !== "succeeded") {
    throw new Error(
      `Meilisearch task ${task.uid} (${task.type}) ${task.status}: ${task.error?.code ?? ""} ${task.error?.message ?? ""}`,
    );
  }
}

const chunks = <T>(list: T[], size = BATCH): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

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
  const client = new Meilisearch({ host: options.url, apiKey: options.key, timeout: 30_000 });
  const mainName = `${options.prefix}listings`;
  const logName = `${options.prefix}listings_log`;
  const main = client.index<Indexed>(mainName);
  const log = client.index<Logged>(logName);
  let prepared: Promise<void> | undefined;

  async function createIndex(name: string, primaryKey: string, settings: Settings): Promise<void> {
    const exists = await client.getRawIndex(name).then(
      () => true,
      (error: unknown) => {
        if (error instanceof MeilisearchApiError && error.cause?.code === "index_not_found") return false;
        throw error;
      },
    );
    const task = exists
      ? { status: "succeeded", error: null }
      : await client.createIndex(name, { primaryKey }).waitTask(WAIT);
    if (task.status !== "succeeded" && task.error?.code !== "index_already_exists") {
      throw new Error(`Meilisearch could not create index ${name}: ${task.error?.message ?? task.status}`);
    }
    await done(client.index(name).updateSettings(settings));
  }

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

  /** The highest version of each of these listings, and the keys of lower ones. */
  async function newest(ids: string[]): Promise<{ top: Map<string, Logged>; older: string[] }> {
    const top = new Map<string, Logged>();
    const older: string[] = [];
    for (let offset = 0; ; offset += BATCH) {
      const found = await log.getDocuments({ filter: oneOf("listing", ids), limit: BATCH, offset });
      for (const entry of found.results) {
        const other = top.get(entry.listing);
        if (!other || other.version < entry.version) {
          if (other) older.push(other.key);
          top.set(entry.listing, entry);
        } else older.push(entry.key);
      }
      if (offset + found.results.length >= found.total || found.results.length === 0) return { top, older };
    }
  }

  async function settle(ids: string[]): Promise<void> {
    for (const batch of chunks([...new Set(ids)])) {
      for (;;) {
        const { top, older } = await newest(batch);
        const held = await main.getDocuments({ ids: batch, fields: ["id", "stamp"], limit: batch.length });
        const stamps = new Map(held.results.map((doc) => [doc.id, doc.stamp]));
        const late = [...top.values()].filter((entry) => (stamps.get(entry.listing) ?? "") !== entry.stamp);
        if (late.length === 0) {
          if (older.length > 0) await done(log.deleteDocuments(older));
          break;
        }
        const writes = late.flatMap((entry) => entry.document ?? []);
        const removals = late.filter((entry) => !entry.document).map((entry) => entry.listing);
        await Promise.all([
          writes.length > 0 ? done(main.addDocuments(writes)) : undefined,
          removals.length > 0 ? done(main.deleteDocuments(removals)) : undefined,
        ]);
      }
    }
  }

  async function write(entries: Logged[]): Promise<void> {
    if (entries.length === 0) return;
    await prepare();
    for (const batch of chunks(entries)) {
      await done(log.addDocuments(batch));
      await settle(batch.map((entry) => entry.listing));
    }
  }

  /** All log entries, a page at a time. */
  async function* everyEntry(): AsyncGenerator<Logged[]> {
    for (let offset = 0; ; offset += BATCH) {
      const found = await log.getDocuments({ limit: BATCH, offset, sort: ["key:asc"] });
      if (found.results.length === 0) return;
      yield found.results;
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

    /**
     * The fresh index is filled from the log, which every writer feeds first; what was written while it was being filled
     * is caught up after the swap. Listings the stream does not hold become tombstones at the version they had.
     */
    async rebuild(documents): Promise<{ indexed: number }> {
      await prepare();
      const before = new Map<string, number>();
      for await (const page of everyEntry())
        for (const entry of page) before.set(entry.listing, Math.max(entry.version, before.get(entry.listing) ?? 0));
      const freshName = `${mainName}_${newId().replaceAll("-", "")}`;
      await createIndex(freshName, "id", MAIN_SETTINGS);
      const fresh = client.index<Indexed>(freshName);
      const ids = new Set<string>();
      let indexed = 0;
      try {
        for await (const batch of documents) {
          const entries = batch.map(logged);
          for (const part of chunks(entries)) {
            await done(log.addDocuments(part));
            const { top } = await newest(part.map((entry) => entry.listing));
            const docs = [...top.values()].flatMap((entry) => entry.document ?? []);
            if (docs.length > 0) await done(fresh.addDocuments(docs));
          }
          for (const doc of batch) ids.add(doc.id);
          indexed += batch.length;
        }
        const gone = [...before].filter(([id]) => !ids.has(id)).map(([id, version]) => removal(id, version));
        for (const part of chunks(gone)) await done(log.addDocuments(part));
        await done(client.swapIndexes([{ indexes: [mainName, freshName], rename: false }]));
      } finally {
        await done(client.deleteIndex(freshName));
      }
      const all: string[] = [];
      for await (const page of everyEntry()) all.push(...page.map((entry) => entry.listing));
      await settle(all);
      return { indexed };
    },

    close: async () => {},
  };
}
