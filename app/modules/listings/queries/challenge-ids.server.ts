import type { Ctx } from "~/platform/context";
import { onShelf } from "../policy";

/** Most that a page holds. */
const MOST = 200;

export type ChallengeFacts = { id: string; officeId: string; since: Date; neededBy: Date | null };

/** The province's challenges that everybody may read, the newest first. */
export async function challengeFacts(ctx: Ctx): Promise<ChallengeFacts[]> {
  const rows = await ctx.db.listing.findMany({
    where: {
      AND: [onShelf(ctx.clock.now()), { challengeSince: { not: null }, visibility: "public", kind: "need" }],
    },
    orderBy: [{ challengeSince: "desc" }, { id: "desc" }],
    take: MOST,
    select: { id: true, officeId: true, challengeSince: true, publishedVersion: { select: { neededBy: true } } },
  });
  return rows.flatMap(({ id, officeId, challengeSince, publishedVersion }) =>
    challengeSince ? [{ id, officeId, since: challengeSince, neededBy: publishedVersion?.neededBy ?? null }] : [],
  );
}
