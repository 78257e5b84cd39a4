import { compareLine, type MatchableListing } from "~/modules/listings/index.server";
import { measuring, openCorpus, readPublished } from "~/modules/matching/index.server";
import { seeded } from "../lib/random";
import type { ScratchExchange } from "../lib/scratch-exchange";

/** Ten matches are asked for. */
export const TOP = 10;
const BATCH = 200;

export type Need = { id: string; listing: MatchableListing; read: measuring.ReadListing };

/** Needs drawn from all, the same for a filled world and a seed. */
export async function drawNeeds(world: ScratchExchange, count: number, seed: number): Promise<Need[]> {
  const rows = await world.ctx.db.listing.findMany({
    where: { kind: "need", state: "published" },
    select: { id: true },
    orderBy: { reference: "asc" },
  });
  const random = seeded(seed);
  const ids = Array.from({ length: count }, () => random.pick(rows).id);
  return (await readPublished(world.ctx, [...new Set(ids)])).map(({ listing, read }) => ({
    id: listing.id,
    listing,
    read,
  }));
}

/**
 * The ten best of every offering there is, for some needs at once: each offering is read once, weighed against all of them by the
 * product's own function, and forgotten.
 */
export async function rankAll(world: ScratchExchange, needs: readonly Need[]): Promise<Map<string, string[]>> {
  const { ctx } = world;
  const corpus = await openCorpus(ctx);
  const now = ctx.clock.now();
  const rules = await Promise.all(
    needs.map(async ({ read }) => ({ stats: await corpus.statsOf([read]), compareLine, now })),
  );
  const best = needs.map((): { id: string; score: number }[] => []);
  const before = (a: { id: string; score: number }, b: { id: string; score: number }) =>
    b.score - a.score || (a.id < b.id ? -1 : 1);
  const rows = await ctx.db.listing.findMany({
    where: { kind: "offering", state: "published" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (let at = 0; at < rows.length; at += BATCH) {
    const loaded = await readPublished(
      ctx,
      rows.slice(at, at + BATCH).map(({ id }) => id),
    );
    needs.forEach((need, place) => {
      const list = best[place];
      const rule = rules[place];
      if (!list || !rule) return;
      for (const { listing, read } of loaded) {
        if (listing.officeId !== need.listing.officeId) continue;
        if (listing.ownerKey !== null && listing.ownerKey === need.listing.ownerKey) continue;
        list.push({ id: listing.id, score: measuring.weighPair(need.read, read, rule).score });
      }
      list.sort(before).splice(TOP);
    });
  }
  return new Map(needs.map(({ id }, place) => [id, (best[place] ?? []).map((one) => one.id)]));
}
