export type WordPart = { kind: "same" | "added" | "removed"; text: string };

/** Above this many comparisons the middle is shown as replaced as a whole: a page must not wait for a pretty difference. */
const MOST_CELLS = 4_000_000;

const tokensOf = (text: string) => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];

/** Puts tokens of one kind together. */
function join(parts: WordPart[]): WordPart[] {
  const joined: WordPart[] = [];
  for (const part of parts) {
    if (part.text === "") continue;
    const last = joined.at(-1);
    if (last?.kind === part.kind) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}

/** Longest common subsequence of the middles, walked from the front. */
function middle(before: string[], after: string[]): WordPart[] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MOST_CELLS)
    return [
      { kind: "removed", text: before.join("") },
      { kind: "added", text: after.join("") },
    ];
  const width = columns + 1;
  const best = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number) => best[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      best[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const parts: WordPart[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] === after[column]) {
      parts.push({ kind: "same", text: before[row] ?? "" });
      row++;
      column++;
    } else if (row < rows && (column === columns || at(row + 1, column) >= at(row, column + 1))) {
      parts.push({ kind: "removed", text: before[row++] ?? "" });
    } else {
      parts.push({ kind: "added", text: after[column++] ?? "" });
    }
  }
  return parts;
}

/** A blank between two changed words belongs to the change: "old words" → "new ones" reads better than word by word. */
function bridge(parts: WordPart[]): WordPart[] {
  const out: WordPart[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (!part) continue;
    const changedBefore = out.length > 0 && out.at(-1)?.kind !== "same";
    const changedAfter = parts[at + 1] !== undefined && parts[at + 1]?.kind !== "same";
    if (part.kind === "same" && /^\s+$/.test(part.text) && !part.text.includes("\n") && changedBefore && changedAfter)
      out.push({ kind: "removed", text: part.text }, { kind: "added", text: part.text });
    else out.push(part);
  }
  // within one run of changes what went stands before what came
  const sorted: WordPart[] = [];
  let run: WordPart[] = [];
  const flush = () => {
    sorted.push(...run.filter((one) => one.kind === "removed"), ...run.filter((one) => one.kind === "added"));
    run = [];
  };
  for (const part of out) {
    if (part.kind === "same") {
      flush();
      sorted.push(part);
    } else run.push(part);
  }
  flush();
  return join(sorted);
}

/** What changed from one text to another, word by word: joined together, "same" and "removed" give the old text, "same" and "added" the new one. */
export function diffWords(before: string, after: string): WordPart[] {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const same = (tokens: string[]): WordPart => ({ kind: "same", text: tokens.join("") });
  return bridge(
    join([
      same(old.slice(0, start)),
      ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
      same(old.slice(old.length - end)),
    ]),
  );
}
