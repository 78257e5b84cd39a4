import { addWorkingDays, type WorkingCalendar } from "~/platform/working-days";

/** The day so many months later, YYYY-MM-DD; the last of the month where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * The days on which royalties are to be paid: counted from the first, so that one that moved does not move the others; a
 * day off becomes the next working day (Bộ luật Dân sự 91/2015/QH13 Điều 148).
 */
export function royaltyDates(
  plan: { firstOn: string; everyMonths: number; times: number },
  calendar: WorkingCalendar,
): string[] {
  return Array.from({ length: plan.times }, (_, at) =>
    addWorkingDays(addMonths(plan.firstOn, at * plan.everyMonths), 0, calendar),
  );
}
