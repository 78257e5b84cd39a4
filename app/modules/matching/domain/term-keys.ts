import { type CorpusStats, rarity } from "./corpus-stats";
import { ENGINE, type Engine } from "./engine";
import type { ReadListing } from "./read-listing";
import { needWeight, sharedFormTerms } from "./shared-words";
import { STOP_WORDS } from "./stop-words";

/**
 * A term as a number (FNV-1a, 32 bits, signed as PostgreSQL's integer). Of five million terms one in a thousand shares its number
 * with another, which makes it seem a little more common than it is.
 */
export function termKey(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** A concept among the terms, by its first form: its number changes with every edition of the dictionary. */
export const conceptTerm = (concept: number, { dictionary }: Engine = ENGINE): string =>
  `#${dictionary.formsOf(concept)[0]?.text ?? concept}`;

/** Numbers of a listing's words, pairs of words and concepts, each once. */
export function keysOf(read: ReadListing, engine: Engine = ENGINE): number[] {
  const keys = new Set<number>();
  for (const term of read.terms.keys()) if (!STOP_WORDS.has(term)) keys.add(termKey(term));
  for (const concept of read.concepts.keys()) keys.add(termKey(conceptTerm(concept, engine)));
  return [...keys];
}

export type WeighedTerm = { key: number; weight: number };

/** Rows looked at for one listing, and for one of its terms: beyond that a term says too little for what it costs. */
const MOST_ROWS = 40_000;
const MOST_ROWS_OF_TERM = 10_000;

/**
 * The terms that lead to candidates, strongest first, as far as their rows are few enough: a listing that holds them gets about
 * their weight in strength when it is weighed.
 */
export function leadingTerms(read: ReadListing, stats: CorpusStats, engine: Engine = ENGINE): WeighedTerm[] {
  const { text } = engine.weights;
  const weights = new Map<string, number>();
  for (const [term, use] of read.terms) weights.set(term, needWeight(term, use, stats, engine.weights));
  const found = [...weights].map(([term, weight]) => ({
    key: termKey(term),
    weight,
    rows: stats.frequency.get(term) ?? 0,
  }));
  for (const [concept, use] of read.concepts) {
    const rows = stats.conceptFrequency.get(concept) ?? 0;
    const strength =
      text.concept *
      (use.general ? text.general : 1) *
      Math.max(0, rarity(rows, stats.size) - text.common) *
      (((text.k3 + 1) * use.weight) / (text.k3 + use.weight));
    // who names it alike has most of this from the words already
    const named = sharedFormTerms(use, use).reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
    found.push({
      key: termKey(conceptTerm(concept, engine)),
      weight: Math.max(strength - named, strength / 3),
      rows,
    });
  }
  let room = MOST_ROWS;
  return found
    .filter(({ weight, rows }) => weight > 0 && rows > 1 && rows <= MOST_ROWS_OF_TERM)
    .sort((a, b) => b.weight - a.weight)
    .filter(({ rows }) => {
      room -= rows;
      return room >= 0;
    })
    .map(({ key, weight }) => ({ key, weight }));
}
