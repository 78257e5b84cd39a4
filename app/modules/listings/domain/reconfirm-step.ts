import { addDays, reminderStep } from "~/platform/reminder-steps";

export type ReconfirmFacts = {
  /** YYYY-MM-DD in Việt Nam */
  today: string;
  /** the day on which its owner is to be asked */
  dueOn: string;
  /** the day of the last question or reminder of this round */
  remindedOn: string | null;
  /** rule listing.reconfirmRemindDays: question and reminders, days after `dueOn` */
  remindDays: readonly number[];
  /** rule listing.reconfirmHideDays: days between the last reminder and hiding */
  hideDays: number;
};

/**
 * What the clock asks for today. Nobody is hidden without having had the last reminder: after a pause of months the newest
 * reminder goes out alone, and the days until hiding count from the day it did.
 */
export function reconfirmStep(facts: ReconfirmFacts): "ask" | "remind" | "hide" | null {
  const { today, dueOn, remindedOn, remindDays, hideDays } = facts;
  const step = reminderStep(dueOn, remindDays, today, remindedOn);
  if (step !== null) return remindedOn === null ? "ask" : "remind";
  const last = addDays(dueOn, Math.max(...remindDays));
  const warned = remindedOn !== null && remindedOn >= last;
  return warned && today >= addDays(remindedOn, hideDays) ? "hide" : null;
}
