import type { CorpusStats } from "./corpus-stats";
import { sharedElements } from "./elements";
import { type EvidenceCard, type Missing, sharePoints } from "./evidence";
import { type Facts, factParts, type Part } from "./fact-parts";
import type { InputFacts } from "./listing-input";
import { namePhrases } from "./name-phrases";
import type { CompareLine } from "./pair-lines";
import type { Reading } from "./read-listing";
import { needWeight, type SharedWords, shareWords } from "./shared-words";
import { WEIGHTS, type Weights } from "./weights";

/** What a language model says of a pair: up to `points` on top of its words. */
export type Meaning = {
  /** the model and its weight, as an engine's version names them */
  tag: string;
  model: string;
  points: number;
  /** 0 as alike as any two, 1 by far the most alike; 0 when unknown */
  likeness(needId: string, offeringId: string): number;
};
export type ScoringRules = {
  stats: CorpusStats;
  compareLine: CompareLine;
  now: Date;
  weights?: Weights;
  /** null or left out: no model takes part */
  meaning?: Meaning | null;
};

/** What the two listings have in common, weighed but not yet put into words. `meaning` is a strength. */
export type WeighedPair = {
  shared: SharedWords;
  meaning: number;
  facts: Facts;
  grip: number;
  strength: number;
  score: number;
};

/** Below this nobody reads the card, so nothing is said to be missing. */
const LEAST_READ = 20;

/** Phrases of the need's title of which the offering holds no word pair: what its author named first. */
function absentPhrases(need: Reading, offering: Reading, stats: CorpusStats): Missing[] {
  // said in other words or the other language
  const said = new Set(
    [...need.concepts].flatMap(([concept, use]) =>
      offering.concepts.has(concept) ? [...use.forms.values()].flatMap(({ terms }) => terms) : [],
    ),
  );
  const absent = new Map(
    [...need.terms]
      .filter(
        ([term, use]) =>
          use.inTitle &&
          !said.has(term) &&
          term.includes(" ") &&
          !offering.terms.has(term) &&
          (stats.frequency.get(term) ?? 0) > 1,
      )
      .map(([term, use]) => [term, needWeight(term, use, stats)]),
  );
  return namePhrases(need, absent)
    .phrases.slice(0, 3)
    .map(({ phrase }) => ({ kind: "phrase", phrase }));
}

/** Points of a strength: its plain share up to the knee, above it ever less, so that no pair reaches 100 and order is kept. */
function pointsOf(strength: number, { point, knee }: Weights["scale"]): number {
  const points = Math.max(0, strength) / point;
  return points <= knee ? points : knee + (100 - knee) * (1 - Math.exp((knee - points) / (100 - knee)));
}

/**
 * A pair's strength when that of its words is known or guessed: sector and facts added, as far as the words carry them. For choosing
 * which of many are worth reading.
 */
export function strengthWith(words: number, mine: InputFacts, theirs: InputFacts, rules: ScoringRules): number {
  const weights = rules.weights ?? WEIGHTS;
  const grip = Math.min(1, words / (weights.scale.grip * weights.scale.point));
  if (grip <= 0) return words;
  const { parts } = factParts(
    { mine, theirs, weights },
    { affinity: rules.stats.affinity, compareLine: rules.compareLine, now: rules.now },
  );
  return parts.reduce((total, part) => total + part.strength * grip, words);
}

/** The most strength that facts can add to words and sector, for a side with so many lines. */
export function mostFromFacts(lines: number, { facts, scale }: Weights = WEIGHTS): number {
  const points =
    Math.min(facts.mostLines, lines * facts.meets) +
    facts.trlEnough +
    facts.priceWithin +
    facts.formFits +
    facts.granted +
    facts.province +
    facts.fresh;
  return points * scale.point;
}

/**
 * How well an offering answers a need, 0–100 (unrounded), and what it rests on. The cheap half of `scorePair`, for ranking many.
 * Strengths add up: shared words and concepts by their rarity, sector and facts as fixed amounts that the words must carry.
 */
export function weighPair(need: Reading, offering: Reading, rules: ScoringRules): WeighedPair {
  const weights = rules.weights ?? WEIGHTS;
  const shared = shareWords(need, offering, rules.stats, weights);
  const { meaning: told } = rules;
  const meaning = told ? told.points * told.likeness(need.id, offering.id) * weights.scale.point : 0;
  const said = shared.total + meaning;
  const grip = Math.min(1, said / (weights.scale.grip * weights.scale.point));
  const sides = { mine: need.listing, theirs: offering.listing, weights };
  const facts =
    grip === 0
      ? { parts: [], missing: [] }
      : factParts(sides, { affinity: rules.stats.affinity, compareLine: rules.compareLine, now: rules.now });
  const strength = facts.parts.reduce((total, part) => total + part.strength * grip, said);
  return { shared, meaning, facts, grip, strength, score: pointsOf(strength, weights.scale) };
}

/** A phrase is named on its own when it carries at least this share; smaller ones stand together as words. */
const LEAST_SHARE = 0.03;
const MOST_PHRASES = 8;
const MOST_WORDS = 6;

function wordParts(need: Reading, shared: SharedWords): Part[] {
  const named = namePhrases(need, shared.terms);
  const least = shared.total * LEAST_SHARE;
  const phrases = named.phrases.filter(({ strength }) => strength >= least).slice(0, MOST_PHRASES);
  const rest = [
    ...named.phrases
      .filter((phrase) => !phrases.includes(phrase))
      .map(({ phrase, strength }) => ({ surface: phrase, strength })),
    ...named.words,
  ].sort((a, b) => b.strength - a.strength);
  const restStrength = rest.reduce((total, { strength }) => total + strength, 0);
  const words = rest.slice(0, MOST_WORDS).map(({ surface }) => surface);
  return [
    ...phrases.map(
      ({ phrase, inTitle, strength }): Part => ({
        strength,
        make: (points) => ({ kind: "phrase", phrase, inTitle, points }),
      }),
    ),
    ...shared.concepts.map(
      ({ phrase, other, strength }): Part => ({
        strength,
        make: (points) => ({ kind: "concept", phrase, other, points }),
      }),
    ),
    ...(restStrength > 0
      ? [{ strength: restStrength, make: (points: number) => ({ kind: "words" as const, words, points }) }]
      : []),
  ];
}

/** Puts a weighed pair into words: its score rounded to tenths, its reasons, and what is still to be asked. */
export function explainPair(need: Reading, offering: Reading, weighed: WeighedPair, rules: ScoringRules): EvidenceCard {
  const { shared, meaning, facts, grip } = weighed;
  const model = rules.meaning?.model ?? "";
  const parts: Part[] = [
    ...wordParts(need, shared),
    ...(meaning > 0
      ? [{ strength: meaning, make: (points: number) => ({ kind: "meaning" as const, model, points }) }]
      : []),
    ...facts.parts.map(({ strength, make }) => ({ strength: strength * grip, make })),
  ];
  const score = Math.round(weighed.score * 10) / 10;
  const points = sharePoints(
    parts.map(({ strength }) => strength),
    score,
  );
  const contributions = parts
    .map(({ make }, i) => make(points[i] ?? 0))
    .filter((one) => one.points !== 0 || one.kind === "line")
    .sort((a, b) => b.points - a.points);
  const absent = score < LEAST_READ ? [] : absentPhrases(need, offering, rules.stats);
  const elements = score < LEAST_READ ? [] : sharedElements(need, offering);
  return { score, contributions, missing: [...facts.missing, ...absent], elements };
}

/**
 * How well an offering answers a need, 0–100, and why. Pure: the same two versions, statistics and day give the same card.
 * Contributions add up to the score; taking one away from the offering lowers the score by its points (less above the knee).
 */
export function scorePair(need: Reading, offering: Reading, rules: ScoringRules): EvidenceCard {
  return explainPair(need, offering, weighPair(need, offering, rules), rules);
}
