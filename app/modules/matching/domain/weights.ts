/**
 * The engine's numbers in one place. Raise ENGINE_VERSION with any change here or in how texts are read or scored:
 * matches of another version are computed anew, and old ones say which engine made them.
 */
export const ENGINE_VERSION = "1";

/**
 * Score (0–100) below which the page says that nothing fits yet. On the judged development needs it keeps 93 of the 120
 * relevant pairs; it does not recognise needs without any answer (docs/decisions/0011-matching-engine.md).
 */
export const MATCH_THRESHOLD = 40;

export const WEIGHTS = {
  /** how much a word counts by where it stands, on either side */
  field: { title: 2.5, summary: 1.5, keywords: 1.5, body: 1 },
  /** BM25: saturation of repeats in the offering, length normalisation, saturation of repeats in the need */
  k1: 1.2,
  b: 0.6,
  k3: 2,
  /** two syllables side by side are a word of their own in Vietnamese */
  bigram: 0.8,
  /** the same letters with other accents ("may" for "máy") where both sides write accents */
  otherAccents: 0.25,
  /** title against title, on top of the words */
  title: 0.2,
  /** a term found only in other words (the other language, a synonym) */
  concept: 2,
  /** shares of the words' strength on top of it: soft preferences, never filters */
  sector: { same: 0.6, field: 0.3, related: 0.1 },
  line: { meets: 0.12, near: 0.05, fails: -0.08, most: 0.4 },
  trl: { enough: 0.03, short: -0.06 },
  province: 0.03,
  fresh: 0.02,
  /** days after which a listing is no longer fresh */
  freshDays: 180,
  /** strength (share of the need's own strength) that scores 63 of 100 */
  scale: 0.9,
  /** how far a need's length counts in its own strength */
  lengthPower: 0.75,
} as const;

/** Rows kept per listing, and how many of one organisation a view shows. */
export const KEEP_PER_LISTING = 50;
export const VIEW_PER_OWNER = 3;
