import type { MailMode } from "~/generated/prisma/enums";
import { type ListingCard, listCards } from "~/modules/listings/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { type Asked, askedSchema } from "../schemas";

export type SavedSearchView = {
  id: string;
  name: string;
  mode: MailMode;
  asked: Asked;
  createdAt: Date;
  /** its last alert */
  toldAt: Date | null;
  /** the next alert, when something waits to be told */
  tellAt: Date | null;
};
type Row = Omit<SavedSearchView, "asked"> & { asked: unknown };

const SELECT = { id: true, name: true, mode: true, asked: true, createdAt: true, toldAt: true, tellAt: true } as const;
const viewOf = ({ asked, ...row }: Row): SavedSearchView => ({ ...row, asked: askedSchema.parse(asked) });

/** The searches this person keeps, newest first. */
export async function savedSearches(ctx: Ctx): Promise<SavedSearchView[]> {
  if (!isPerson(ctx.actor)) return [];
  const rows = await ctx.db.savedSearch.findMany({
    where: { personId: ctx.actor.personId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: SELECT,
  });
  return rows.map(viewOf);
}

const SHOWN = 50;
export type FoundListing = { card: ListingCard; foundAt: Date };

/** One of this person's searches with what its alerts told of lately, as far as it may still be seen. Null when absent or not theirs. */
export async function viewSavedSearch(
  ctx: Ctx,
  id: string,
): Promise<{ search: SavedSearchView; found: FoundListing[] } | null> {
  if (!isPerson(ctx.actor) || !isId(id)) return null;
  const row = await ctx.db.savedSearch.findFirst({ where: { id, personId: ctx.actor.personId }, select: SELECT });
  if (!row) return null;
  const hits = await ctx.db.savedSearchHit.findMany({
    where: { searchId: id, toldAt: { not: null } },
    orderBy: [{ toldAt: "desc" }, { foundAt: "desc" }, { listingId: "desc" }],
    take: SHOWN,
    select: { listingId: true, foundAt: true },
  });
  const cards = await listCards(
    ctx,
    hits.map(({ listingId }) => listingId),
  );
  const foundAt = new Map(hits.map((hit) => [hit.listingId, hit.foundAt]));
  const shown = cards.filter(({ state, unconfirmedAt }) => state === "published" && !unconfirmedAt);
  return {
    search: viewOf(row),
    found: shown.map((card) => ({ card, foundAt: foundAt.get(card.id) ?? row.createdAt })),
  };
}
