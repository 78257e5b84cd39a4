import { DICTIONARY_VERSION, type Form } from "./dictionary";
import type { TermKind } from "./dictionary-entries";
import { formsFrom, formsOf, kindOf } from "./live-dictionary";
import { WEIGHTS, WEIGHTS_VERSION, type Weights } from "./weights";

export type Dictionary = {
  /** forms that may begin with these two folded words, longest first */
  formsFrom(first: string, second: string | undefined): readonly Form[];
  formsOf(concept: number): readonly Form[];
  /** which element of a technology it names, or "general": a word that any may use ("quality", "automatic") */
  kindOf(concept: number): TermKind | undefined;
};

/** What reading and scoring go by. The product has one; measuring tools try others. */
export type Engine = { weights: Weights; dictionary: Dictionary };

/** What this process goes by: the files and what administrators changed (queries/fresh-dictionary.server.ts). */
const DICTIONARY: Dictionary = { formsFrom, formsOf, kindOf };

/** The dictionary without some of its concepts, for measuring what it gives. */
export function dictionaryWithout(left: ReadonlySet<number>): Dictionary {
  return {
    ...DICTIONARY,
    formsFrom: (first, second) => formsFrom(first, second).filter(({ concept }) => !left.has(concept)),
    formsOf: (concept) => (left.has(concept) ? [] : DICTIONARY.formsOf(concept)),
  };
}

export const ENGINE: Engine = { weights: WEIGHTS, dictionary: DICTIONARY };

/** Weights and data files, each by its version: a new one has every match computed anew. */
export const ENGINE_VERSION = `${WEIGHTS_VERSION}+${DICTIONARY_VERSION}`;

/**
 * What made a match, stored with it and with decisions on it: the engine's version, behind "~" the language model and its weight
 * where one took part, and behind "/" the revision of the dictionary when administrators changed it. A revision has only those
 * listings computed anew that hold a touched form.
 */
export const versionAt = (revision: number, model: string | null = null): string =>
  `${engineWith(model)}${revision === 0 ? "" : `/${String(revision)}`}`;

/** The engine with a language model beside it, or without. */
export const engineWith = (model: string | null): string =>
  model === null ? ENGINE_VERSION : `${ENGINE_VERSION}~${model.replace(/[^\w.-]/g, "-")}`;

/** The same engine, whatever its dictionary's revision. */
export const engineOf = (version: string): string => version.split("/", 1)[0] ?? version;

/** The dictionary's revision that a version names; null when another engine's. */
export function revisionOf(version: string): number | null {
  const engine = engineOf(version);
  if (engine !== ENGINE_VERSION && !engine.startsWith(`${ENGINE_VERSION}~`)) return null;
  return Number(version.split("/")[1] ?? 0);
}
