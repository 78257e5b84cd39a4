import { ABBREVIATIONS } from "~/platform/search/abbreviations";
import { tokenise } from "~/platform/search/tokens";
import { cleanText } from "~/platform/text";
import type { Form } from "./dictionary";
import { ENGINE, type Engine } from "./engine";
import type { InputFacts, InputListing, InputText } from "./listing-input";
import { stem } from "./stem";
import { isJoin } from "./stop-words";

/** Where a word stands; `sector` is the sector in the poster's own words. */
export type Part = "title" | "summary" | "keywords" | "body" | "sector";
/** A word as read: folded and stemmed, exact, and as it stands in the text. */
export type Word = { folded: string; exact: string; accented: boolean; surface: string };
/** A run of words without a full stop, comma or other break in it. */
export type Segment = { part: Part; words: Word[] };
export type Term = {
  /** how often, weighted by where */
  weight: number;
  inTitle: boolean;
  /** the exact forms it was written in */
  exact: Set<string>;
};
export type ConceptUse = { forms: Map<number, FormUse>; weight: number; general: boolean };
/** A form as it stands in the text, and its words and pairs as `terms` names them. */
export type FormUse = { surface: string; terms: readonly string[] };

/** A listing's words, counted once and compared often, and the facts that are weighed beside them. */
export type Reading = {
  id: string;
  segments: Segment[];
  /** folded words and adjacent pairs ("nuoc thai") */
  terms: Map<string, Term>;
  concepts: Map<number, ConceptUse>;
  length: number;
  /** most of its words carry accents where Vietnamese has them; false for who typed without */
  accented: boolean;
  listing: InputFacts;
};
export type ReadListing = Reading & { listing: InputListing };

const SHORT = new Map(
  Object.entries(ABBREVIATIONS).map(([short, full]) => [short, tokenise(full).map((t) => t.folded)]),
);

/** Words as read, by how they stand in the text: few words make up most of every text, and taking one apart is slow. */
const READ_WORDS = new Map<string, readonly Word[]>();
const MOST_READ_WORDS = 50_000;

/** A run of letters and digits of a text as words: nearly always one. */
export function readWord(surface: string): readonly Word[] {
  const known = READ_WORDS.get(surface);
  if (known) return known;
  const words = tokenise(surface).map((token) => ({
    folded: stem(token.folded),
    exact: stem(token.exact),
    accented: token.accented,
    surface,
  }));
  if (READ_WORDS.size >= MOST_READ_WORDS) READ_WORDS.clear();
  READ_WORDS.set(surface, words);
  return words;
}

/** The same words as tokenise finds, with the text they came from. */
const wordsOf = (text: string): Word[] => (text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}&]*/gu) ?? []).flatMap(readWord);

/** Splits where Vietnamese compounds cannot reach across: punctuation, line ends, brackets. */
function segmentsOf(part: Part, text: string | null): Segment[] {
  if (!text) return [];
  return cleanText(text)
    .split(/[.,;:!?()[\]{}"“”«»•\n\t]+|\s[–—-]\s/u)
    .map((piece) => ({ part, words: wordsOf(piece) }))
    .filter((segment) => segment.words.length > 0);
}

const bodiesOf = (text: InputText): (string | null)[] => [
  text.description,
  text.currentTechnology,
  text.tried,
  text.problemSolved,
  text.principle,
  text.advantages,
  text.standards,
];

function readSegments(listing: InputListing): Segment[] {
  return [
    ...listing.texts.flatMap((text) => [
      ...segmentsOf("title", text.title),
      ...segmentsOf("summary", text.summary),
      ...bodiesOf(text).flatMap((body) => segmentsOf("body", body)),
    ]),
    ...listing.keywords.flatMap((keyword) => segmentsOf("keywords", keyword)),
    ...segmentsOf("sector", listing.sectorText),
  ];
}

const TERMS = new WeakMap<Form, readonly string[]>();
function termsOf(form: Form): readonly string[] {
  const known = TERMS.get(form);
  if (known) return known;
  const { folded } = form;
  const terms = [...folded, ...folded.slice(1).map((word, at) => `${folded[at] ?? ""} ${word}`)];
  TERMS.set(form, terms);
  return terms;
}

/** The form stands in the words at this place: in a text with accents they must agree where the form depends on them. */
function standsAt(form: Form, words: readonly Word[], at: number, byAccents: boolean): boolean {
  const wanted = byAccents ? form.exact : form.folded;
  for (let i = 0; i < wanted.length; i++) {
    const word = words[at + i];
    if (word === undefined || (byAccents ? word.exact : word.folded) !== wanted[i]) return false;
  }
  return true;
}

function findConcepts(
  segments: Segment[],
  accentedText: boolean,
  { weights, dictionary }: Engine,
): Map<number, ConceptUse> {
  const found = new Map<number, ConceptUse>();
  for (const { part, words } of segments) {
    for (const [at, word] of words.entries()) {
      for (const form of dictionary.formsFrom(word.folded, words[at + 1]?.folded)) {
        // a single unaccented syllable is too ambiguous to stand for a concept ("lua" is rice and silk)
        if (form.accented && !accentedText && form.folded.length === 1) continue;
        if (!standsAt(form, words, at, form.accented && accentedText)) continue;
        const use = found.get(form.concept) ?? {
          forms: new Map<number, FormUse>(),
          weight: 0,
          general: dictionary.kindOf(form.concept) === "general",
        };
        use.weight += weights.text[part];
        if (!use.forms.has(form.form)) {
          const run = words.slice(at, at + form.folded.length);
          use.forms.set(form.form, { surface: run.map(({ surface }) => surface).join(" "), terms: termsOf(form) });
        }
        found.set(form.concept, use);
      }
    }
  }
  return found;
}

/** The sector is picked or written by others than the hurried poster, so it says nothing of how they type. */
function isAccented(segments: Segment[]): boolean {
  let words = 0;
  let accented = 0;
  for (const segment of segments) {
    if (segment.part === "sector") continue;
    words += segment.words.length;
    for (const word of segment.words) if (word.accented) accented += 1;
  }
  return accented >= words * 0.2;
}

/**
 * Counts words and pairs of words by where they stand.
 * @param wanted the only terms that are asked for, where two listings are compared by those of one
 */
export function countTerms(
  segments: readonly Segment[],
  accented: boolean,
  { weights: { text: field } }: Engine,
  wanted?: ReadonlyMap<string, unknown>,
): Map<string, Term> {
  const terms = new Map<string, Term>();
  const add = (key: string, part: Part, exact: string) => {
    const term = terms.get(key) ?? { weight: 0, inTitle: false, exact: new Set<string>() };
    term.weight += field[part];
    term.inTitle ||= part === "title";
    term.exact.add(exact);
    terms.set(key, term);
  };
  const asked = (key: string) => wanted === undefined || wanted.has(key);
  for (const { part, words } of segments) {
    words.forEach((word, at) => {
      const next = words[at + 1];
      if (asked(word.folded)) {
        add(word.folded, part, word.exact);
        // who holds a pair holds both of its words; one with a word of grammar in it is no compound
        if (next && asked(next.folded) && !isJoin(word.surface, accented) && !isJoin(next.surface, accented)) {
          const pair = `${word.folded} ${next.folded}`;
          if (asked(pair)) add(pair, part, `${word.exact} ${next.exact}`);
        }
      }
      const full = SHORT.get(word.folded) ?? [];
      full.forEach((folded, i) => {
        if (!asked(folded)) return;
        add(folded, part, "*");
        const after = full[i + 1];
        if (after && asked(`${folded} ${after}`)) add(`${folded} ${after}`, part, "*");
      });
    });
  }
  return terms;
}

/** Reads a listing's texts: words, pairs of words, concepts of the bilingual dictionary. Pure. */
export function readListing(listing: InputListing, engine: Engine = ENGINE): ReadListing {
  const segments = readSegments(listing);
  const accented = isAccented(segments);
  return {
    id: listing.id,
    segments,
    terms: countTerms(segments, accented, engine),
    concepts: findConcepts(segments, accented, engine),
    length: lengthOf(segments, engine),
    accented,
    listing,
  };
}

function lengthOf(segments: readonly Segment[], { weights: { text: field } }: Engine): number {
  let length = 0;
  for (const { part, words } of segments) for (const _ of words) length += field[part];
  return length;
}
