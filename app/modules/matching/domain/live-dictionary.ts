import { fold } from "~/platform/text";
import { CONCEPTS, DICTIONARY, FORMS, formsFrom as fileFormsFrom } from "./dictionary";
import type { Concept, TermKind } from "./dictionary-entries";
import { type Form, firstWords, formsOfConcept, spellingsOf } from "./dictionary-forms";

/**
 * The dictionary as this process reads by it: that of the data files with what administrators changed laid over it. Numbers of
 * concepts never change while a process runs, so a listing read before a change may be compared with one read after it.
 */
export type Entry = Concept & { key: string; active: boolean };

const slug = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Names an entry for good: the first form of each side when it was made. */
export const keyOf = ({ en, vi }: Pick<Concept, "en" | "vi">): string =>
  [slug(en[0] ?? ""), slug(vi[0] ?? "")].filter(Boolean).join(".");

/** Keys of the data files' entries, by number. */
export const FILE_KEYS: readonly string[] = DICTIONARY.map(keyOf);
const FILE_NUMBERS = new Map(FILE_KEYS.map((key, number) => [key, number]));

export const fileNumber = (key: string): number | undefined => FILE_NUMBERS.get(key);

const fileForms = new Map<number, Form[]>();
for (const form of FORMS) fileForms.set(form.concept, [...(fileForms.get(form.concept) ?? []), form]);

type Layer = {
  numbers: Map<string, number>;
  /** entries that differ from the files, by number */
  entries: Map<number, Entry>;
  /** their forms by first word, and the first words where the files' forms must be sifted */
  byFirst: Map<string, Form[]>;
  sifted: Set<string>;
  forms: Map<number, Form[]>;
};

function layerOf(changed: readonly Entry[]): Layer {
  const layer: Layer = {
    numbers: new Map(),
    entries: new Map(),
    byFirst: new Map(),
    sifted: new Set(),
    forms: new Map(),
  };
  let added = CONCEPTS;
  for (const entry of changed) {
    const number = fileNumber(entry.key) ?? added++;
    layer.numbers.set(entry.key, number);
    layer.entries.set(number, entry);
    for (const form of fileForms.get(number) ?? []) {
      const first = form.folded[0] ?? "";
      for (const one of [form, ...spellingsOf(form, first)]) layer.sifted.add(one.folded[0] ?? "");
    }
    const own = entry.active ? formsOfConcept(entry, number) : [];
    layer.forms.set(number, own);
    firstWords(own.map(({ text }) => text)).forEach((first, at) => {
      const form = own[at];
      if (form === undefined) return;
      for (const one of [form, ...spellingsOf(form, first)]) {
        const word = one.folded[0] ?? first;
        layer.sifted.add(word);
        layer.byFirst.set(word, [...(layer.byFirst.get(word) ?? []), one]);
      }
    });
  }
  return layer;
}

let layer: Layer = layerOf([]);

/** Lays these entries over the files' from now on. In the order in which their keys were first changed: numbers go by it. */
export function layOver(changed: readonly Entry[]): void {
  layer = layerOf(changed);
}

/** Forms that may begin with these two folded words, longest first. */
export function formsFrom(first: string, second: string | undefined): readonly Form[] {
  const files = fileFormsFrom(first, second);
  if (!layer.sifted.has(first)) return files;
  const own = (layer.byFirst.get(first) ?? []).filter(({ folded }) => folded[1] === undefined || folded[1] === second);
  return [...files.filter(({ concept }) => !layer.entries.has(concept)), ...own].sort(
    (a, b) => b.folded.length - a.folded.length,
  );
}

export const formsOf = (concept: number): readonly Form[] => layer.forms.get(concept) ?? fileForms.get(concept) ?? [];

export const kindOf = (concept: number): TermKind | undefined =>
  (layer.entries.get(concept) ?? DICTIONARY[concept])?.kind;

/** All entries as they are now, those of the files first. */
export function liveEntries(): Entry[] {
  const files = DICTIONARY.map(
    (concept, number) => layer.entries.get(number) ?? { ...concept, key: FILE_KEYS[number] ?? "", active: true },
  );
  return [...files, ...[...layer.entries].filter(([number]) => number >= CONCEPTS).map(([, entry]) => entry)];
}

/** One entry as it is now. */
export function liveEntry(key: string): Entry | undefined {
  const number = layer.numbers.get(key) ?? fileNumber(key);
  if (number === undefined) return undefined;
  const concept = DICTIONARY[number];
  return layer.entries.get(number) ?? (concept && { ...concept, key, active: true });
}

/** An entry as the files have it, whatever was changed since. */
export function fileEntry(key: string): Entry | null {
  const concept = DICTIONARY[fileNumber(key) ?? -1];
  return concept ? { ...concept, key, active: true } : null;
}

/** The key of the entry that a concept number stands for. */
export function keyOfConcept(concept: number): string {
  return layer.entries.get(concept)?.key ?? FILE_KEYS[concept] ?? "";
}
