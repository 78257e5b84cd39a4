import type { ReadListing } from "./read-listing";

/** How common words are among published listings. */
export type CorpusStats = {
  size: number;
  averageLength: number;
  /** listings that hold the term, by term */
  frequency: ReadonlyMap<string, number>;
  conceptFrequency: ReadonlyMap<number, number>;
  /** sector → sectors that share a class of an official classification with it */
  related: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Counts over a corpus. Adding a listing later is not supported: count again. */
export function countCorpus(reads: Iterable<ReadListing>, related: CorpusStats["related"]): CorpusStats {
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
  return { size, averageLength: size === 0 ? 1 : total / size, frequency, conceptFrequency, related };
}

/** A young exchange does not know yet which words are common: it is reckoned as one of this size. */
const LEAST_CORPUS = 250;

/** Inverse document frequency as in BM25: always positive, near zero for words that most listings hold. */
export function rarity(found: number | undefined, size: number): number {
  const n = found ?? 0;
  return Math.log(1 + (Math.max(size, LEAST_CORPUS) - n + 0.5) / (n + 0.5));
}

/** Sectors that share an official class (KHCN, VSIC, IPC) with one another. */
export function relatedSectors(sectors: { code: string; relatedCodes: string[] }[]): Map<string, Set<string>> {
  const holders = new Map<string, string[]>();
  for (const { code, relatedCodes } of sectors) {
    for (const official of relatedCodes) holders.set(official, [...(holders.get(official) ?? []), code]);
  }
  const related = new Map<string, Set<string>>();
  for (const codes of holders.values()) {
    for (const code of codes) {
      const others = related.get(code) ?? new Set<string>();
      for (const other of codes) if (other !== code) others.add(other);
      related.set(code, others);
    }
  }
  return related;
}
