/** Counts how often pages are opened, by day. Nothing about who opened them is kept. */
export interface ViewsPort {
  /** Notes one more; written later, many at a time. `day` is YYYY-MM-DD. */
  count(listingId: string, day: string): void;
  /** Writes what was noted since the last time. @returns how many rows were touched */
  flush(): Promise<number>;
}
