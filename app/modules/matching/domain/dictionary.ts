import list from "../data/dictionary.json";
import cbt from "../data/terms/cbt.json";
import cct from "../data/terms/cct.json";
import cns from "../data/terms/cns.json";
import dlv from "../data/terms/dlv.json";
import dtx from "../data/terms/dtx.json";
import general from "../data/terms/general.json";
import gtl from "../data/terms/gtl.json";
import kkm from "../data/terms/kkm.json";
import ktb from "../data/terms/ktb.json";
import mtr from "../data/terms/mtr.json";
import nlg from "../data/terms/nlg.json";
import nnc from "../data/terms/nnc.json";
import qat from "../data/terms/qat.json";
import shy from "../data/terms/shy.json";
import vlx from "../data/terms/vlx.json";
import { type Concept, parseTerms, type TermFile } from "./dictionary-entries";
import { type Form, firstWords, formsOfConcept, spellingsOf } from "./dictionary-forms";

export type { Concept } from "./dictionary-entries";
export type { Form } from "./dictionary-forms";

const FILES: TermFile[] = [cbt, cct, cns, dlv, dtx, gtl, kkm, ktb, mtr, nlg, nnc, qat, shy, vlx, general];

/** Version of the data files. Concepts are numbered anew with each. */
export const DICTIONARY_VERSION: string = list.version;

/** The bilingual dictionary of the field. A concept's number is its place here. */
export const DICTIONARY: readonly Concept[] = FILES.flatMap(parseTerms);
export const CONCEPTS = DICTIONARY.length;

/** All forms as written in the data, concept by concept, English first. */
export const FORMS: readonly Form[] = DICTIONARY.flatMap(formsOfConcept);

/** Forms and their other spellings by their first folded word. */
const BY_FIRST = new Map<string, Form[]>();
function addForm(first: string, form: Form): void {
  const same = BY_FIRST.get(first);
  if (same) same.push(form);
  else BY_FIRST.set(first, [form]);
}
firstWords(FORMS.map(({ text }) => text)).forEach((first, i) => {
  const form = FORMS[i];
  if (form === undefined) return;
  addForm(first, form);
  for (const spelling of spellingsOf(form, first)) addForm(spelling.folded[0] ?? first, spelling);
});

const NONE: readonly Form[] = [];
type Start = { alone: Form[]; bySecond: Map<string, Form[]> };
/** Sorted by their second words once asked for: hundreds of forms begin with "may" or "he". */
const STARTS = new Map<string, Start>();

function startOf(first: string, forms: readonly Form[]): Start {
  const start: Start = { alone: [], bySecond: new Map() };
  for (const form of [...forms].sort((a, b) => b.folded.length - a.folded.length)) {
    const second = form.folded[1];
    if (second === undefined) start.alone.push(form);
    else start.bySecond.set(second, [...(start.bySecond.get(second) ?? []), form]);
  }
  // what the next word begins may always be the word alone
  for (const same of start.bySecond.values()) same.push(...start.alone);
  STARTS.set(first, start);
  return start;
}

/** Forms that may begin with these two folded words, longest first: those that go on with `second`, then those of one word. */
export function formsFrom(first: string, second: string | undefined): readonly Form[] {
  const forms = BY_FIRST.get(first);
  if (forms === undefined) return NONE;
  const start = STARTS.get(first) ?? startOf(first, forms);
  return (second === undefined ? undefined : start.bySecond.get(second)) ?? start.alone;
}
