import type { AnswerState } from "~/generated/prisma/enums";
import { type WorkingCalendar, workingDaysBetween } from "~/platform/working-days";

export type SweepFacts = {
  /** YYYY-MM-DD in Việt Nam */
  today: string;
  /** the last day on which an answer counts */
  replyBy: string;
  /** how many working days before `replyBy` the reminder goes out */
  remindBefore: number;
  sides: readonly { state: AnswerState; reminded: boolean }[];
  escalated: boolean;
};

/**
 * What the clock asks for today: one step at most, the latest that applies, so that a worker that was away for weeks
 * expires what ran out and sends no pile of reminders about it.
 */
export function sweepStep(facts: SweepFacts, calendar: WorkingCalendar): "remind" | "escalate" | "expire" | null {
  if (facts.today > facts.replyBy) return "expire";
  if (facts.today === facts.replyBy) return facts.escalated ? null : "escalate";
  const unanswered = facts.sides.some((side) => side.state === "asked" && !side.reminded);
  return unanswered && workingDaysBetween(facts.today, facts.replyBy, calendar) <= facts.remindBefore ? "remind" : null;
}
