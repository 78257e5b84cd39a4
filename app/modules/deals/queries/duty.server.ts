import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { type Rule, ruleAt } from "~/platform/rules.server";
import { type DutyFacts, decideDuty, dutyTable, filingSide, missingFacts } from "../domain/registration-duty";
import type { DutyPreview } from "./views";

export const DUTY_RULE = "registration.duty";

/**
 * The duty to register by the rule in force on a day (the day of signing; YYYY-MM-DD), or the facts that are still unknown.
 * @throws Error when no rule is in force or its table cannot be read
 */
export async function dutyOn(db: Tx, day: string, facts: DutyFacts): Promise<DutyPreview> {
  const rule: Rule = await ruleAt(db, DUTY_RULE, dateOnly(day));
  const decided = decideDuty(dutyTable.parse(rule.value), facts);
  if (!decided) return { missing: missingFacts(facts) };
  const { duty, reason } = decided;
  return { answer: { duty, reason, ruleVersion: rule.version, source: rule.source, filedBy: filingSide(duty, facts) } };
}

/** Was there a version of the rule on that day (YYYY-MM-DD)? */
export async function hasDutyRule(db: Tx, day: string): Promise<boolean> {
  return (await db.ruleParameter.count({ where: { key: DUTY_RULE, validFrom: { lte: dateOnly(day) } } })) > 0;
}

/** What registration would be for these facts today; shown before signing. */
export async function previewDuty(ctx: Ctx, facts: DutyFacts): Promise<DutyPreview> {
  return dutyOn(ctx.db, localDay(ctx.clock.now()), facts);
}
