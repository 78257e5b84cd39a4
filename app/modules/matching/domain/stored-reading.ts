import { ENGINE, type Engine } from "./engine";
import type { InputFacts } from "./listing-input";
import { keyOfConcept } from "./live-dictionary";
import {
  type ConceptUse,
  countTerms,
  type FormUse,
  type Part,
  type Reading,
  readWord,
  type Segment,
} from "./read-listing";

/**
 * A listing's reading as it is kept beside its terms: whether it is written with accents, its words by where they stand, a line a
 * segment, and its concepts by the key of their entry. What costs most in reading (cleaning, cutting, looking for concepts) is done;
 * words are counted when two listings are weighed.
 */
type Stored = readonly [accented: 0 | 1, words: string, concepts: readonly StoredUse[]];
/** Its words are named where the text has others, as of an abbreviation. */
type StoredForm = readonly [form: number, surface: string, words?: string];
type StoredUse = readonly [key: string, weight: number, forms: readonly StoredForm[]];

const MARKS: Record<Part, string> = { title: "t", summary: "s", keywords: "k", body: "b", sector: "o" };
const PARTS = new Map(Object.entries(MARKS).map(([part, mark]) => [mark, part as Part]));

/** The text's own runs of letters: a few are read as several words, which all name it. */
function runsOf({ words }: Segment): string[] {
  const runs: string[] = [];
  for (let at = 0; at < words.length; ) {
    const run = words[at]?.surface ?? "";
    runs.push(run);
    at += Math.max(1, readWord(run).length);
  }
  return runs;
}

const foldedOf = (surface: string): string[] =>
  surface.split(" ").flatMap((run) => readWord(run).map(({ folded }) => folded));

// words hold no blank: the single ones are enough to name the pairs again
function packForm([form, { surface, terms }]: [number, FormUse]): StoredForm {
  const words = terms.filter((term) => !term.includes(" ")).join(" ");
  return words === foldedOf(surface).join(" ") ? [form, surface] : [form, surface, words];
}

export function packReading(read: Reading): string {
  const words = read.segments.map((segment) => MARKS[segment.part] + runsOf(segment).join(" ")).join("\n");
  const concepts = [...read.concepts].map(
    ([concept, { weight, forms }]): StoredUse => [keyOfConcept(concept), weight, [...forms].map(packForm)],
  );
  return JSON.stringify([read.accented ? 1 : 0, words, concepts] satisfies Stored);
}

/** As of a form in the dictionary: its words, then their pairs. */
function termsOf(folded: string[]): string[] {
  return [...folded, ...folded.slice(1).map((word, at) => `${folded[at] ?? ""} ${word}`)];
}

function usesOf(stored: Stored[2], against: Reading, { dictionary }: Engine): Map<number, ConceptUse> {
  const numbers = new Map([...against.concepts.keys()].map((concept) => [keyOfConcept(concept), concept]));
  const uses = new Map<number, ConceptUse>();
  for (const [key, weight, packed] of stored) {
    const concept = numbers.get(key);
    if (concept === undefined) continue;
    const forms = new Map<number, FormUse>();
    for (const [form, surface, words] of packed)
      forms.set(form, { surface, terms: termsOf(words?.split(" ") ?? foldedOf(surface)) });
    uses.set(concept, { forms, weight, general: dictionary.kindOf(concept) === "general" });
  }
  return uses;
}

/**
 * The reading again, as far as another one's words and concepts go: who is weighed against many shares few of each one's. Equal to
 * reading the texts as long as engine and dictionary are those of then.
 * @param counted whether all words are counted, which putting a need's side into words takes
 */
export function unpackReading(
  packed: { listing: InputFacts; length: number; reading: string },
  against: Reading,
  { counted = false, engine = ENGINE }: { counted?: boolean; engine?: Engine } = {},
): Reading {
  const [accented, text, concepts]: Stored = JSON.parse(packed.reading);
  const segments = text === "" ? [] : text.split("\n").map((line) => segmentOf(line));
  return {
    id: packed.listing.id,
    segments,
    terms: countTerms(segments, accented === 1, engine, counted ? undefined : against.terms),
    concepts: usesOf(concepts, against, engine),
    length: packed.length,
    accented: accented === 1,
    listing: packed.listing,
  };
}

function segmentOf(line: string): Segment {
  const words = line
    .slice(1)
    .split(" ")
    .flatMap((run) => readWord(run));
  return { part: PARTS.get(line.charAt(0)) ?? "body", words };
}
