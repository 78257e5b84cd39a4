export type Interval = { startsAt: Date; endsAt: Date };
export type Slot = Interval & { tableNumber: number | null };

export type SlotFacts = Interval & {
  slotMinutes: number;
  /** tables in the room, numbered from 1 */
  tables: number;
  /** the session has an online link: a meeting may do without a table */
  online: boolean;
  /** meetings of the session that are not cancelled */
  taken: readonly (Interval & { tableNumber: number | null })[];
  /** when one of the two organisations sits in some meeting, whatever the session */
  busy: readonly Interval[];
  now: Date;
};

const MINUTE = 60_000;
const STEP = 5 * MINUTE;

/** Half-open intervals: one may begin when the other ends, as the database's exclusion constraint says. */
export const overlaps = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/**
 * The first free time of `slotMinutes` inside the session, clear of `blocked` and not in the past; null when there is none.
 * It begins with the session, now (rounded up to five minutes), or where something blocked ends: no other time can be first.
 */
export function firstFree(
  session: Interval & { slotMinutes: number },
  blocked: readonly Interval[],
  now: Date,
): Interval | null {
  const soonest = new Date(Math.ceil(now.getTime() / STEP) * STEP);
  const from = session.startsAt > soonest ? session.startsAt : soonest;
  const starts = [from, ...blocked.map((one) => one.endsAt).filter((end) => end > from)].sort(
    (a, b) => a.getTime() - b.getTime(),
  );
  for (const startsAt of starts) {
    const slot = { startsAt, endsAt: new Date(startsAt.getTime() + session.slotMinutes * MINUTE) };
    if (slot.endsAt > session.endsAt) return null;
    if (!blocked.some((one) => overlaps(one, slot))) return slot;
  }
  return null;
}

/** The first free time at each table, and online where there is a link; earliest first, of the same time the lower table. */
export function freeSlots(facts: SlotFacts): Slot[] {
  const places: (number | null)[] = Array.from({ length: facts.tables }, (_, index) => index + 1);
  if (facts.online) places.push(null);
  return places
    .flatMap((tableNumber): Slot[] => {
      const atTable = tableNumber === null ? [] : facts.taken.filter((one) => one.tableNumber === tableNumber);
      const free = firstFree(facts, [...facts.busy, ...atTable], facts.now);
      return free ? [{ tableNumber, ...free }] : [];
    })
    .sort(
      (a, b) =>
        a.startsAt.getTime() - b.startsAt.getTime() ||
        (a.tableNumber ?? Number.POSITIVE_INFINITY) - (b.tableNumber ?? Number.POSITIVE_INFINITY),
    );
}
