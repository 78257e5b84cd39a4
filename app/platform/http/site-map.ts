/** A site map may name 50,000 addresses (sitemaps.org). */
export const LISTINGS_PER_MAP = 40_000;
