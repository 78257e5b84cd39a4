import type { FacetName } from "../search/facets";

/** Raised whenever toSearchDocument changes shape: an index of another schema is rebuilt. */
export const SEARCH_SCHEMA = 4;

/**
 * What the index knows of a published listing. Only what every reader of the listing may see: no contacts, of a blind listing
 * its open part (docs/decisions/0045).
 */
export type SearchDocument = {
  /** listing id */
  id: string;
  schema: number;
  /** monotonic per listing: an upsert or removal with a lower one is ignored */
  rowVersion: number;
  kind: "need" | "offering";
  reference: string;
  visibility: "public" | "blind" | "brokers" | "invited";
  /** id of the owner, for "one organisation cannot fill a list" and "never match with oneself"; never displayed. Null for blind. */
  ownerKey: string | null;
  title: string;
  /** the title in the other language, when there is one */
  titleOther: string | null;
  summary: string;
  /** everything else that is searchable, in both languages */
  body: string;
  keywords: string[];
  /** other names, in both languages, of what the text speaks of: found, never shown, and worth less than its own words */
  synonyms: string[];
  /** organisation's name; null for blind listings */
  organisation: string | null;
  sectors: string[];
  /** top-level codes of `sectors` */
  fields: string[];
  province: string | null;
  trl: number | null;
  /** codes of the facets of these names; see `app/platform/search/facets.ts` */
  ip: string[];
  forms: string[];
  rights: string[];
  /** "challenge": the province made it its own */
  marks: string[];
  /** what it costs at least, or at most where only that is stated; đồng. Null = not stated */
  price: number | null;
  lang: "vi" | "en";
  /** epoch milliseconds */
  publishedAt: number;
};

export type SearchFilter = {
  kind?: "need" | "offering";
  /** any of these sectors (two-level code "NNC-01" or field "NNC") */
  sectors?: string[];
  province?: string;
  /** any of these codes; the empty list is no filter */
  trl?: string[];
  ip?: string[];
  prices?: string[];
  forms?: string[];
  rights?: string[];
  marks?: string[];
  /** published at or after; epoch milliseconds */
  since?: number;
  visibilities: SearchDocument["visibility"][];
  excludeOwnerKey?: string;
};

export type SearchRequest = {
  /** as typed; empty = browse */
  text: string;
  filter: SearchFilter;
  /** "price": what costs least first, then what states no price, newest first */
  sort: "relevance" | "newest" | "price";
  /** counts how many were published since each of these local midnights (epoch milliseconds), by name */
  freshSince?: Record<string, number>;
  offset: number;
  limit: number;
};

export type SearchHit = { id: string; score: number };
export type SearchAnswer = {
  hits: SearchHit[];
  total: number;
  /** more was found than is counted: `total` and the facets are lower bounds (exact below 10,000) */
  capped: boolean;
  /** nothing holds all words as typed: these hold most of them, or words spelt like them */
  loose: boolean;
  /** how many each choice would leave; a filter does not narrow the choices of its own group */
  facets: SearchFacets;
};
export type SearchFacets = Record<FacetName, Record<string, number>>;

/** One short query of a listing's own words (a key phrase, a compound, its sectors). */
export type CandidateQuery = { label: string; text?: string; sectors?: string[]; limit: number };

/** What an index is rebuilt from. */
export type RebuildSource = {
  /** changes whenever the same listing would make another document: what was begun under another shape is begun anew */
  shape: string;
  /** documents with ids greater than `after` (null: all), ordered by id, in batches */
  documents(after: string | null): AsyncIterable<SearchDocument[]>;
  /** which of these the source holds now */
  held(ids: string[]): Promise<string[]>;
};
/** `indexed`: how many documents this run wrote · `resumed`: whether it went on with an earlier one */
export type Rebuilt = { indexed: number; resumed: boolean };

/** A rebuild goes on with what an earlier one left, so of two at once the earlier one stops. */
export class RebuildTakenOver extends Error {
  constructor() {
    super("Another rebuild of the search index goes on with this one");
  }
}

/**
 * Full-text index over published listings. Folds diacritics: "xu ly nuoc thai" finds "xử lý nước thải".
 * The index is a projection: callers re-check what they load against `visibleTo`.
 */
export interface SearchPort {
  readonly engine: "postgres" | "meilisearch";
  /** documents that a rebuild best writes in one go */
  readonly step: number;
  /** Creates the index and its settings when absent. Idempotent. */
  prepare(): Promise<void>;
  /** Resolves when the documents can be found. A document whose rowVersion is lower than the stored one is ignored. */
  upsert(documents: SearchDocument[]): Promise<void>;
  /** Resolves when they can no longer be found; a later upsert with a lower rowVersion stays ignored. */
  remove(entries: { id: string; rowVersion: number }[]): Promise<void>;
  search(request: SearchRequest): Promise<SearchAnswer>;
  /** Listings whose title holds the words, the last of which may be unfinished; newest first. For suggestions as one types. */
  complete(text: string, filter: SearchFilter, limit: number): Promise<SearchHit[]>;
  /** All queries in one round trip; one ranked list per query, in order. */
  candidates(queries: CandidateQuery[], filter: SearchFilter): Promise<SearchHit[][]>;
  /**
   * Builds a fresh index from the source, then swaps it in; readers see the old one until then. What a rebuild that was broken
   * off has written is kept, and the next one goes on behind it, unless the shape differs or `afresh` is asked.
   * @throws RebuildTakenOver when another rebuild was begun meanwhile
   */
  rebuild(source: RebuildSource, options?: { afresh?: boolean }): Promise<Rebuilt>;
  close(): Promise<void>;
}
