import { changedAt, type ListingCard } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { type SearchInput, searchListings } from "./search-listings.server";

export type FeedEntry = ListingCard & { reference: string; publishedAt: Date; changedAt: Date };

/** The newest listings of a search as anybody may see them, whoever asks: feeds are read without signing in and passed on. */
export async function searchFeed(ctx: Ctx, input: SearchInput): Promise<FeedEntry[]> {
  const anybody: Ctx = { ...ctx, actor: { kind: "anonymous" } };
  const { cards } = await searchListings(anybody, { ...input, sort: "newest", page: 1 });
  const changed = await changedAt(
    anybody,
    cards.map(({ id }) => id),
  );
  return cards.flatMap((card) => {
    const at = changed.get(card.id);
    return at && card.reference && card.publishedAt
      ? [{ ...card, reference: card.reference, publishedAt: card.publishedAt, changedAt: at }]
      : [];
  });
}
