import { PROVINCES } from "~/modules/accounts/schemas";
import { TRANSFER_FORMS, TRANSFER_RIGHTS } from "~/modules/listings/schemas";
import { IP_CODES, PRICE_BANDS, TRL_BANDS } from "~/platform/search/facets";

/** Choices of which any number may be ticked, in the order in which they are shown. */
export const TICKED = {
  marks: ["challenge"],
  trl: TRL_BANDS,
  ip: IP_CODES,
  prices: PRICE_BANDS.map(({ code }) => code),
  forms: TRANSFER_FORMS,
  rights: TRANSFER_RIGHTS,
} as const satisfies Record<string, readonly string[]>;
export type Ticked = keyof typeof TICKED;
export const TICKED_NAMES = Object.keys(TICKED) as Ticked[];
/** Published in the last so many days. */
export const FRESH_CHOICES = [7, 30, 90] as const;

/** What the search page's address says, checked; what makes no sense is left out. */
export type SearchParams = {
  q: string;
  kind?: "need" | "offering";
  /** one field ("NNC") or sector ("NNC-01") */
  sector?: string;
  province?: string;
  days?: number;
  sort: "relevance" | "newest" | "price";
  page: number;
} & Partial<Record<Ticked, string[]>>;

const LONGEST_QUERY = 200;
const LAST_PAGE = 1000;

function sortOf(q: string, sort: string | null): SearchParams["sort"] {
  if (sort === "price") return "price";
  // without words there is nothing to be relevant to
  return q && sort !== "newest" ? "relevance" : "newest";
}

export function parseSearchParams(params: URLSearchParams): SearchParams {
  const q = (params.get("q") ?? "").normalize("NFC").trim().slice(0, LONGEST_QUERY);
  const kind = params.get("kind");
  const sector = params.get("sector");
  const province = params.get("province");
  const days = FRESH_CHOICES.find((choice) => String(choice) === params.get("days"));
  const page = Number(params.get("page") ?? "1");
  const ticked = TICKED_NAMES.flatMap((name) => {
    const asked = params.getAll(name);
    const codes = TICKED[name].filter((code) => asked.includes(code));
    return codes.length > 0 ? [[name, codes] as const] : [];
  });
  return {
    q,
    ...(kind === "need" || kind === "offering" ? { kind } : {}),
    ...(sector && /^[A-Z]{3}(-\d\d)?$/.test(sector) ? { sector } : {}),
    ...(PROVINCES.some(({ code }) => code === province) ? { province: province ?? "" } : {}),
    ...(days ? { days } : {}),
    ...Object.fromEntries(ticked),
    sort: sortOf(q, params.get("sort")),
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
  };
}

/** The checked parameters as what the search query takes. */
export function searchInput({ sector, ...rest }: SearchParams) {
  return { ...rest, ...(sector ? { sectors: [sector] } : {}) };
}

/** Anything but words, order and page. */
export const isFiltered = (params: Partial<SearchParams>): boolean =>
  Boolean(params.kind ?? params.sector ?? params.province ?? params.days) ||
  TICKED_NAMES.some((name) => (params[name]?.length ?? 0) > 0);

type Change = { [K in keyof SearchParams]?: SearchParams[K] | null };

/** The parameters of an address; what is as usual is not written. Changing anything but the page starts at page 1. */
export function searchText(from: Partial<SearchParams>, change: Change = {}): string {
  const next = { ...from, page: 1, ...change };
  const params = new URLSearchParams();
  for (const key of ["q", "kind", "sector", "province"] as const) {
    const value = next[key];
    if (value) params.set(key, value);
  }
  if (next.days) params.set("days", String(next.days));
  for (const name of TICKED_NAMES) for (const code of next[name] ?? []) params.append(name, code);
  if (next.sort === "price" || (next.q && next.sort === "newest")) params.set("sort", next.sort);
  if (next.page && next.page > 1) params.set("page", String(next.page));
  return params.toString();
}

/** Address of a search. */
export function searchHref(from: Partial<SearchParams>, change: Change = {}): string {
  const text = searchText(from, change);
  return text ? `/search?${text}` : "/search";
}
