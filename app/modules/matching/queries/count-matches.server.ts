import { visibleTo } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { MATCH_THRESHOLD, VIEW_PER_OWNER } from "../domain/weights";

export type MatchCount = { count: number; newest: Date };

/**
 * How many suggestions the owner of each of these listings is shown by `matchesOf`: fitting, on the shelf, visible to
 * this reader, not dismissed, at most three undecided of one organisation. Listings without any are absent from the map.
 * The caller names listings that are its own.
 */
export async function countMatches(ctx: Ctx, listingIds: string[]): Promise<Map<string, MatchCount>> {
  const other = { AND: [{ state: "published" as const }, visibleTo(ctx.actor, ctx.clock.now())] };
  const decided = { decision: { not: "dismissed" as const } };
  const select = { computedAt: true, decision: true } as const;
  const fits = { OR: [{ score: { gte: MATCH_THRESHOLD } }, { decision: "shortlisted" as const }] };
  const [asNeed, asOffering] = await Promise.all([
    ctx.db.match.findMany({
      where: { needId: { in: listingIds }, offering: other, ...decided, ...fits },
      select: { ...select, needId: true, offering: { select: { organisationId: true } } },
    }),
    ctx.db.match.findMany({
      where: { offeringId: { in: listingIds }, need: other, ...decided, ...fits },
      select: { ...select, offeringId: true, need: { select: { organisationId: true } } },
    }),
  ]);
  const counts = new Map<string, MatchCount>();
  const perOwner = new Map<string, number>();
  for (const row of [
    ...asNeed.map((m) => ({ ...m, listingId: m.needId, owner: m.offering.organisationId })),
    ...asOffering.map((m) => ({ ...m, listingId: m.offeringId, owner: m.need.organisationId })),
  ]) {
    if (row.decision === "none" && row.owner !== null) {
      const key = `${row.listingId} ${row.owner}`;
      const held = perOwner.get(key) ?? 0;
      perOwner.set(key, held + 1);
      if (held >= VIEW_PER_OWNER) continue;
    }
    const so = counts.get(row.listingId);
    counts.set(row.listingId, {
      count: (so?.count ?? 0) + 1,
      newest: so && so.newest > row.computedAt ? so.newest : row.computedAt,
    });
  }
  return counts;
}
