import { type Form, firstWords, formsOfConcept, spellingsOf } from "./dictionary-forms";
import type { Dictionary, Engine } from "./engine";
import type { Entry } from "./live-dictionary";

/**
 * The forms of an entry that read differently after a change. All of both sides when its kind or its first form changed, since
 * then every listing that holds any of them is scored or counted differently; else those that came or went, or have another number
 * among the forms, by which readings are kept.
 */
export function touchedForms(before: Entry | null, after: Entry): Form[] {
  const of = (entry: Entry | null) => (entry?.active ? formsOfConcept(entry, 0) : []);
  const [old, fresh] = [of(before), of(after)];
  const name = ({ language, exact }: Form) => `${language} ${exact.join(" ")}`;
  const numbered = (form: Form) => `${form.form} ${name(form)}`;
  const whole = before?.kind !== after.kind || old[0]?.text !== fresh[0]?.text;
  const [had, has] = [new Set(old.map(numbered)), new Set(fresh.map(numbered))];
  const touched = [...old, ...fresh].filter((form) => whole || !had.has(numbered(form)) || !has.has(numbered(form)));
  return [...new Map(touched.map((form) => [name(form), form])).values()];
}

/** An engine that knows these forms only: what it finds a concept in holds one of them. */
export function readerOf(forms: readonly Form[], { weights }: Engine): Engine {
  const byFirst = new Map<string, Form[]>();
  firstWords(forms.map(({ text }) => text)).forEach((first, at) => {
    const form = forms[at];
    if (form === undefined) return;
    for (const one of [form, ...spellingsOf(form, first)]) {
      const word = one.folded[0] ?? first;
      byFirst.set(word, [...(byFirst.get(word) ?? []), one]);
    }
  });
  const dictionary: Dictionary = {
    formsFrom: (first) => byFirst.get(first) ?? [],
    formsOf: () => forms,
    kindOf: () => undefined,
  };
  return { weights, dictionary };
}
