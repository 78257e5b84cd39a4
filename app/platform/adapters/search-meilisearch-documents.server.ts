import { createHash } from "node:crypto";
import type { Settings } from "meilisearch";
import type { SearchDocument, SearchFilter } from "../ports/search";
import { codesOf, FACETS } from "../search/facets";
import { indexedText } from "../search/tokens";

/** Hits deeper than this are neither counted nor shown. */
export const DEEPEST = 10_000;

/** Folded words first, words as written last; both prepared by us, so that both engines read Vietnamese alike. */
export const OWN = ["title", "keywords", "body"];
export const FOLDED = [...OWN, "synonyms"];
export const EXACT = ["titleExact", "bodyExact"];

/** Facets that are attributes of a document; freshness is counted from days. */
export const COUNTED = FACETS.filter((facet) => facet !== "freshness");

export const MAIN_SETTINGS: Settings = {
  searchableAttributes: [...FOLDED, ...EXACT],
  displayedAttributes: ["id", "stamp"],
  filterableAttributes: ["id", "visibility", "ownerKey", "publishedAt", "freshDay", ...COUNTED],
  sortableAttributes: ["publishedAt", "price", "id"],
  // "sort" acts only when a query asks for an order, and then before all else
  rankingRules: ["sort", "words", "typo", "proximity", "attribute", "exactness", "publishedAt:desc"],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
    disableOnAttributes: EXACT,
    disableOnNumbers: true,
  },
  localizedAttributes: [{ attributePatterns: ["*"], locales: ["vie"] }],
  // by value: of `freshDay` the latest days come first, so that what is cut off is older than anybody counts
  faceting: { maxValuesPerFacet: 500, sortFacetValuesBy: { "*": "alpha" } },
  pagination: { maxTotalHits: DEEPEST },
};
export const LOG_SETTINGS: Settings = {
  searchableAttributes: [],
  filterableAttributes: ["listing", "version"],
  sortableAttributes: ["key"],
  pagination: { maxTotalHits: DEEPEST },
};

export type Indexed = {
  id: string;
  stamp: string;
  visibility: string;
  ownerKey: string | null;
  publishedAt: number;
  freshDay: string;
  price: number | null;
  title: string;
  keywords: string;
  body: string;
  synonyms: string;
  titleExact: string;
  bodyExact: string;
} & ReturnType<typeof codesOf>;
/** One version of one listing, or its removal. `key` is `<listing>_<version>`: two writers of different versions never collide. */
export type Logged = { key: string; listing: string; version: number; stamp: string; document: Indexed | null };

/** Days are counted from midnight in Vietnam (UTC+7, no summer time). */
const localDayOf = (at: number): number => Math.floor((at + 7 * 3_600_000) / 86_400_000);
/** Days are indexed backwards, the latest first in the order of values. */
const DAY_ZERO = 90_000;

/** How many of these days ("69212": 5) are at or after each of these local midnights. */
export function freshness(days: Record<string, number>, since: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(since).map(([name, at]) => [
      name,
      Object.entries(days).reduce((sum, [day, n]) => (DAY_ZERO - Number(day) >= localDayOf(at) ? sum + n : sum), 0),
    ]),
  );
}

const stampOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);

export function logged(doc: SearchDocument): Logged {
  const title = indexedText(`${doc.title} ${doc.titleOther ?? ""}`);
  const keywords = indexedText(doc.keywords.join(" . "));
  const body = indexedText([doc.summary, doc.body, doc.organisation ?? "", doc.reference].join(" . "));
  const facts = {
    ...codesOf(doc),
    id: doc.id,
    visibility: doc.visibility,
    ownerKey: doc.ownerKey,
    publishedAt: doc.publishedAt,
    freshDay: String(DAY_ZERO - localDayOf(doc.publishedAt)),
    price: doc.price,
    title: title.folded,
    keywords: keywords.folded,
    body: body.folded,
    synonyms: indexedText(doc.synonyms.join(" . ")).folded,
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

export const removal = (id: string, rowVersion: number): Logged => ({
  key: `${id}_${rowVersion}`,
  listing: id,
  version: rowVersion,
  stamp: "",
  document: null,
});

const quote = (value: string): string => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
export const oneOf = (attribute: string, values: string[]): string =>
  `${attribute} IN [${values.map(quote).join(", ")}]`;

export function conditions(filter: SearchFilter): string[] {
  const parts = [oneOf("visibility", filter.visibilities)];
  if (filter.kind) parts.push(`kinds = ${quote(filter.kind)}`);
  if (filter.sectors?.length) parts.push(`(${oneOf("sectors", filter.sectors)} OR ${oneOf("fields", filter.sectors)})`);
  if (filter.province) parts.push(`provinces = ${quote(filter.province)}`);
  const { trl, ip, prices, forms, rights, marks } = filter;
  for (const [facet, codes] of Object.entries({ trl, ip, prices, forms, rights, marks }))
    if (codes?.length) parts.push(oneOf(facet, codes));
  if (filter.since !== undefined) parts.push(`publishedAt >= ${Math.trunc(filter.since)}`);
  if (filter.excludeOwnerKey) parts.push(`(ownerKey IS NULL OR ownerKey != ${quote(filter.excludeOwnerKey)})`);
  return parts;
}
