import { personActor } from "~/modules/accounts/index.server";
import { listCards } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { RelayedEvent } from "~/platform/subscriptions";
import { type Facts, NO_FACTS } from "../domain/facts";

/** Titles named in one alert; the rest is counted. */
const NAMED = 3;

/**
 * What a saved search found, for its owner: only what they may see when they are told. Titles are named of listings that are
 * open to everybody; of others a notice that is read later must not tell.
 */
export async function ofSearchAlert(ctx: Ctx, event: RelayedEvent): Promise<Facts | null> {
  const hits = await ctx.db.savedSearchHit.findMany({
    where: { batchId: event.subjectId },
    orderBy: [{ foundAt: "desc" }, { listingId: "desc" }],
    select: { listingId: true, search: { select: { id: true, name: true, mode: true, personId: true } } },
  });
  const search = hits[0]?.search;
  // turned off or deleted since: no news
  if (!search || search.mode === "off") return null;
  const [actor, person] = await Promise.all([
    personActor(ctx, search.personId),
    ctx.db.person.findUnique({ where: { id: search.personId }, select: { locale: true } }),
  ]);
  const cards = await listCards(
    { ...ctx, actor, locale: person?.locale ?? ctx.locale },
    hits.map(({ listingId }) => listingId),
  );
  const shown = cards.filter(({ state, unconfirmedAt }) => state === "published" && !unconfirmedAt);
  if (shown.length === 0) return null;
  const titles = shown
    .filter(({ visibility }) => visibility === "public" || visibility === "blind")
    .slice(0, NAMED)
    .map(({ title }) => `“${title}”`);
  return {
    ...NO_FACTS,
    personId: search.personId,
    searchId: search.id,
    words: () => ({ search: search.name, count: String(shown.length), titles: titles.join("; ") }),
  };
}
