const DAY_MS = 86_400_000;

/** A day so many calendar days later (or earlier), YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
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
