import { fold } from "~/platform/text";

/** What two listings are compared by. */
export type Likeable = { title: string; text: string; lines: string[] };
export type Likeness = { score: number; why: ("title" | "text" | "lines")[] };

/** From here on two listings are shown as likely the same. In hundredths. */
export const LIKELY = 55;

const wordsOf = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")
    .filter(Boolean);

/** Pairs of neighbouring words: single syllables of Vietnamese are shared by everything. */
function pairsOf(text: string): Set<string> {
  const words = wordsOf(text);
  return new Set(words.length < 2 ? words : words.slice(1).map((word, at) => `${words[at]} ${word}`));
}

/** Shared pairs in all pairs (Jaccard), 0–1; 0 when either says nothing. */
function shared(one: Set<string>, other: Set<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let both = 0;
  for (const pair of one) if (other.has(pair)) both++;
  return both / (one.size + other.size - both);
}

/**
 * How alike two listings of one kind are, in hundredths, and by what. Titles count as much as texts; equal requirement lines
 * speak for it when both state some. Numbers count as words: "500 m³" and "50 m³" are two plants.
 */
export function likeness(one: Likeable, other: Likeable): Likeness {
  const title = shared(pairsOf(one.title), pairsOf(other.title));
  const text = shared(pairsOf(one.text), pairsOf(other.text));
  const [left, right] = [one, other].map(({ lines }) => new Set(lines.map((line) => wordsOf(line).join(" "))));
  const lines = left && right ? shared(left, right) : 0;
  const counted = (one.lines.length > 0 && other.lines.length > 0 ? [[lines, 0.2]] : []) as [number, number][];
  const parts: [number, number][] = [[title, 0.4], [text, 0.4], ...counted];
  const weight = parts.reduce((sum, [, share]) => sum + share, 0);
  const mean = parts.reduce((sum, [part, share]) => sum + part * share, 0) / weight;
  // the same words under another title, or the same title over a text written anew, is worth a look as well
  const score = Math.max(mean, 0.9 * text, 0.75 * title);
  return {
    score: Math.round(100 * score),
    why: [
      ...(title >= 0.5 ? ["title" as const] : []),
      ...(text >= 0.4 ? ["text" as const] : []),
      ...(lines >= 0.5 ? ["lines" as const] : []),
    ],
  };
}

export const DISTINCT_REASONS = [
  "other_scale",
  "other_site",
  "other_owner",
  "other_method",
  "renewed",
  "other",
] as const;
export const DUPLICATE_REASONS = ["same_need", "sent_twice", "other_channel", "copied"] as const;
