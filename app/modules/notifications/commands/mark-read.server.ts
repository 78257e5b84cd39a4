import { type Ctx, isPerson } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import { signal } from "~/platform/signal.server";

/**
 * Marks one of the actor's notices, or all of them, as read. Reading twice changes nothing; another person's notice is
 * "notFound". No audit row: what one has read is nobody's business.
 */
export async function markRead(
  ctx: Ctx,
  input: { id: string } | { all: true },
): Promise<Result<{ path: string | null }>> {
  if (!isPerson(ctx.actor)) return fail("notFound");
  const mine = { personId: ctx.actor.personId };
  const readAt = ctx.clock.now();
  if ("all" in input) {
    await ctx.db.notice.updateMany({ where: { ...mine, readAt: null }, data: { readAt } });
    // other tabs and devices of the same person
    await signal(ctx.db, "notices", [mine.personId]);
    return ok({ path: null });
  }
  const notice = await ctx.db.notice.findFirst({ where: { ...mine, id: input.id }, select: { params: true } });
  if (!notice) return fail("notFound");
  const read = await ctx.db.notice.updateMany({ where: { ...mine, id: input.id, readAt: null }, data: { readAt } });
  if (read.count > 0) await signal(ctx.db, "notices", [mine.personId]);
  const { params } = notice;
  const path = typeof params === "object" && params !== null && "path" in params ? params.path : null;
  return ok({ path: typeof path === "string" && path.startsWith("/") && !path.startsWith("//") ? path : null });
}
