import { displayName } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { calendarFrom, numberRuleAt } from "~/platform/rules.server";
import { addWorkingDays } from "~/platform/working-days";
import { mayWorkDeals } from "../policy";
import { dealSource, type SourceAsk } from "./deal-source.server";
import type { PreparedDeal } from "./views";

/**
 * What a new deal's form begins with. "gone": the link's meeting, introduction or case is not one a deal may come from, or
 * not of this office. Null for others than brokers.
 */
export async function prepareDeal(ctx: Ctx, from: SourceAsk): Promise<PreparedDeal | "gone" | null> {
  const { actor, db } = ctx;
  if (!mayWorkDeals(actor)) return null;
  const source = await dealSource(ctx, actor, from);
  if (source === "gone") return "gone";
  const { caseId, transferorId, transfereeId } = source;
  const organisations = await db.organisation.findMany({
    where: { id: { in: [transferorId, transfereeId].flatMap((id) => id ?? []) } },
    select: { id: true, nameVi: true, nameEn: true, anonymous: true },
  });
  const partyOf = (id: string | null) => {
    const found = organisations.find((row) => row.id === id);
    return found ? { id: found.id, name: displayName(found, ctx.locale) } : null;
  };
  const live = caseId
    ? await db.deal.findFirst({
        where: { caseId, officeId: actor.officeId, status: { in: ["active", "paused"] } },
        select: { id: true },
      })
    : null;
  const now = ctx.clock.now();
  const today = localDay(now);
  const rule = await numberRuleAt(db, "deal.nextAction.workingDays", now);
  return {
    origin: source.origin,
    caseId,
    introductionId: source.introductionId,
    meetingId: source.meetingId,
    title: source.title ?? "",
    transferor: partyOf(transferorId),
    transferee: partyOf(transfereeId),
    nextActionOn: addWorkingDays(today, rule.value, await calendarFrom(db, now)),
    today,
    existingId: live?.id ?? null,
  };
}
