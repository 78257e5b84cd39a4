import { isWorkingDay, type WorkingCalendar } from "~/platform/working-days";

const DAY_MS = 86_400_000;
const shift = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + by * DAY_MS).toISOString().slice(0, 10);

/** The day on which the reminder of `daysBefore` goes out: a day off moves it to the working day before, when it is read. */
export function reminderDay(meetingDay: string, daysBefore: number, calendar: WorkingCalendar): string {
  let day = shift(meetingDay, -daysBefore);
  // the longest holiday is far shorter; an odd calendar must not hang the sweep
  for (let guard = 0; guard < 31 && !isWorkingDay(day, calendar); guard++) day = shift(day, -1);
  return day;
}

export type ReminderFacts = {
  /** YYYY-MM-DD in Việt Nam */
  today: string;
  meetingDay: string;
  /** rule meeting.remindDaysBefore */
  daysBefore: readonly number[];
  /** the day on which the side last heard of its meeting: invited, or moved */
  toldOn: string;
  /** the day of the last reminder */
  remindedOn: string | null;
};

/**
 * Is a reminder due today? Of several steps that have come (a worker that was away) only the newest counts, each goes out
 * once, and none that would have come before or with the invitation itself.
 */
export function reminderDue(facts: ReminderFacts, calendar: WorkingCalendar): boolean {
  if (facts.today >= facts.meetingDay) return false;
  const come = facts.daysBefore
    .map((days) => reminderDay(facts.meetingDay, days, calendar))
    .filter((day) => day <= facts.today)
    .sort();
  const step = come.at(-1);
  return step !== undefined && step > facts.toldOn && (facts.remindedOn === null || facts.remindedOn < step);
}
