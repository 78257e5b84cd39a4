import type { Prisma } from "~/generated/prisma/client";
import type { ListingState } from "~/generated/prisma/enums";
import { type ListingCard, listCards } from "~/modules/listings/index.server";
import { type Ctx, hasGrant } from "~/platform/context";
import { MATCH_THRESHOLD } from "../domain/weights";

const PAGE_SIZE = 25;

/** undecided: fitting matches nobody decided on; none: published, computed, and nothing fits */
export type MatchFilter = "undecided" | "none";
export type BrokerListingsInput = {
  kind?: "need" | "offering";
  state?: ListingState;
  matches?: MatchFilter;
  page: number;
  /** rows of a page; 25 on screen */
  size?: number;
};
export type BrokerListingRow = {
  card: ListingCard;
  fitting: number;
  undecided: number;
  shortlisted: number;
  best: number | null;
  computed: boolean;
};

/** All listings of the office that were ever published, newest first, with how their matches stand. Null for anybody who is no broker. */
export async function brokerListings(
  ctx: Ctx,
  input: BrokerListingsInput,
): Promise<{ rows: BrokerListingRow[]; total: number; page: number; pages: number } | null> {
  const { actor, db } = ctx;
  if (!hasGrant(actor, "broker")) return null;
  const waiting: Prisma.MatchWhereInput = { decision: "none", score: { gte: MATCH_THRESHOLD } };
  const published = { state: "published" as const };
  const where: Prisma.ListingWhereInput = {
    officeId: actor.officeId,
    publishedVersionId: { not: null },
    ...(input.kind ? { kind: input.kind } : {}),
    ...(input.state ? { state: input.state } : {}),
    ...(input.matches === "undecided"
      ? {
          ...published,
          OR: [
            { asNeed: { some: { ...waiting, offering: published } } },
            { asOffering: { some: { ...waiting, need: published } } },
          ],
        }
      : {}),
    ...(input.matches === "none"
      ? {
          ...published,
          matchRuns: { some: {} },
          asNeed: { none: { score: { gte: MATCH_THRESHOLD } } },
          asOffering: { none: { score: { gte: MATCH_THRESHOLD } } },
        }
      : {}),
  };
  const page = Math.max(1, input.page);
  const size = input.size ?? PAGE_SIZE;
  const [total, found] = await Promise.all([
    db.listing.count({ where }),
    db.listing.findMany({
      where,
      orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * size,
      take: size,
      select: { id: true, matchRuns: { select: { listingId: true } } },
    }),
  ]);
  const ids = found.map((row) => row.id);
  const [cards, figures] = await Promise.all([listCards(ctx, ids), figuresOf(ctx, ids)]);
  const computed = new Set(found.filter((row) => row.matchRuns.length > 0).map((row) => row.id));
  const rows = cards.map((card) => ({
    card,
    computed: computed.has(card.id),
    ...(figures.get(card.id) ?? { fitting: 0, undecided: 0, shortlisted: 0, best: null }),
  }));
  return { rows, total, page, pages: Math.ceil(total / size) };
}

type Figures = Omit<BrokerListingRow, "card" | "computed">;

/** Match figures of these listings in one statement; only pairs whose two sides are published count. */
async function figuresOf(ctx: Ctx, ids: string[]): Promise<Map<string, Figures>> {
  const rows = await ctx.db.$queryRaw<(Figures & { id: string })[]>`
    SELECT l.id, count(*) FILTER (WHERE m.score >= ${MATCH_THRESHOLD} AND m.decision <> 'dismissed')::int AS fitting,
      count(*) FILTER (WHERE m.score >= ${MATCH_THRESHOLD} AND m.decision = 'none')::int AS undecided,
      count(*) FILTER (WHERE m.decision = 'shortlisted')::int AS shortlisted, max(m.score) AS best
    FROM listing l
    JOIN match m ON m.need_id = l.id OR m.offering_id = l.id
    JOIN listing o ON o.id = CASE WHEN m.need_id = l.id THEN m.offering_id ELSE m.need_id END AND o.state = 'published'
    WHERE l.id = ANY(${ids}::uuid[])
    GROUP BY l.id`;
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}
