import { PROVINCES } from "~/modules/accounts/schemas";

/** What the search page's address says, checked; what makes no sense is left out. */
export type SearchParams = {
  q: string;
  kind?: "need" | "offering";
  /** one field ("NNC") or sector ("NNC-01") */
  sector?: string;
  province?: string;
  sort: "relevance" | "newest";
  page: number;
};

const LONGEST_QUERY = 200;
const LAST_PAGE = 1000;

export function parseSearchParams(params: URLSearchParams): SearchParams {
  const q = (params.get("q") ?? "").normalize("NFC").trim().slice(0, LONGEST_QUERY);
  const kind = params.get("kind");
  const sector = params.get("sector");
  const province = params.get("province");
  const page = Number(params.get("page") ?? "1");
  return {
    q,
    ...(kind === "need" || kind === "offering" ? { kind } : {}),
    ...(sector && /^[A-Z]{3}(-\d\d)?$/.test(sector) ? { sector } : {}),
    ...(PROVINCES.some(({ code }) => code === province) ? { province: province ?? "" } : {}),
    // without words there is nothing to be relevant to
    sort: q && params.get("sort") !== "newest" ? "relevance" : "newest",
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
  };
}

/** Address of a search; what is as usual is not written. Changing anything but the page starts at page 1. */
export function searchHref(
  from: Partial<SearchParams>,
  change: { [K in keyof SearchParams]?: SearchParams[K] | null } = {},
): string {
  const next = { ...from, page: 1, ...change };
  const params = new URLSearchParams();
  for (const key of ["q", "kind", "sector", "province"] as const) {
    const value = next[key];
    if (value) params.set(key, value);
  }
  if (next.q && next.sort === "newest") params.set("sort", "newest");
  if (next.page && next.page > 1) params.set("page", String(next.page));
  const text = params.toString();
  return text ? `/search?${text}` : "/search";
}
