import type { InputListing } from "./listing-input";

/** How alike the texts of any need and any offering are, by cosine: what a pair must stand out from. */
export type Background = { mean: number; spread: number };

/** Fewer pairs say nothing of what is usual. */
const LEAST_PAIRS = 30;
/** Spreads above the usual at which likeness begins to count, and at which it counts in full. */
const BEGINS = 1;
const FULL = 4;
/** Letters of a listing that a model is given; what matters stands first. */
const MOST_LETTERS = 4_000;

/** The words of a listing that a model is to read: what the engine reads of them, in the poster's first language, what matters first. */
export function textToEmbed({ texts: [text], keywords }: Pick<InputListing, "texts" | "keywords">): string {
  if (!text) return "";
  const parts = [
    text.title,
    text.summary,
    keywords.join(", "),
    text.description,
    text.problemSolved,
    text.currentTechnology,
    text.principle,
    text.advantages,
    text.tried,
    text.standards,
  ];
  return parts
    .filter((part): part is string => part !== null && part !== "")
    .join("\n")
    .slice(0, MOST_LETTERS);
}

/** Cosine of two vectors of length 1; null when they are not of one space. */
export function cosineOf(a: Float32Array, b: Float32Array): number | null {
  if (a.length !== b.length) return null;
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** What is usual between these needs and offerings; null when they are too few to tell. */
export function backgroundOf(needs: readonly Float32Array[], offerings: readonly Float32Array[]): Background | null {
  let pairs = 0;
  let sum = 0;
  let squares = 0;
  for (const need of needs) {
    for (const offering of offerings) {
      const cosine = cosineOf(need, offering);
      if (cosine === null) continue;
      pairs += 1;
      sum += cosine;
      squares += cosine * cosine;
    }
  }
  if (pairs < LEAST_PAIRS) return null;
  const mean = sum / pairs;
  const spread = Math.sqrt(Math.max(0, squares / pairs - mean * mean));
  return spread > 1e-6 ? { mean, spread } : null;
}

/** 0 for a pair as alike as any, 1 for one that stands out by far. Models differ in what cosine means much, hence the background. */
export function likenessOf(cosine: number, { mean, spread }: Background): number {
  return Math.min(1, Math.max(0, ((cosine - mean) / spread - BEGINS) / (FULL - BEGINS)));
}

/** Four bytes a number, the lowest first, whatever the machine. */
export function bytesOf(vector: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of vector.entries()) view.setFloat32(at * 4, value, true);
  return bytes;
}

export function vectorOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, at) => view.getFloat32(at * 4, true));
}
