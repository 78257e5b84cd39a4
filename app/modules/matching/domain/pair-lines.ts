import { tokenise } from "~/platform/search/tokens";
import type { InputLine, LineVerdict } from "./listing-input";

export type CompareLine = (requirement: InputLine, parameter: InputLine) => LineVerdict;
export type PairedLine = { asked: InputLine; given: InputLine | null; verdict: LineVerdict };

const SAME_NAME = 0.6;

function wordsOf(name: string): Set<string> {
  return new Set(tokenise(name).map((token) => token.folded));
}

/** Share of common words of two line names (Dice), 0–1. */
function likeness(a: Set<string>, b: Set<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return (2 * common) / Math.max(1, a.size + b.size);
}

/** Finds for each requirement the parameter that speaks of the same quantity, and how it compares. */
export function pairLines(
  asked: readonly InputLine[],
  given: readonly InputLine[],
  compare: CompareLine,
): PairedLine[] {
  const names = given.map((line) => wordsOf(line.name));
  return asked.map((line) => {
    const mine = wordsOf(line.name);
    const near = given
      .map((other, i) => ({ other, like: likeness(mine, names[i] ?? new Set()) }))
      .filter(({ like }) => like >= SAME_NAME)
      .sort((a, b) => b.like - a.like)[0];
    return near
      ? { asked: line, given: near.other, verdict: compare(line, near.other) }
      : { asked: line, given: null, verdict: "unknown" };
  });
}
