import type { SearchDocument, SearchFacets, SearchFilter } from "../ports/search";

/** What results are counted by. */
export const FACETS = [
  "kinds",
  "fields",
  "sectors",
  "provinces",
  "trl",
  "ip",
  "prices",
  "forms",
  "rights",
  "marks",
  "freshness",
] as const;
export type FacetName = (typeof FACETS)[number];

/** Readiness as people speak of it: research, trial, ready for use. */
export const TRL_BANDS = ["1-3", "4-6", "7-9"] as const;
/** Upper ends in đồng; what costs as much belongs to the next band. */
export const PRICE_BANDS = [
  { code: "0-100m", below: 100_000_000 },
  { code: "100m-1b", below: 1_000_000_000 },
  { code: "1b-5b", below: 5_000_000_000 },
  { code: "5b-20b", below: 20_000_000_000 },
  { code: "20b-", below: Number.POSITIVE_INFINITY },
] as const;
/** How far protection has come; `other` is protected without a register (trade secret, copyright). */
export const IP_CODES = ["granted", "pending", "other", "none"] as const;

const bandOfTrl = (trl: number): string => TRL_BANDS[trl <= 3 ? 0 : trl <= 6 ? 1 : 2];
const bandOfPrice = (price: number): string => PRICE_BANDS.find(({ below }) => price < below)?.code ?? "20b-";

/** What a document counts under, by facet; freshness depends on today and is counted from `publishedAt`. */
export function codesOf(doc: SearchDocument): Record<Exclude<FacetName, "freshness">, string[]> {
  return {
    kinds: [doc.kind],
    fields: doc.fields,
    sectors: doc.sectors,
    provinces: doc.province === null ? [] : [doc.province],
    trl: doc.trl === null ? [] : [bandOfTrl(doc.trl)],
    ip: doc.ip,
    prices: doc.price === null ? [] : [bandOfPrice(doc.price)],
    forms: doc.forms,
    rights: doc.rights,
    marks: doc.marks,
  };
}

/** The filters people choose from, each with the facets that show its choices. */
const GROUPS: { filter: keyof SearchFilter; facets: readonly FacetName[] }[] = [
  { filter: "kind", facets: ["kinds"] },
  { filter: "sectors", facets: ["fields", "sectors"] },
  { filter: "province", facets: ["provinces"] },
  { filter: "trl", facets: ["trl"] },
  { filter: "ip", facets: ["ip"] },
  { filter: "prices", facets: ["prices"] },
  { filter: "forms", facets: ["forms"] },
  { filter: "rights", facets: ["rights"] },
  { filter: "marks", facets: ["marks"] },
  { filter: "since", facets: ["freshness"] },
];

/** Each filter in force, with the same filter without it: what its own choices are counted with. */
export function openGroups(filter: SearchFilter): { without: SearchFilter; facets: readonly FacetName[] }[] {
  return GROUPS.filter((group) => {
    const value = filter[group.filter];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  }).map((group) => ({ without: { ...filter, [group.filter]: undefined }, facets: group.facets }));
}

/** No counts at all, a fresh object each time. */
export const noFacets = (): SearchFacets => ({
  kinds: {},
  fields: {},
  sectors: {},
  provinces: {},
  trl: {},
  ip: {},
  prices: {},
  forms: {},
  rights: {},
  marks: {},
  freshness: {},
});
