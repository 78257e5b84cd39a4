import { tokenise } from "~/platform/search/tokens";
import { DICTIONARY_TERMS } from "./dictionary-terms";
import { stem } from "./stem";

/** One way of saying a concept. */
export type Form = {
  concept: number;
  form: number;
  text: string;
  folded: string[];
  exact: string[];
  accented: boolean;
};

function formOf(text: string, concept: number, form: number): Form {
  const tokens = tokenise(text);
  return {
    concept,
    form,
    text,
    folded: tokens.map((token) => stem(token.folded)),
    exact: tokens.map((token) => stem(token.exact)),
    accented: tokens.some((token) => token.accented),
  };
}

/** All forms of all concepts. Forms keep the order of the data file. */
export const FORMS: Form[] = DICTIONARY_TERMS.trim()
  .split("\n")
  .flatMap((line, concept) => line.split(/[=|]/).map((text, form) => formOf(text.trim(), concept, form)));

/** Forms by their first folded word, longest first. */
const BY_FIRST = new Map<string, Form[]>();
for (const form of FORMS) {
  const first = form.folded[0];
  if (first !== undefined)
    BY_FIRST.set(
      first,
      [...(BY_FIRST.get(first) ?? []), form].sort((a, b) => b.folded.length - a.folded.length),
    );
}

/** Forms that begin with this folded word, longest first. */
export const formsFrom = (first: string): readonly Form[] => BY_FIRST.get(first) ?? [];
export const CONCEPTS = DICTIONARY_TERMS.trim().split("\n").length;
