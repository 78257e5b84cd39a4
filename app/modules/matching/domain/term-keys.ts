import { ENGINE, type Engine } from "./engine";
import type { ConceptUse, Reading, Term } from "./read-listing";
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
  termOfForm(dictionary.formsOf(concept)[0] ?? { text: String(concept) });
export const termOfForm = (first: { text: string }): string => `#${first.text}`;

/**
 * How a listing uses a term, in twelve bits: six for its weight, six for the form it is written in. Enough to add up strengths
 * nearly as reading both texts would; who is found this way is read before it is ranked.
 */
export const USE_BITS = 12;
const FORM_BITS = 6;
export const FORMS = 1 << FORM_BITS;
const LEVELS = 64;
/** The weight of the lowest level, and levels to each doubling: from a half to sixty-four. */
const LOWEST = 0.5;
const PER_DOUBLING = 9;

export const formOfUse = (use: number): number => use & (FORMS - 1);
export const levelOfUse = (use: number): number => (use >> FORM_BITS) & (LEVELS - 1);

/** The weight each level stands for. */
export const LEVEL_WEIGHTS = Float32Array.from({ length: LEVELS }, (_, level) => LOWEST * 2 ** (level / PER_DOUBLING));

function packed(weight: number, form: number): number {
  const level = Math.round(PER_DOUBLING * Math.log2(Math.max(weight, LOWEST) / LOWEST));
  return (Math.min(LEVELS - 1, level) << FORM_BITS) | form;
}

/** A written form as a number below FORMS; 0 is no form or several, and agrees with any. */
const markOf = (number: number): number => 1 + ((number >>> 0) % (FORMS - 1));
export const wordForms = (term: Term, accented: boolean): number[] =>
  accented && !term.exact.has("*") ? [...term.exact].map((form) => markOf(termKey(form))) : [];
export const conceptForm = (form: number): number => markOf(form);
const single = (forms: number[]): number => (forms.length === 1 ? (forms[0] ?? 0) : 0);

const packTerm = (term: Term, accented: boolean): number => packed(term.weight, single(wordForms(term, accented)));
const packConcept = (use: ConceptUse): number => packed(use.weight, single([...use.forms.keys()].map(conceptForm)));

/** A listing's words, pairs of words and concepts as numbers, each once, and beside each how it is used. */
export function keysOf(read: Reading, engine: Engine = ENGINE): { terms: number[]; uses: number[] } {
  const uses = new Map<number, number>();
  for (const [term, use] of read.terms)
    if (!STOP_WORDS.has(term)) uses.set(termKey(term), packTerm(use, read.accented));
  for (const [concept, use] of read.concepts) uses.set(termKey(conceptTerm(concept, engine)), packConcept(use));
  return { terms: [...uses.keys()], uses: [...uses.values()] };
}
