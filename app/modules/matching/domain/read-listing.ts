import { ABBREVIATIONS } from "~/platform/search/abbreviations";
import { tokenise } from "~/platform/search/tokens";
import { cleanText } from "~/platform/text";
import { formsFrom } from "./dictionary";
import type { InputListing } from "./listing-input";
import { stem } from "./stem";
import { WEIGHTS } from "./weights";

export type Part = keyof typeof WEIGHTS.field;
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
export type ConceptUse = { forms: Map<number, string>; weight: number };

/** A listing's words, counted once and compared often. Of the facts only what scoring reads. */
export type ReadListing = {
  id: string;
  segments: Segment[];
  /** folded words and adjacent pairs ("nuoc thai") */
  terms: Map<string, Term>;
  concepts: Map<number, ConceptUse>;
  length: number;
  /** most of its words carry accents where Vietnamese has them; false for who typed without */
  accented: boolean;
  listing: InputListing;
};

const SHORT = new Map(
  Object.entries(ABBREVIATIONS).map(([short, full]) => [short, tokenise(full).map((t) => t.folded)]),
);

function wordsOf(text: string): Word[] {
  // the same words as tokenise finds, with the text they came from
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}&]*/gu) ?? []).flatMap((surface) =>
    tokenise(surface).map((token) => ({
      folded: stem(token.folded),
      exact: stem(token.exact),
      accented: token.accented,
      surface,
    })),
  );
}

/** Splits where Vietnamese compounds cannot reach across: punctuation, line ends, brackets. */
function segmentsOf(part: Part, text: string | null): Segment[] {
  if (!text) return [];
  return cleanText(text)
    .split(/[.,;:!?()[\]{}"“”«»•\n\t]+|\s[–—-]\s/u)
    .map((piece) => ({ part, words: wordsOf(piece) }))
    .filter((segment) => segment.words.length > 0);
}

function readSegments(listing: InputListing): Segment[] {
  return [
    ...listing.texts.flatMap((text) => [
      ...segmentsOf("title", text.title),
      ...segmentsOf("summary", text.summary),
      ...[text.description, text.currentTechnology, text.problemSolved, text.advantages, text.standards].flatMap(
        (body) => segmentsOf("body", body),
      ),
    ]),
    ...listing.keywords.flatMap((keyword) => segmentsOf("keywords", keyword)),
  ];
}

function findConcepts(segments: Segment[]): Map<number, ConceptUse> {
  const found = new Map<number, ConceptUse>();
  const accentedText = isAccented(segments);
  for (const { part, words } of segments) {
    for (let at = 0; at < words.length; at++) {
      for (const form of formsFrom(words[at]?.folded ?? "")) {
        const fits = form.folded.every((folded, i) => {
          const word = words[at + i];
          return (
            word !== undefined &&
            (form.accented && accentedText ? word.exact === form.exact[i] : word.folded === folded)
          );
        });
        // a single unaccented syllable is too ambiguous to stand for a concept ("lua" is rice and silk)
        if (!fits || (form.accented && !accentedText && form.folded.length === 1)) continue;
        const use = found.get(form.concept) ?? { forms: new Map<number, string>(), weight: 0 };
        use.weight += WEIGHTS.field[part];
        use.forms.set(
          form.form,
          words
            .slice(at, at + form.folded.length)
            .map((word) => word.surface)
            .join(" "),
        );
        found.set(form.concept, use);
      }
    }
  }
  return found;
}

function isAccented(segments: Segment[]): boolean {
  const words = segments.flatMap((segment) => segment.words);
  const accented = words.filter((word) => word.accented).length;
  return accented >= words.length * 0.2;
}

/** Reads a listing's texts: words, pairs of words, concepts of the bilingual dictionary. Pure. */
export function readListing(listing: InputListing): ReadListing {
  const segments = readSegments(listing);
  const terms = new Map<string, Term>();
  let length = 0;
  const add = (key: string, part: Part, exact: string) => {
    const term = terms.get(key) ?? { weight: 0, inTitle: false, exact: new Set<string>() };
    term.weight += WEIGHTS.field[part];
    term.inTitle ||= part === "title";
    term.exact.add(exact);
    terms.set(key, term);
  };
  for (const { part, words } of segments) {
    words.forEach((word, at) => {
      length += WEIGHTS.field[part];
      add(word.folded, part, word.exact);
      const next = words[at + 1];
      if (next) add(`${word.folded} ${next.folded}`, part, `${word.exact} ${next.exact}`);
      const full = SHORT.get(word.folded) ?? [];
      full.forEach((folded, i) => {
        add(folded, part, "*");
        const after = full[i + 1];
        if (after) add(`${folded} ${after}`, part, "*");
      });
    });
  }
  return {
    id: listing.id,
    segments,
    terms,
    concepts: findConcepts(segments),
    length,
    accented: isAccented(segments),
    listing,
  };
}
