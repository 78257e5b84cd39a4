/** Business time. Nothing reads Date.now() or the database's now() for a business fact. */
export interface ClockPort {
  now(): Date;
}
export const systemClock: ClockPort = { now: () => new Date() };

/** A clock that tests move by hand. */
export function fixedClock(start: Date): ClockPort & { set(date: Date): void; advanceDays(days: number): void } {
  let current = start;
  return {
    now: () => new Date(current),
    set: (date) => {
      current = date;
    },
    advanceDays: (days) => {
      current = new Date(current.getTime() + days * 86_400_000);
    },
  };
}

/** The calendar day in Asia/Ho_Chi_Minh (UTC+7, no daylight saving) as YYYY-MM-DD. */
export function localDay(date: Date): string {
  return new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** A `date` column's value for a YYYY-MM-DD day: Prisma carries dates as UTC midnight. */
export function dateOnly(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}
