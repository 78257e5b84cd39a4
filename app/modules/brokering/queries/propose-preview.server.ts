import type { Side } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { calendarFrom, numberRuleAt } from "~/platform/rules.server";
import { addWorkingDays } from "~/platform/working-days";
import { SIDES } from "../domain/introduction-states";
import { type CaseView, viewCase } from "./view-case.server";

export type ProposePreview = {
  case: CaseView;
  /** YYYY-MM-DD: the last day to answer when proposed today, and the rule behind it */
  replyBy: string;
  replyWorkingDays: number;
  /** questions each organisation has open now, and the most it may have */
  open: Record<Side, number>;
  max: number;
};

/** What a broker should know before asking both sides. Null when the case is not theirs to work on. */
export async function proposePreview(ctx: Ctx, caseId: string): Promise<ProposePreview | null> {
  const found = await viewCase(ctx, caseId);
  if (!found?.may.work) return null;
  const now = ctx.clock.now();
  const [rule, max, calendar] = await Promise.all([
    numberRuleAt(ctx.db, "introduction.replyWorkingDays", now),
    numberRuleAt(ctx.db, "introduction.maxOpenPerOrganisation", now),
    calendarFrom(ctx.db, now),
  ]);
  const counts = await Promise.all(
    SIDES.map((side) => {
      const party = found.parties.find((one) => one.side === side);
      return party
        ? ctx.db.introductionSide.count({
            where: { organisationId: party.organisation.id, state: "asked", introduction: { state: "proposed" } },
          })
        : 0;
    }),
  );
  return {
    case: found,
    replyBy: addWorkingDays(localDay(now), rule.value, calendar),
    replyWorkingDays: rule.value,
    max: max.value,
    open: { need: counts[0] ?? 0, offering: counts[1] ?? 0 },
  };
}
