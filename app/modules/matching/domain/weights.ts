/**
 * The engine's numbers in one place. Raise WEIGHTS_VERSION with any change here or in how texts are read or scored: matches say
 * which engine made them, so that decisions can be counted by engine.
 *
 * `text`, `sector` and `scale.point` are fitted on real judgements (scripts/fit-weights.ts prints such a block; docs/matching.md
 * has the held-out figures). `facts` are set by the rules beside them and tested on a hand-made set (structured-set.test.ts):
 * real listings hardly carry requirement lines, readiness or money, so nothing could be fitted.
 */
export const WEIGHTS_VERSION = "4";

/**
 * Score (0–100) below which the page says that nothing fits yet. The fit sets the strength of a point so that this is where the
 * first place of a need with an answer is as likely as that of the same need without one (docs/matching.md).
 */
export const MATCH_THRESHOLD = 40;

export type Weights = {
  text: {
    /** how much a word counts by where it stands, on either side; `sector` is the sector in the poster's own words */
    title: number;
    summary: number;
    keywords: number;
    body: number;
    sector: number;
    /** BM25: saturation of repeats in the offering, length normalisation, saturation of repeats in the need */
    k1: number;
    b: number;
    k3: number;
    /** single syllables, and two side by side: those are a word of their own in Vietnamese */
    word: number;
    pair: number;
    /** taken off every rarity: what more than half of all listings hold counts nothing */
    common: number;
    /** the same letters with other accents ("may" for "máy") where both sides write accents */
    otherAccents: number;
    /** share on top for a term that stands in both titles */
    title2: number;
    /** a concept of the dictionary found on both sides, in whatever words; what its own words gave is taken off */
    concept: number;
    /** share of that for words any technology may use ("quality", "automatic") */
    general: number;
  };
  /** strength of the same sector; neighbours get their affinity's share (sector-affinity.ts) */
  sector: number;
  facts: Facts;
  scale: Scale;
};

/** In points, not strength, so that a new fit leaves them as they are. */
type Facts = {
  /** requirement lines: a must that is met or failed; "nice to have" counts half; all together at most `mostLines` */
  meets: number;
  near: number;
  fails: number;
  mostLines: number;
  trlEnough: number;
  /** per level short of what is asked, at most three levels */
  trlShort: number;
  /** the asked price lies within the budget, up to a quarter above it, further above it */
  priceWithin: number;
  priceNear: number;
  priceAbove: number;
  /** the offered form or right is what the need asks for, or excludes it */
  formFits: number;
  formUnlike: number;
  /** granted protection of the offering */
  granted: number;
  province: number;
  fresh: number;
  /** days after which a listing is no longer fresh */
  freshDays: number;
};

type Scale = {
  /** strength of one point; fitted, so that MATCH_THRESHOLD is where a first place is as likely right as not */
  point: number;
  /** words worth these points carry sector and facts in full, weaker ones in proportion: a sector alone is no reason to meet */
  grip: number;
  /** points up to which a score is the plain sum of its reasons; above, it nears 100 without reaching it */
  knee: number;
};

export const WEIGHTS: Weights = {
  text: {
    title: 1.13,
    summary: 1.13,
    keywords: 1.88,
    body: 1,
    sector: 2,
    k1: 1.5,
    b: 0.64,
    k3: 4,
    word: 0.85,
    pair: 1,
    common: 0.83,
    otherAccents: 0.21,
    title2: 0,
    concept: 1.63,
    general: 0.13,
  },
  sector: 35,
  facts: {
    meets: 8,
    near: 3,
    fails: -10,
    mostLines: 24,
    trlEnough: 2,
    trlShort: -2,
    priceWithin: 2,
    priceNear: 0.5,
    priceAbove: -4,
    formFits: 1.5,
    formUnlike: -3,
    granted: 0.5,
    province: 1.5,
    fresh: 0.5,
    freshDays: 180,
  },
  scale: { grip: 20, point: 3.1, knee: 90 },
};

/** Rows kept per listing, and how many of them one organisation may hold: enough that some can be dismissed. */
export const KEEP_PER_LISTING = 50;
export const KEEP_PER_OWNER = 6;
/** Undecided suggestions of one organisation that a view shows. */
export const VIEW_PER_OWNER = 3;
