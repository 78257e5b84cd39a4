import type { Reading, Word } from "./read-listing";

export type NamedPhrase = { phrase: string; inTitle: boolean; strength: number };

type Run = { words: Word[]; terms: Set<string>; inTitle: boolean; strength: number };

/**
 * Turns shared terms into phrases a person recognises: runs of the need's words whose adjacent pairs the offering shares,
 * strongest first. Each term's strength goes to one phrase only. What is left are single words.
 * @param strengths strength by folded term (words and pairs), as `shareWords` found
 */
export function namePhrases(
  need: Reading,
  strengths: ReadonlyMap<string, number>,
): { phrases: NamedPhrase[]; words: { surface: string; strength: number }[] } {
  const runs: Run[] = [];
  for (const { part, words } of need.segments) {
    let start = 0;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as Word;
      const next = words[at + 1];
      if (next && strengths.has(`${word.folded} ${next.folded}`)) continue;
      if (at > start) runs.push(runOf(words.slice(start, at + 1), part === "title", strengths));
      start = at + 1;
    }
  }
  runs.sort((a, b) => b.strength - a.strength);

  const left = new Map(strengths);
  const phrases: NamedPhrase[] = [];
  for (const run of runs) {
    let strength = 0;
    for (const term of run.terms) {
      strength += left.get(term) ?? 0;
      left.delete(term);
    }
    if (strength > 0)
      phrases.push({ phrase: run.words.map((word) => word.surface).join(" "), inTitle: run.inTitle, strength });
  }
  const surfaces = new Map<string, string>();
  for (const { words } of need.segments)
    for (const word of words) if (!surfaces.has(word.folded)) surfaces.set(word.folded, word.surface);
  const words = [...left].map(([term, strength]) => ({
    surface: surfaces.get(term) ?? term,
    strength,
  }));
  words.sort((a, b) => b.strength - a.strength);
  phrases.sort((a, b) => b.strength - a.strength);
  return { phrases, words };
}

function termsOf(words: Word[]): Set<string> {
  const terms = new Set<string>();
  words.forEach((word, at) => {
    const next = words[at + 1];
    terms.add(word.folded);
    if (next) terms.add(`${word.folded} ${next.folded}`);
  });
  return terms;
}

function runOf(words: Word[], inTitle: boolean, strengths: ReadonlyMap<string, number>): Run {
  const terms = termsOf(words);
  let strength = 0;
  for (const term of terms) strength += strengths.get(term) ?? 0;
  return { words, terms, inTitle, strength };
}
