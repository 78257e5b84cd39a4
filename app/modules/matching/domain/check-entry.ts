import { ABBREVIATIONS } from "~/platform/search/abbreviations";
import { type Form, formsOfConcept, readsAsSyllable } from "./dictionary-forms";
import type { Entry } from "./live-dictionary";
import { formsFrom, keyOfConcept, liveEntry } from "./live-dictionary";
import { STOP_WORDS } from "./stop-words";

export type EntryProblem = {
  side: "en" | "vi";
  /** message key of the dictionary namespace */
  code: string;
  params: Record<string, string>;
};

const LEAST_LETTERS = 3;
const MOST_WORDS = 8;

/** Another entry that has this very form: with accents in Vietnamese, without in English. */
function holderOf(form: Form, key: string): string | null {
  for (const other of formsFrom(form.folded[0] ?? "", form.folded[1])) {
    if (other.folded.join(" ") !== form.folded.join(" ")) continue;
    if (form.accented && other.accented && other.exact.join(" ") !== form.exact.join(" ")) continue;
    const holder = keyOfConcept(other.concept);
    if (holder !== key) return holder;
  }
  return null;
}

/**
 * What is wrong with an entry before it is saved, form by form, in words for who wrote it; empty when nothing is. The same rules as
 * the data files are held to (dictionary.test.ts), but for words alike without accents, which a person may mean.
 */
export function checkEntry(entry: Entry): EntryProblem[] {
  const problems: EntryProblem[] = [];
  const { en, vi, key } = entry;
  if (en.length + vi.length === 0) return [{ side: "vi", code: "dictionary:error.bothEmpty", params: {} }];
  if (en.length + vi.length === 1) problems.push({ side: "vi", code: "dictionary:error.oneForm", params: {} });
  const seen = new Set<string>();
  for (const form of formsOfConcept(entry, -1)) {
    const { text, folded, exact, language: side } = form;
    const params = { form: text };
    const say = (code: string, more: Record<string, string> = {}) =>
      problems.push({ side, code: `dictionary:error.${code}`, params: { ...params, ...more } });
    const words = folded.join(" ");
    if (words === "") say("noWord");
    else if (words.replaceAll(" ", "").length < LEAST_LETTERS) say("tooShort");
    else if (folded.length > MOST_WORDS) say("tooLong");
    else if (folded.every((word) => STOP_WORDS.has(word))) say("grammar");
    else if (Object.hasOwn(ABBREVIATIONS, words)) say("abbreviation", { full: ABBREVIATIONS[words] ?? "" });
    else if (seen.has(`${side} ${exact.join(" ")}`)) say("twice");
    else if (side === "en" && folded.length === 1 && readsAsSyllable(words)) say("syllable");
    else {
      const holder = holderOf(form, key);
      const other = holder === null ? undefined : liveEntry(holder);
      if (holder !== null) say("used", { other: [other?.en[0], other?.vi[0]].filter(Boolean).join(" = ") || holder });
    }
    seen.add(`${side} ${exact.join(" ")}`);
  }
  return problems;
}
