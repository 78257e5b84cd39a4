import { type CorpusStats, rarity } from "./corpus-stats";
import { ENGINE, type Engine } from "./engine";
import type { ConceptUse, Reading } from "./read-listing";
import { needWeight } from "./shared-words";
import { STOP_WORDS } from "./stop-words";
import { conceptForm, conceptTerm, FORMS, LEVEL_WEIGHTS, termKey, USE_BITS, wordForms } from "./term-keys";

/** A term to look up, and what it gives a listing by the form that one writes it in (before saturation). */
export type AskedTerm = { key: number; factors: Float32Array };
/** The places of the listings that hold a term, each with how it is used: place · 2^12 + use. */
export type Places = Uint32Array | readonly number[];

/** Listings that one side can have: what a place has room for beside its use. */
export const MOST_PLACES = 2 ** (32 - USE_BITS);

/** Saturation of repeats on the listing's own side: of the need's by k3, of the offering's by k1 and its length. */
function ownSaturation(read: Reading, stats: CorpusStats, { weights: { text } }: Engine) {
  if (read.listing.kind === "need") return (weight: number) => ((text.k3 + 1) * weight) / (text.k3 + weight);
  const norm = text.k1 * (1 - text.b + text.b * (read.length / stats.averageLength));
  return (weight: number) => ((text.k1 + 1) * weight) / (norm + weight);
}

/** The half-way point of saturation for a listing of the other side: it grows with an offering's length, and is one for all needs. */
export function normOf(kind: "need" | "offering", length: number, averageLength: number, { weights }: Engine): number {
  const { k1, b, k3 } = weights.text;
  return kind === "need" ? k3 : k1 * (1 - b + b * (length / averageLength));
}

/**
 * The listing's terms and concepts as questions to the other side. What they add up to is the strength of shared words as
 * shareWords finds it, but for rounding and for concepts that several forms name: near enough to choose who is read.
 */
export function askedTerms(read: Reading, stats: CorpusStats, engine: Engine = ENGINE): AskedTerm[] {
  const { text } = engine.weights;
  const saturated = ownSaturation(read, stats, engine);
  const theirs = (read.listing.kind === "need" ? text.k1 : text.k3) + 1;
  const asked: AskedTerm[] = [];
  const strengths = new Map<string, number>();
  for (const [term, use] of read.terms) {
    if (STOP_WORDS.has(term)) continue;
    // the need's weight without its own saturation, which depends on who of the two is the need
    const rare = needWeight(term, { ...use, weight: 1 }, stats, engine.weights);
    const strength = rare * saturated(use.weight);
    if (strength <= 0) continue;
    strengths.set(term, strength);
    const forms = wordForms(use, read.accented);
    const factors = new Float32Array(FORMS).fill(strength * theirs * (forms.length > 0 ? text.otherAccents : 1));
    for (const form of [0, ...forms]) factors[form] = strength * theirs;
    asked.push({ key: termKey(term), factors });
  }
  const termsGive = (use: ConceptUse, form: number) => {
    const terms = new Set(
      [...use.forms].flatMap(([number, { terms }]) => (form === 0 || conceptForm(number) === form ? terms : [])),
    );
    return [...terms].reduce((sum, term) => sum + (strengths.get(term) ?? 0), 0);
  };
  for (const [concept, use] of read.concepts) {
    const rare = Math.max(0, rarity(stats.conceptFrequency.get(concept), stats.size) - text.common);
    const strength = text.concept * (use.general ? text.general : 1) * rare * saturated(use.weight);
    if (strength <= 0) continue;
    const factors = new Float32Array(FORMS).fill(strength * theirs);
    // who names it alike has most of this from the words already
    for (const form of [0, ...[...use.forms.keys()].map(conceptForm)])
      factors[form] = Math.max(0, strength - termsGive(use, form)) * theirs;
    asked.push({ key: termKey(conceptTerm(concept, engine)), factors });
  }
  return asked;
}

/** Adds what one term gives to the sums of all who hold it. */
export function addUp(sums: Float32Array, norms: Float32Array, places: Places, { factors }: AskedTerm): void {
  for (let at = 0; at < places.length; at++) {
    const entry = places[at] as number;
    const place = entry >>> USE_BITS;
    const weight = LEVEL_WEIGHTS[(entry >> 6) & 63] as number;
    sums[place] =
      (sums[place] as number) + ((factors[entry & 63] as number) * weight) / ((norms[place] as number) + weight);
  }
}

const BUCKETS = 4_096;

/** The places of the greatest sums above nothing, in no order: at least `most` when there are as many, and the ties of the last. */
export function greatest(sums: Float32Array, size: number, most: number): number[] {
  let highest = 0;
  for (let place = 0; place < size; place++) if ((sums[place] as number) > highest) highest = sums[place] as number;
  if (highest <= 0) return [];
  const scale = (BUCKETS - 1) / highest;
  const counts = new Uint32Array(BUCKETS);
  for (let place = 0; place < size; place++) {
    const sum = sums[place] as number;
    if (sum > 0) counts[Math.floor(sum * scale)] = (counts[Math.floor(sum * scale)] as number) + 1;
  }
  let least = BUCKETS - 1;
  for (let found = counts[least] as number; found < most && least > 0; found += counts[least] as number) least -= 1;
  const places: number[] = [];
  for (let place = 0; place < size; place++) {
    const sum = sums[place] as number;
    if (sum > 0 && Math.floor(sum * scale) >= least) places.push(place);
  }
  return places;
}
