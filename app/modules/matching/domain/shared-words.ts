import { type CorpusStats, rarity } from "./corpus-stats";
import type { ConceptUse, Reading, Term } from "./read-listing";
import { STOP_WORDS } from "./stop-words";
import { WEIGHTS, type Weights } from "./weights";

/** Strength of each shared term and concept, before any scaling. */
export type SharedWords = {
  terms: Map<string, number>;
  concepts: { concept: number; phrase: string; other: string; strength: number }[];
  total: number;
};

const isPair = (term: string): boolean => term.includes(" ");

/** What a find that this many listings hold says; nothing when it is common. */
function worth(found: number | undefined, stats: CorpusStats, common: number): number {
  return Math.max(0, rarity(found, stats.size) - common);
}

/** How much a term of the need counts: rare and repeated (or in the title) counts more, with diminishing returns. */
export function needWeight(term: string, use: Term, stats: CorpusStats, { text }: Weights = WEIGHTS): number {
  if (STOP_WORDS.has(term)) return 0;
  const rare = worth(stats.frequency.get(term), stats, text.common) * (isPair(term) ? text.pair : text.word);
  return rare * (((text.k3 + 1) * use.weight) / (text.k3 + use.weight));
}

/** 1 where the written forms agree or one side wrote without accents; little where accents say it is another word. */
function accentsAgree(mine: Term, theirs: Term, bothAccented: boolean, otherAccents: number): number {
  if (!bothAccented || mine.exact.has("*") || theirs.exact.has("*")) return 1;
  for (const form of mine.exact) if (theirs.exact.has(form)) return 1;
  return otherAccents;
}

/** Terms of the forms in which both sides name a concept, pairs first; empty when they name it differently. */
export function sharedFormTerms(mine: ConceptUse, theirs: ConceptUse): string[] {
  const terms = new Set<string>();
  for (const [form, use] of mine.forms) if (theirs.forms.has(form)) for (const term of use.terms) terms.add(term);
  return [...terms].sort((a, b) => Number(isPair(b)) - Number(isPair(a)));
}

/** What the need's words find in the offering: BM25F over words and pairs, and the dictionary's concepts. */
export function shareWords(
  need: Reading,
  offering: Reading,
  stats: CorpusStats,
  weights: Weights = WEIGHTS,
): SharedWords {
  const { text } = weights;
  const { k1, k3 } = text;
  // long texts need more repeats to say the same
  const norm = k1 * (1 - text.b + text.b * (offering.length / stats.averageLength));
  const saturated = (weight: number) => ((k1 + 1) * weight) / (norm + weight);
  const bothAccented = need.accented && offering.accented;
  const terms = new Map<string, number>();
  let total = 0;
  for (const [term, mine] of need.terms) {
    const theirs = offering.terms.get(term);
    if (!theirs || theirs.weight === 0) continue;
    const weight = needWeight(term, mine, stats, weights);
    if (weight === 0) continue;
    const both = mine.inTitle && theirs.inTitle ? 1 + text.title2 : 1;
    const strength =
      weight * saturated(theirs.weight) * both * accentsAgree(mine, theirs, bothAccented, text.otherAccents);
    terms.set(term, strength);
    total += strength;
  }
  const concepts: SharedWords["concepts"] = [];
  const extra: [term: string, strength: number][] = [];
  for (const [concept, mine] of need.concepts) {
    const theirs = offering.concepts.get(concept);
    if (!theirs || theirs.weight === 0) continue;
    const own = sharedFormTerms(mine, theirs).filter((term) => terms.has(term));
    const strength =
      text.concept *
      (mine.general ? text.general : 1) *
      worth(stats.conceptFrequency.get(concept), stats, text.common) *
      (((k3 + 1) * mine.weight) / (k3 + mine.weight)) *
      saturated(theirs.weight);
    // what the words gave already counts once; a concept named alike is worth at least what it is in other words
    const rest = strength - own.reduce((sum, term) => sum + (terms.get(term) ?? 0), 0);
    if (rest <= 0) continue;
    total += rest;
    const [longest] = own;
    if (longest === undefined) {
      const [named] = mine.forms.values();
      const [other] = theirs.forms.values();
      concepts.push({ concept, phrase: named?.surface ?? "", other: other?.surface ?? "", strength: rest });
    } else extra.push([longest, rest]);
  }
  for (const [term, strength] of extra) terms.set(term, (terms.get(term) ?? 0) + strength);
  return { terms, concepts, total };
}
