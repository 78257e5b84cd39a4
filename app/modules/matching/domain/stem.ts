/** English plurals to singulars. No Vietnamese syllable ends in "s", so nothing else is touched. */
export function stem(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || word.endsWith("ss")) return word;
  return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
