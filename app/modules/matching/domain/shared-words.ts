import { type CorpusStats, rarity } from "./corpus-stats";
import type { ReadListing, Term } from "./read-listing";
import { STOP_WORDS } from "./stop-words";
import { WEIGHTS } from "./weights";

/** Strength of each shared term and concept, before any scaling. */
export type SharedWords = {
  terms: Map<string, number>;
  concepts: { concept: number; phrase: string; other: string; strength: number }[];
  total: number;
};

const { k1, b, k3 } = WEIGHTS;
const isPair = (term: string): boolean => term.includes(" ");

/** How much a term of the need counts: rare and repeated (or in the title) counts more, with diminishing returns. */
export function needWeight(term: string, use: Term, stats: CorpusStats): number {
  if (STOP_WORDS.has(term)) return 0;
  const rare = rarity(stats.frequency.get(term), stats.size) * (isPair(term) ? WEIGHTS.bigram : 1);
  return rare * (((k3 + 1) * use.weight) / (k3 + use.weight));
}

/** Repeats in the offering saturate; long texts need more of them (BM25). Between 0 and k1 + 1. */
function offeringWeight(weight: number, offering: ReadListing, stats: CorpusStats): number {
  const norm = 1 - b + b * (offering.length / stats.averageLength);
  return ((k1 + 1) * weight) / (k1 * norm + weight);
}

/** 1 where the written forms agree or one side wrote without accents; little where accents say it is another word. */
function accentsAgree(mine: Term, theirs: Term, need: ReadListing, offering: ReadListing): number {
  if (!need.accented || !offering.accented) return 1;
  if (mine.exact.has("*") || theirs.exact.has("*")) return 1;
  for (const form of mine.exact) if (theirs.exact.has(form)) return 1;
  return WEIGHTS.otherAccents;
}

/** What the need's words find in the offering. */
export function shareWords(need: ReadListing, offering: ReadListing, stats: CorpusStats): SharedWords {
  const terms = new Map<string, number>();
  let total = 0;
  for (const [term, mine] of need.terms) {
    const theirs = offering.terms.get(term);
    if (!theirs) continue;
    const both = mine.inTitle && theirs.inTitle ? 1 + WEIGHTS.title : 1;
    const weight = needWeight(term, mine, stats);
    if (weight === 0) continue;
    const strength =
      weight * offeringWeight(theirs.weight, offering, stats) * both * accentsAgree(mine, theirs, need, offering);
    terms.set(term, strength);
    total += strength;
  }
  const concepts: SharedWords["concepts"] = [];
  for (const [concept, mine] of need.concepts) {
    const theirs = offering.concepts.get(concept);
    if (!theirs || [...mine.forms.keys()].some((form) => theirs.forms.has(form))) continue;
    const rare = rarity(stats.conceptFrequency.get(concept), stats.size);
    const strength =
      WEIGHTS.concept *
      rare *
      (((k3 + 1) * mine.weight) / (k3 + mine.weight)) *
      offeringWeight(theirs.weight, offering, stats);
    const [phrase = ""] = mine.forms.values();
    const [other = ""] = theirs.forms.values();
    concepts.push({ concept, phrase, other, strength });
    total += strength;
  }
  return { terms, concepts, total };
}

/** The strength of the need against itself, by which pairs of different needs become comparable. */
export function ownStrength(need: ReadListing, stats: CorpusStats): number {
  let total = 0;
  for (const [term, use] of need.terms) total += needWeight(term, use, stats) * (k1 + 1);
  return Math.max(total, 1);
}
