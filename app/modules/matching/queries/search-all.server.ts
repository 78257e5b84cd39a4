import { type ListingCard, listCards } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { type SearchInput, searchFilter } from "./search-listings.server";

/** How many cards are loaded in one statement. */
const BATCH = 250;

/** All that a search finds up to `most`, in the order of the page and by the same rules: what the reader may not see is dropped. */
export async function searchAll(
  ctx: Ctx,
  input: Omit<SearchInput, "page">,
  most: number,
): Promise<{ cards: ListingCard[]; total: number }> {
  const found = await ctx.search.search({
    text: input.q,
    filter: await searchFilter(ctx, input),
    sort: input.sort,
    freshSince: {},
    offset: 0,
    limit: most,
  });
  const cards: ListingCard[] = [];
  for (let at = 0; at < found.hits.length; at += BATCH)
    cards.push(
      ...(await listCards(
        ctx,
        found.hits.slice(at, at + BATCH).map(({ id }) => id),
      )),
    );
  return { cards, total: found.total };
}
