import type { Ctx } from "~/platform/context";
import { queryTokens } from "~/platform/search/tokens";
import { type SearchInput, searchFilter } from "./search-listings.server";

/** Filters one can let go of, in the order in which they are proposed. */
const LOOSENABLE = ["days", "marks", "prices", "rights", "forms", "ip", "trl", "province", "sectors", "kind"] as const;
export type Loosenable = (typeof LOOSENABLE)[number];
/** A search close to one that found nothing, and how much it finds. */
export type NearSearch =
  | { drop: "filter"; filter: Loosenable; total: number; capped: boolean }
  | { drop: "filters"; total: number; capped: boolean }
  /** `unfiltered`: the filters had to go too */
  | { drop: "word"; word: string; q: string; unfiltered: boolean; total: number; capped: boolean };

const MOST_SHOWN = 4;
const MOST_WORDS = 6;

/** The words as typed, each once: what is left out is named the way its author wrote it. */
function wordsOf(q: string): string[] {
  const seen = new Set<string>();
  return q.split(/\s+/).filter((word) => {
    const key = queryTokens(word, 4)
      .map(({ folded }) => folded)
      .join(" ");
    return key !== "" && !seen.has(key) && seen.add(key);
  });
}

/**
 * For a search that found nothing: the same without one of its filters, without all of them, or without one
 * of its words; what finds most first.
 */
export async function nearSearches(ctx: Ctx, input: SearchInput): Promise<NearSearch[]> {
  const count = async (changed: SearchInput) => {
    const { total, capped, loose } = await ctx.search.search({
      text: changed.q,
      filter: await searchFilter(ctx, changed),
      sort: "newest",
      offset: 0,
      limit: 1,
    });
    // without a word the rest must be found as it stands, or the proposal would say more than it holds
    return { total: loose ? 0 : total, capped };
  };
  const inForce = LOOSENABLE.filter((filter) => {
    const value = input[filter];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  const words = wordsOf(input.q);
  const without = words.length > 1 && words.length <= MOST_WORDS ? words : [];
  const open: SearchInput = { q: input.q, sort: input.sort, page: 1 };
  const withoutWord = async (word: string): Promise<NearSearch> => {
    const q = words.filter((other) => other !== word).join(" ");
    const narrow = await count({ ...input, q });
    if (narrow.total > 0 || inForce.length === 0) return { drop: "word", word, q, unfiltered: false, ...narrow };
    return { drop: "word", word, q, unfiltered: true, ...(await count({ ...open, q })) };
  };
  const found = await Promise.all([
    ...inForce.map(
      async (filter): Promise<NearSearch> => ({
        drop: "filter",
        filter,
        ...(await count({ ...input, [filter]: undefined })),
      }),
    ),
    ...(inForce.length > 1 ? [count(open).then((all): NearSearch => ({ drop: "filters", ...all }))] : []),
    ...without.map(withoutWord),
  ]);
  return found
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
    .slice(0, MOST_SHOWN);
}
