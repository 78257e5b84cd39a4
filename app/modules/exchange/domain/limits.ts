/** What one file may hold. A bigger one is still checked, so that its errors can be mended before it is divided. */
export const LARGEST_FILE = 8 * 1024 * 1024;
/** Listings that one file can enter: they become drafts in one transaction. */
export const MOST_ENTERED = 500;
/** Listings that one account may enter from files within 24 hours; what brokers enter for many organisations is not counted. */
export const MOST_A_DAY = 2_000;
/** Rows that are checked; a file with more is refused in words. */
export const MOST_CHECKED = 10_000;
/** Rows above the first listing: titles, notes, the head itself. */
export const MOST_HEAD_ROWS = 30;
/** Problems that are kept for the page; the error report holds all of them. */
export const MOST_KEPT_PROBLEMS = 1_000;
/** Problems that the page shows at once. */
export const MOST_SHOWN_PROBLEMS = 100;
/** Rows of an exported list. */
export const MOST_EXPORTED = 1_000;
