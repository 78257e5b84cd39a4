import type { Reading } from "./read-listing";
import type { SectorAffinity } from "./sector-affinity";

/** How common words are among published listings. */
export type CorpusStats = {
  size: number;
  averageLength: number;
  /** listings that hold the term, by term */
  frequency: ReadonlyMap<string, number>;
  conceptFrequency: ReadonlyMap<number, number>;
  affinity: SectorAffinity;
};

/** Counts over a corpus. Adding a listing later is not supported: count again. */
export function countCorpus(reads: Iterable<Reading>, affinity: SectorAffinity): CorpusStats {
  const frequency = new Map<string, number>();
  const conceptFrequency = new Map<number, number>();
  let size = 0;
  let total = 0;
  for (const read of reads) {
    size += 1;
    total += read.length;
    for (const term of read.terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
    for (const concept of read.concepts.keys()) conceptFrequency.set(concept, (conceptFrequency.get(concept) ?? 0) + 1);
  }
  return { size, averageLength: size === 0 ? 1 : total / size, frequency, conceptFrequency, affinity };
}

/** A young exchange does not know yet which words are common: it is reckoned as one of this size. */
const LEAST_CORPUS = 250;

/** Inverse document frequency as in BM25: always positive, near zero for words that most listings hold. */
export function rarity(found: number | undefined, size: number): number {
  const n = found ?? 0;
  return Math.log(1 + (Math.max(size, LEAST_CORPUS) - n + 0.5) / (n + 0.5));
}
