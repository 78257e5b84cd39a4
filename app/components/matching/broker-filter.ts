export const BROKER_KINDS = ["need", "offering"] as const;
export const BROKER_STATES = ["published", "expired", "withdrawn"] as const;
export const BROKER_SUGGESTIONS = ["undecided", "none"] as const;

const oneOf = <T extends string>(list: readonly T[], value: string | null): T | undefined =>
  list.find((one) => one === value);

/** What the address of the brokers' list says, checked; what makes no sense is left out. */
export function parseBrokerFilter(query: URLSearchParams) {
  return {
    kind: oneOf(BROKER_KINDS, query.get("kind")),
    state: oneOf(BROKER_STATES, query.get("state")),
    suggestions: oneOf(BROKER_SUGGESTIONS, query.get("suggestions")),
  };
}
export type BrokerFilter = ReturnType<typeof parseBrokerFilter>;

/** The filter as part of an address; empty without one. */
export function brokerFilterText(
  filter: { [K in keyof BrokerFilter]?: BrokerFilter[K] | undefined },
  page = 1,
): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter((pair): pair is [string, NonNullable<(typeof pair)[1]>] => Boolean(pair[1])),
  );
  if (page > 1) query.set("page", String(page));
  return query.toString();
}
