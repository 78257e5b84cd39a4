import {
  currentSectors,
  type ListingCard,
  listCards,
  listingTexts,
  searchableVisibilities,
} from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { SearchAnswer, SearchFilter, SearchRequest } from "~/platform/ports/search";
import { excerpt, isMarked, type Marked, mark } from "~/platform/search/highlight";

export const PAGE_SIZE = 20;

export type SearchInput = {
  q: string;
  kind?: "need" | "offering";
  sectors?: string[];
  province?: string;
  trl?: string[];
  ip?: string[];
  prices?: string[];
  forms?: string[];
  rights?: string[];
  marks?: string[];
  /** published in the last so many days, today included */
  days?: number;
  sort: SearchRequest["sort"];
  page: number;
};
/** What was looked for, marked in title and summary; `text` is where else it stands when it is in neither. */
export type Marks = { title: Marked; summary: Marked | null; text: Marked | null };
export type SearchPage = {
  cards: ListingCard[];
  /** by listing id; none while nothing is typed */
  marks: Record<string, Marks>;
  total: number;
  /** more was found than is counted */
  capped: boolean;
  /** not all words were found, or words spelt alike were */
  loose: boolean;
  page: number;
  pages: number;
  facets: SearchAnswer["facets"];
};

/** Days that results are counted and filtered by. */
export const FRESH_DAYS = [7, 30, 90] as const;
const DAY = 86_400_000;

/** Midnight in Vietnam so many days ago, today being one of them. */
const sinceDays = (ctx: Ctx, days: number): number =>
  dateOnly(localDay(ctx.clock.now())).getTime() - 7 * 3_600_000 - (days - 1) * DAY;

/** What the index is asked, with the visibilities this reader may search in. A merged sector finds what stands in the other one now. */
export async function searchFilter(ctx: Ctx, input: Omit<SearchInput, "q" | "sort" | "page">): Promise<SearchFilter> {
  const { days, kind, province, trl, ip, prices, forms, rights, marks } = input;
  const sectors = input.sectors?.length ? await currentSectors(ctx, input.sectors) : [];
  return {
    visibilities: searchableVisibilities(ctx.actor),
    ...(kind ? { kind } : {}),
    ...(province ? { province } : {}),
    ...Object.fromEntries(
      Object.entries({ sectors, trl, ip, prices, forms, rights, marks }).filter(([, codes]) => codes?.length),
    ),
    ...(days ? { since: sinceDays(ctx, days) } : {}),
  };
}

async function marksOf(ctx: Ctx, cards: ListingCard[], q: string): Promise<SearchPage["marks"]> {
  const own = cards.map(({ id, title, summary }) => ({
    id,
    title: mark(title, q),
    summary: summary ? mark(summary, q) : null,
  }));
  const silent = own.filter(({ title, summary }) => !isMarked(title) && !(summary && isMarked(summary)));
  const texts = await listingTexts(
    ctx,
    silent.map(({ id }) => id),
  );
  return Object.fromEntries(
    own.map(({ id, title, summary }) => {
      const text = texts.get(id);
      return [id, { title, summary, text: text ? excerpt(text, q) : null }];
    }),
  );
}

/** A page of listings this reader may see. The index finds, `visibleTo` decides: what the reader may not see is dropped. */
export async function searchListings(ctx: Ctx, input: SearchInput): Promise<SearchPage> {
  const page = Math.max(1, Math.trunc(input.page) || 1);
  const found = await ctx.search.search({
    text: input.q,
    filter: await searchFilter(ctx, input),
    sort: input.sort,
    freshSince: Object.fromEntries(FRESH_DAYS.map((days) => [String(days), sinceDays(ctx, days)])),
    offset: (page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const cards = await listCards(
    ctx,
    found.hits.map((hit) => hit.id),
  );
  return {
    cards,
    marks: input.q.trim() ? await marksOf(ctx, cards, input.q) : {},
    total: found.total,
    capped: found.capped,
    loose: found.loose,
    page,
    pages: Math.ceil(found.total / PAGE_SIZE),
    facets: found.facets,
  };
}
