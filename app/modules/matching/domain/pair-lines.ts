import { tokenise } from "~/platform/search/tokens";
import type { InputLine, LineVerdict } from "./listing-input";

export type CompareLine = (requirement: InputLine, parameter: InputLine) => LineVerdict;
export type PairedLine = { asked: InputLine; given: InputLine | null; verdict: LineVerdict };

const SAME_NAME = 0.6;

/** Names of quantities repeat from listing to listing, and are compared with hundreds at a time. */
const NAMES = new Map<string, ReadonlySet<string>>();
const MOST_NAMES = 5_000;

function wordsOf(name: string): ReadonlySet<string> {
  const known = NAMES.get(name);
  if (known) return known;
  const words = new Set(tokenise(name).map((token) => token.folded));
  if (NAMES.size >= MOST_NAMES) NAMES.clear();
  NAMES.set(name, words);
  return words;
}

/** Share of common words of two line names (Dice), 0–1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return (2 * common) / Math.max(1, a.size + b.size);
}

/** Finds for each requirement the parameter that speaks of the same quantity, and how it compares. */
export function pairLines(
  asked: readonly InputLine[],
  given: readonly InputLine[],
  compare: CompareLine,
): PairedLine[] {
  if (asked.length === 0) return [];
  const names = given.map((line) => wordsOf(line.name));
  return asked.map((line) => {
    const mine = wordsOf(line.name);
    let nearest: InputLine | null = null;
    let most = 0;
    for (const [at, name] of names.entries()) {
      const like = likeness(mine, name);
      if (like < SAME_NAME || like <= most) continue;
      nearest = given[at] ?? null;
      most = like;
    }
    return { asked: line, given: nearest, verdict: nearest === null ? "unknown" : compare(line, nearest) };
  });
}
