import { addWorkingDays, type WorkingCalendar } from "~/platform/working-days";

const DAY_MS = 86_400_000;

/** A day so many calendar days later (or earlier), YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS);
}

/**
 * The last day for handing in the registration: so many calendar days after signing (the day of signing does not count);
 * when that is a day off, the next working day (Bộ luật Dân sự 91/2015/QH13 Điều 147–148).
 */
export function registrationDeadline(
  signedOn: string,
  days: number,
  calendar: WorkingCalendar,
): { lastDay: string; dueOn: string } {
  const lastDay = addDays(signedOn, days);
  return { lastDay, dueOn: addWorkingDays(lastDay, 0, calendar) };
}

/**
 * The reminder that is due today: the newest step that has come (`offsets` in days around the deadline) unless somebody was
 * reminded on or after its day. After a pause of weeks one reminder goes out, not one per step missed.
 * @returns the offset, or null when there is nothing to say
 */
export function reminderStep(
  dueOn: string,
  offsets: readonly number[],
  today: string,
  remindedOn: string | null,
): number | null {
  const come = offsets.filter((offset) => addDays(dueOn, offset) <= today);
  if (come.length === 0) return null;
  const newest = Math.max(...come);
  return remindedOn !== null && remindedOn >= addDays(dueOn, newest) ? null : newest;
}
