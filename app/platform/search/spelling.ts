/** Shorter words have too many neighbours to guess at. */
const ONE_MISTAKE = 5;
const TWO_MISTAKES = 9;

/** How many typing mistakes a word of this many letters is forgiven: the same on every engine. */
export const mistakesIn = (word: string): number =>
  word.length >= TWO_MISTAKES ? 2 : word.length >= ONE_MISTAKE ? 1 : 0;

/** Letters put in, left out, changed or swapped with their neighbour to come from one word to the other; counts no further than `most` + 1. */
export function distance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[to.length] ?? most + 1;
}

/** The other word may be this one mistyped. Numbers and codes are never guessed at. */
export function speltAlike(asked: string, word: string): boolean {
  const most = mistakesIn(asked);
  return most > 0 && !/\d/.test(asked) && distance(asked, word, most) <= most;
}
