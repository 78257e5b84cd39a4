import { createHash } from "node:crypto";
import {
  type EnqueuedTaskPromise,
  Meilisearch,
  MeilisearchApiError,
  type MultiSearchQuery,
  type Settings,
} from "meilisearch";
import { newId } from "../ids";
import type { SearchAnswer, SearchDocument, SearchFilter, SearchHit, SearchPort, SearchRequest } from "../ports/search";
import { hasAccents, indexedText, queryTokens } from "../search/tokens";

/** Meilisearch ignores every query term after the tenth. */
const MOST_WORDS = 10;
/** Hits deeper than this are counted and not shown. */
const DEEPEST = 10_000;
const BATCH = 500;
const WAIT = { timeout: 120_000, interval: 10 };
/** Of the loose answer (some words missing) only what still holds most of the words. */
const LOOSE_THRESHOLD = 0.55;

/** Folded words first, words as written last; both prepared by us, so that both engines read Vietnamese alike. */
const FOLDED = ["title", "keywords", "body"];
const EXACT = ["titleExact", "bodyExact"];

const MAIN_SETTINGS: Settings = {
  searchableAttributes: [...FOLDED, ...EXACT],
  displayedAttributes: ["id", "stamp"],
  filterableAttributes: ["id", "kind", "visibility", "sectors", "fields", "province", "ownerKey"],
  sortableAttributes: ["publishedAt", "id"],
  // "sort" acts only when a query asks for an order, and then before all else
  rankingRules: ["sort", "words", "typo", "proximity", "attribute", "exactness", "publishedAt:desc"],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnAttributes: EXACT,
    disableOnNumbers: true,
  },
  localizedAttributes: [{ attributePatterns: ["*"], locales: ["vie"] }],
  faceting: { maxValuesPerFacet: 500 },
  pagination: { maxTotalHits: DEEPEST },
};
const LOG_SETTINGS: Settings = {
  searchableAttributes: [],
  filterableAttributes: ["listing", "version"],
  sortableAttributes: ["key"],
  pagination: { maxTotalHits: DEEPEST },
};

type Indexed = {
  id: string;
  stamp: string;
  kind: string;
  visibility: string;
  sectors: string[];
  fields: string[];
  province: string | null;
  ownerKey: string | null;
  publishedAt: number;
  title: string;
  keywords: string;
  body: string;
  titleExact: string;
  bodyExact: string;
};
/** One version of one listing, or its removal. `key` is `<listing>_<version>`: two writers of different versions never collide. */
type Logged = { key: string; listing: string; version: number; stamp: string; document: Indexed | null };

const stampOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);

function logged(doc: SearchDocument): Logged {
  const title = indexedText(`${doc.title} ${doc.titleOther ?? ""}`);
  const keywords = indexedText(doc.keywords.join(" . "));
  const body = indexedText([doc.summary, doc.body, doc.organisation ?? "", doc.reference].join(" . "));
  const facts = {
    id: doc.id,
    kind: doc.kind,
    visibility: doc.visibility,
    sectors: doc.sectors,
    fields: doc.fields,
    province: doc.province,
    ownerKey: doc.ownerKey,
    publishedAt: doc.publishedAt,
    title: title.folded,
    keywords: keywords.folded,
    body: body.folded,
    titleExact: title.exact,
    bodyExact: `${keywords.exact} ${body.exact}`,
  };
  const stamp = stampOf([doc.rowVersion, facts]);
  return {
    key: `${doc.id}_${doc.rowVersion}`,
    listing: doc.id,
    version: doc.rowVersion,
    stamp,
    document: { ...facts, stamp },
  };
}

const removal = (id: string, rowVersion: number): Logged => ({
  key: `${id}_${rowVersion}`,
  listing: id,
  version: rowVersion,
  stamp: "",
  document: null,
});

const quote = (value: string): string => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const oneOf = (attribute: string, values: string[]): string => `${attribute} IN [${values.map(quote).join(", ")}]`;

function conditions(filter: SearchFilter): string[] {
  const parts = [oneOf("visibility", filter.visibilities)];
  if (filter.kind) parts.push(`kind = ${quote(filter.kind)}`);
  if (filter.sectors?.length) parts.push(`(${oneOf("sectors", filter.sectors)} OR ${oneOf("fields", filter.sectors)})`);
  if (filter.province) parts.push(`province = ${quote(filter.province)}`);
  if (filter.excludeOwnerKey) parts.push(`(ownerKey IS NULL OR ownerKey != ${quote(filter.excludeOwnerKey)})`);
  return parts;
}

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

  type Found = Pick<SearchAnswer, "hits"> & { total: number; facets: Record<string, Record<string, number>> };

  async function ask(
    request: SearchRequest,
    q: string,
    exact: string | null,
    strategy: "all" | "frequency",
  ): Promise<Found> {
    const deep = Math.min(request.offset + request.limit, DEEPEST);
    const base = {
      indexUid: mainName,
      filter: conditions(request.filter),
      hitsPerPage: deep,
      page: 1,
      showRankingScore: true,
    };
    const sort = request.sort === "newest" ? ["publishedAt:desc", "id:desc"] : undefined;
    const queries: MultiSearchQuery[] = [
      {
        ...base,
        q,
        sort,
        matchingStrategy: strategy,
        attributesToSearchOn: FOLDED,
        facets: ["fields", "sectors", "province"],
        rankingScoreThreshold: strategy === "frequency" ? LOOSE_THRESHOLD : undefined,
      },
    ];
    if (exact !== null && request.sort === "relevance") {
      queries.push({ ...base, q: exact, matchingStrategy: "all", attributesToSearchOn: EXACT });
    }
    const { results } = await client.multiSearch<{ queries: MultiSearchQuery[] }, { id: string }>({ queries });
    const [loose, asTyped] = results;
    const seen = new Set<string>();
    const hits: SearchHit[] = [];
    for (const [list, bonus] of [
      [asTyped?.hits, 1],
      [loose?.hits, 0],
    ] as const) {
      for (const hit of list ?? []) {
        if (!seen.has(hit.id)) hits.push({ id: hit.id, score: bonus + (hit._rankingScore ?? 0) });
        seen.add(hit.id);
      }
    }
    const total = loose && "totalHits" in loose ? Number(loose.totalHits) : hits.length;
    return { hits: hits.slice(request.offset, deep), total, facets: loose?.facetDistribution ?? {} };
  }

  return {
    engine: "meilisearch",
    prepare,
    upsert: (documents) => write(documents.map(logged)),
    remove: (entries) => write(entries.map((entry) => removal(entry.id, entry.rowVersion))),

    async search(request): Promise<SearchAnswer> {
      const tokens = queryTokens(request.text, MOST_WORDS);
      const q = tokens.map((token) => token.folded).join(" ");
      const nothing = { hits: [], total: 0, capped: false, facets: { fields: {}, sectors: {}, provinces: {} } };
      if (q === "" && request.text.trim() !== "") return nothing;
      if (request.offset >= DEEPEST) return nothing;
      await prepare();
      let found: Found;
      if (q === "") found = await ask({ ...request, sort: "newest" }, "", null, "all");
      else {
        const exact = hasAccents(tokens) ? tokens.map((token) => token.exact).join(" ") : null;
        found = await ask(request, q, exact, "all");
        if (found.total === 0) found = await ask(request, q, exact, "frequency");
      }
      const { fields = {}, sectors = {}, province = {} } = found.facets;
      return {
        hits: found.hits,
        total: found.total,
        capped: found.total >= DEEPEST,
        facets: { fields, sectors, provinces: province },
      };
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
          attributesToSearchOn: FOLDED,
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
