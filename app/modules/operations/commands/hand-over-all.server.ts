import { handOverCasesOf } from "~/modules/brokering/index.server";
import { handOverDealsOf } from "~/modules/deals/index.server";
import { handOverSessionsOf } from "~/modules/sessions/index.server";
import type { Ctx } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import { mayOperate } from "../policy";
import type { HandOverAllInput } from "../schemas";

export type HandedOver = { cases: number; sessions: number; deals: number };

/**
 * Gives everything open that somebody has to another broker: cases, sessions, deals, with their deadlines. Each is a
 * transaction of its own; what a crash leaves is found again by pressing again. Administrators only.
 * Failures: common:notFound, common:invalid.
 */
export async function handOverAll(ctx: Ctx, input: HandOverAllInput): Promise<Result<HandedOver>> {
  if (!mayOperate(ctx.actor)) return fail("common:notFound");
  const cases = await handOverCasesOf(ctx, input);
  if (!cases.ok) return cases;
  const sessions = await handOverSessionsOf(ctx, input);
  if (!sessions.ok) return sessions;
  const deals = await handOverDealsOf(ctx, input);
  if (!deals.ok) return deals;
  return ok({ cases: cases.value, sessions: sessions.value, deals: deals.value });
}
