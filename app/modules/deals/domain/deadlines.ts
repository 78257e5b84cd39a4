import { addDays } from "~/platform/reminder-steps";
import { addWorkingDays, type WorkingCalendar } from "~/platform/working-days";

const DAY_MS = 86_400_000;

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
