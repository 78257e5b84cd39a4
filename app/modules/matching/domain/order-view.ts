/** What the order of a page goes by. */
export type Suggestion = { score: number; owner: string | null; crossSector: boolean };

/** Places a reader sees without looking for more. */
const IN_SIGHT = 10;
/** Answers of another sector that are marked, and kept in sight. */
const MOST_CROSS = 2;

/**
 * Orders fitting suggestions, best first: one organisation holds at most `perOwner` places, and the two best answers from another
 * sector are marked and stand among the first ten, since a wrong or narrow sector must not hide them.
 * @param suggestions best first
 */
export function orderView<T extends Suggestion>(
  suggestions: readonly T[],
  perOwner: number,
): { shown: (T & { marked: boolean })[]; capped: number } {
  const held = new Map<string, number>();
  const open = suggestions.filter(({ owner }) => {
    if (owner === null) return true;
    const places = (held.get(owner) ?? 0) + 1;
    held.set(owner, places);
    return places <= perOwner;
  });
  const marked = new Set(open.filter(({ crossSector }) => crossSector).slice(0, MOST_CROSS));
  const late = [...marked].filter((one) => open.indexOf(one) >= IN_SIGHT);
  const rest = open.filter((one) => !late.includes(one));
  const order = [...rest.slice(0, IN_SIGHT - late.length), ...late, ...rest.slice(IN_SIGHT - late.length)];
  return { shown: order.map((one) => ({ ...one, marked: marked.has(one) })), capped: suggestions.length - open.length };
}
