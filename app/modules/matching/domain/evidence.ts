import type { SharedElement } from "./elements";
import type { InputLine } from "./listing-input";

/** One reason and what it gave. Points of all contributions add up to the score. */
export type Contribution =
  | { kind: "phrase"; phrase: string; inTitle: boolean; points: number }
  /** the same thing in other words or the other language */
  | { kind: "concept"; phrase: string; other: string; points: number }
  /** single words both sides use, too many or too common to name one by one */
  | { kind: "words"; words: string[]; points: number }
  /** a language model reads both texts as close in meaning */
  | { kind: "meaning"; model: string; points: number }
  | { kind: "sector"; level: "same" | "field" | "related"; code: string; points: number }
  | { kind: "line"; verdict: "meets" | "near" | "fails"; asked: InputLine; given: InputLine; points: number }
  | { kind: "trl"; enough: boolean; asked: number; given: number; points: number }
  | { kind: "price"; verdict: "within" | "near" | "above"; budget: number; price: number; points: number }
  /** the form or right the need asks for (a NeedType) is among those offered, or none is */
  | { kind: "form"; fits: boolean; type: string; points: number }
  /** the offering's protection was granted */
  | { kind: "granted"; points: number }
  | { kind: "province"; code: string; points: number }
  | { kind: "fresh"; points: number };

/** What the need asks for and the offering does not say. */
export type Missing =
  | { kind: "line"; asked: InputLine; why: "fails" | "unknown" }
  | { kind: "phrase"; phrase: string }
  | { kind: "trl"; asked: number };

/** Why a pair got its score, stored with the match and shown to broker and owner. */
export type EvidenceCard = {
  score: number;
  contributions: Contribution[];
  missing: Missing[];
  /** what both name: materials, methods, effects, products, applications; explains and counts nothing. Absent in older cards. */
  elements?: SharedElement[];
};

/**
 * Rounds points to tenths so that they still add up to the rounded score (largest remainders).
 * @param parts any finite numbers; their sum is scaled to `score`
 */
export function sharePoints(parts: number[], score: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum <= 0) return parts.map(() => 0);
  const wanted = Math.round(score * 10);
  const exact = parts.map((part) => (part / sum) * wanted);
  const floors = exact.map(Math.floor);
  let left = wanted - floors.reduce((total, part) => total + part, 0);
  const order = exact.map((part, index) => ({ index, rest: part - Math.floor(part) })).sort((a, b) => b.rest - a.rest);
  for (const { index } of order) {
    if (left <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    left -= 1;
  }
  return floors.map((part) => part / 10);
}
