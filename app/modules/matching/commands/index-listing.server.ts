import { loadSearchDocument, streamSearchDocuments } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { openCorpus } from "../queries/corpus.server";
import { keepTerms } from "./count-corpus.server";

/** Brings one listing's entry in the index up to date: its document, or a tombstone. Safe to run late and twice (row version). */
export async function indexListing(ctx: Ctx, listingId: string): Promise<void> {
  const entry = await loadSearchDocument(ctx.db, listingId);
  if (entry === null) return;
  if ("removed" in entry) await ctx.search.remove([{ id: entry.id, rowVersion: entry.rowVersion }]);
  else await ctx.search.upsert([entry]);
  // a large corpus finds its candidates by their terms
  if ((await openCorpus(ctx)).large) await keepTerms(ctx, [listingId]);
}

/** Builds a fresh index from all published listings and swaps it in; what is published meanwhile is not lost. */
export function rebuildIndex(ctx: Ctx): Promise<{ indexed: number }> {
  return ctx.search.rebuild(streamSearchDocuments(ctx.db));
}
