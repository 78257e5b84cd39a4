/**
 * One thing that waits for somebody. `key` names its sentence in the `home` namespace (`waiting.<key>`), `params` fill it.
 * `who` says whose move it is: an enterprise always sees who has its matter.
 */
export type WaitingItem = {
  id: string;
  key: string;
  params: Record<string, string | number>;
  to: string;
  who: "you" | "broker" | "colleague";
  since: Date;
  /** the date by which the next step is due; null when no rule sets one */
  dueOn: Date | null;
};

/** Overdue and dated things first (earliest date first), then the rest, longest waiting first. */
export function byUrgency(a: WaitingItem, b: WaitingItem): number {
  if (a.dueOn && b.dueOn) return a.dueOn.getTime() - b.dueOn.getTime() || a.since.getTime() - b.since.getTime();
  if (a.dueOn || b.dueOn) return a.dueOn ? -1 : 1;
  return a.since.getTime() - b.since.getTime();
}

/** Whole days between two moments' calendar days; negative when `to` lies before `from`. */
export function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Math.floor((date.getTime() + 7 * 3_600_000) / 86_400_000);
  return day(to) - day(from);
}
