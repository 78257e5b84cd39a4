import { DICTIONARY as CONCEPTS, DICTIONARY_VERSION, FORMS, type Form, formsFrom } from "./dictionary";
import { WEIGHTS, WEIGHTS_VERSION, type Weights } from "./weights";

export type Dictionary = {
  /** forms that may begin with these two folded words, longest first */
  formsFrom(first: string, second: string | undefined): readonly Form[];
  formsOf(concept: number): readonly Form[];
  /** a word that any technology may use ("quality", "automatic") */
  isGeneral(concept: number): boolean;
};

/** What reading and scoring go by. The product has one; measuring tools try others. */
export type Engine = { weights: Weights; dictionary: Dictionary };

const byConcept = new Map<number, Form[]>();
for (const form of FORMS) byConcept.set(form.concept, [...(byConcept.get(form.concept) ?? []), form]);

const DICTIONARY: Dictionary = {
  formsFrom,
  formsOf: (concept) => byConcept.get(concept) ?? [],
  isGeneral: (concept) => CONCEPTS[concept]?.kind === "general",
};

/** The dictionary without some of its concepts, for measuring what it gives. */
export function dictionaryWithout(left: ReadonlySet<number>): Dictionary {
  return {
    ...DICTIONARY,
    formsFrom: (first, second) => formsFrom(first, second).filter(({ concept }) => !left.has(concept)),
    formsOf: (concept) => (left.has(concept) ? [] : DICTIONARY.formsOf(concept)),
  };
}

export const ENGINE: Engine = { weights: WEIGHTS, dictionary: DICTIONARY };

/** What made a match: the weights and the dictionary, each by its version. Stored with matches and with decisions on them. */
export const ENGINE_VERSION = `${WEIGHTS_VERSION}+${DICTIONARY_VERSION}`;
