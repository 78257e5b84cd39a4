import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";

const LATELY_DAYS = 30;
const DAY_MS = 86_400_000;

export type ViewCounts = { all: number; lately: number };

/** How often the page of a listing was opened, in all and in the last 30 days. The caller has asked who may know. */
export async function viewCounts(ctx: Ctx, listingId: string): Promise<ViewCounts> {
  const since = new Date(dateOnly(localDay(ctx.clock.now())).getTime() - (LATELY_DAYS - 1) * DAY_MS);
  const [all, lately] = await Promise.all([
    ctx.db.listingViewDay.aggregate({ where: { listingId }, _sum: { views: true } }),
    ctx.db.listingViewDay.aggregate({ where: { listingId, day: { gte: since } }, _sum: { views: true } }),
  ]);
  return { all: all._sum.views ?? 0, lately: lately._sum.views ?? 0 };
}
