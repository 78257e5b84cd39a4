/** What the order of a page goes by. */
export type Suggestion = { score: number; crossSector: boolean };

/** Places a reader sees without looking for more. */
const IN_SIGHT = 10;
/** Answers of another sector that are marked, and kept in sight. */
const MOST_CROSS = 2;

/**
 * The first of a list that hold to one rule: each owner has at most `perOwner` places, so that nobody fills a list alone.
 * @param list best first
 * @param ownerOf null for an unknown owner: each is their own
 */
export function limitOwners<T>(list: readonly T[], ownerOf: (one: T) => string | null, perOwner: number): T[] {
  const held = new Map<string, number>();
  return list.filter((one) => {
    const owner = ownerOf(one);
    if (owner === null) return true;
    const places = (held.get(owner) ?? 0) + 1;
    held.set(owner, places);
    return places <= perOwner;
  });
}

/**
 * Orders fitting suggestions, best first: the two best answers from another sector are marked and stand among the first ten, since
 * a wrong or narrow sector must not hide them.
 * @param suggestions best first
 */
export function orderView<T extends Suggestion>(suggestions: readonly T[]): (T & { marked: boolean })[] {
  const marked = new Set(suggestions.filter(({ crossSector }) => crossSector).slice(0, MOST_CROSS));
  const late = [...marked].filter((one) => suggestions.indexOf(one) >= IN_SIGHT);
  const rest = suggestions.filter((one) => !late.includes(one));
  const order = [...rest.slice(0, IN_SIGHT - late.length), ...late, ...rest.slice(IN_SIGHT - late.length)];
  return order.map((one) => ({ ...one, marked: marked.has(one) }));
}
