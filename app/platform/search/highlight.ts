import { speltAlike } from "./spelling";
import { queryTokens, tokenise } from "./tokens";

/** A text in pieces, every second of which was looked for: plain, found, plain, … Pieces are text, never markup. */
export type Marked = string[];

/** Words that say nothing alone; they are marked between two others only. */
const SMALL = new Set(["va", "cua", "cho", "cac", "co", "la", "de", "tu", "the", "and", "of", "for", "to", "in", "a"]);
const MOST_WORDS = 16;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}&]*/gu;

/** Whether a word of a text was looked for: as the index reads it, or mistyped. */
function finder(text: string): (word: string) => boolean {
  const asked = queryTokens(text, MOST_WORDS).map((token) => token.folded);
  const wanted = new Set(asked);
  const telling = asked.some((word) => !SMALL.has(word));
  return (word) =>
    tokenise(word).some(
      ({ folded }) =>
        !(telling && SMALL.has(folded)) && (wanted.has(folded) || asked.some((one) => speltAlike(one, folded))),
    );
}

type Span = { from: number; to: number };

function spansOf(text: string, wanted: (word: string) => boolean): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(WORD)) {
    if (!wanted(match[0])) continue;
    const from = match.index;
    const to = from + match[0].length;
    const last = spans.at(-1);
    // words that follow each other are one mark
    if (last && /^\s*$/.test(text.slice(last.to, from))) last.to = to;
    else spans.push({ from, to });
  }
  return spans;
}

function pieces(text: string, spans: Span[]): Marked {
  const marked: Marked = [];
  let at = 0;
  for (const { from, to } of spans) {
    marked.push(text.slice(at, from), text.slice(from, to));
    at = to;
  }
  return [...marked, text.slice(at)];
}

/** The text with what was looked for marked, accents or none, composed or not; a text without any is one plain piece. */
export function mark(text: string, query: string): Marked {
  const composed = text.normalize("NFC");
  return pieces(composed, spansOf(composed, finder(query)));
}

const BEFORE = 70;
const AFTER = 190;

/** The part of a long text around most of what was looked for, marked; null when nothing of it is there. */
export function excerpt(text: string, query: string): Marked | null {
  const composed = text.normalize("NFC").replace(/\s+/g, " ");
  const spans = spansOf(composed, finder(query));
  const weight = ({ from }: Span) =>
    spans
      .filter((other) => other.from >= from && other.to <= from + AFTER)
      .reduce((sum, { from: a, to }) => sum + to - a, 0);
  const best = spans.reduce<Span | null>((top, span) => (top && weight(top) >= weight(span) ? top : span), null);
  if (!best) return null;
  const start = best.from <= BEFORE ? 0 : composed.indexOf(" ", best.from - BEFORE) + 1;
  const cut =
    composed.length - start <= AFTER + BEFORE ? composed.length : composed.lastIndexOf(" ", best.from + AFTER);
  const end = Math.max(cut, best.to);
  const inside = spans
    .filter(({ from, to }) => from >= start && to <= end)
    .map(({ from, to }) => ({ from: from - start, to: to - start }));
  const [first = "", ...rest] = pieces(composed.slice(start, end), inside);
  const marked = [start > 0 ? `… ${first}` : first, ...rest];
  if (end < composed.length) marked.push(`${marked.pop() ?? ""} …`);
  return marked;
}

/** Something in it was looked for. */
export const isMarked = (marked: Marked): boolean => marked.length > 1;
