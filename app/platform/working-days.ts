/** Days that differ from "Monday to Friday work": public holidays (false) and make-up working Saturdays (true), by YYYY-MM-DD. */
export type WorkingCalendar = ReadonlyMap<string, boolean>;

const DAY_MS = 86_400_000;
const time = (day: string) => Date.parse(`${day}T00:00:00.000Z`);
const text = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Is this a working day? Monday to Friday unless the calendar says otherwise. */
export function isWorkingDay(day: string, calendar: WorkingCalendar): boolean {
  const weekday = new Date(time(day)).getUTCDay();
  return calendar.get(day) ?? (weekday !== 0 && weekday !== 6);
}

/**
 * The n-th working day after `day`; the day itself does not count (Civil Code 91/2015/QH13, Articles 147–148: a period
 * begins on the following day, and a last day that is a day off moves to the next working day). n = 0: `day`, or the
 * first working day after it when it is a day off.
 * @param day YYYY-MM-DD
 */
export function addWorkingDays(day: string, n: number, calendar: WorkingCalendar): string {
  if (!Number.isInteger(n) || n < 0) throw new RangeError("n must be a whole number of days, 0 or more");
  let at = time(day);
  if (n === 0) {
    while (!isWorkingDay(text(at), calendar)) at += DAY_MS;
    return text(at);
  }
  for (let left = n; left > 0; ) {
    at += DAY_MS;
    if (isWorkingDay(text(at), calendar)) left--;
  }
  return text(at);
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: string, to: string, calendar: WorkingCalendar): number {
  let count = 0;
  for (let at = time(from) + DAY_MS; at <= time(to); at += DAY_MS) if (isWorkingDay(text(at), calendar)) count++;
  return count;
}
