import { fold } from "~/platform/text";
import type { ListingLine, ListingText } from "./types";
import { diffWords, type WordPart } from "./word-diff";

/** What two versions are compared by: everything in them. A field that is added later is compared without being named here. */
export type Comparable = { texts: ListingText[]; lines: ListingLine[] } & Record<string, unknown>;

export type Scalar = string | number | boolean | null;
export type LineChange = {
  kind: "same" | "added" | "removed" | "changed";
  before: ListingLine | null;
  after: ListingLine | null;
};
/** One changed field. `material`: a broker looks at it before readers see it. */
export type VersionChange = { field: string; material: boolean } & (
  | { as: "words"; lang: ListingText["lang"]; parts: WordPart[] }
  | { as: "value"; before: Scalar; after: Scalar }
  | { as: "list"; kept: string[]; added: string[]; removed: string[] }
  | { as: "lines"; lines: LineChange[] }
);

/** Not content: what a row is called and when it was written. */
const APART = new Set([
  "id",
  "number",
  "createdAt",
  "createdById",
  "texts",
  "lines",
  "sectorMain",
  "sectorGuessed",
  "trlBasis",
  // told by `pictures`, which has all of them and their descriptions
  "pictureId",
]);

/**
 * Fields that may change without a broker's look: whom to call, when and for how much, and a shorter stay. What says what
 * the thing is, whose it is, how ripe it is, who may read it, and every file, is material; so is whatever is not named here.
 * Written down in docs/decisions/0027.
 */
const SMALL = new Set([
  "contact.name",
  "contact.phone",
  "contact.email",
  "provinceCode",
  "communeCode",
  "neededBy",
  // follows the date where its author did not say
  "urgency",
  "funding",
  "moneyMin",
  "moneyMax",
  "moneyNegotiable",
  "priceModel",
]);

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** Dates as days, objects field by field: "contact" becomes contact.name … */
function flat(version: Comparable): Map<string, unknown> {
  const out = new Map<string, unknown>();
  const put = (name: string, value: unknown) => {
    if (value instanceof Date) out.set(name, value.toISOString().slice(0, 10));
    else if (typeof value === "bigint") out.set(name, Number(value));
    else if (value !== null && typeof value === "object" && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) put(`${name}.${key}`, inner);
    else out.set(name, value ?? null);
  };
  for (const [name, value] of Object.entries(version)) if (!APART.has(name)) put(name, value);
  return out;
}

/** A row of a list in words; objects by their filled values, in order. */
const rowText = (row: unknown): string =>
  row instanceof Date
    ? row.toISOString().slice(0, 10)
    : row !== null && typeof row === "object"
      ? Object.values(row)
          .filter((value) => value !== null && value !== undefined && value !== "")
          .map(rowText)
          .join(" · ")
      : String(row ?? "");

const letters = (text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "");

/** Only marks, capitals or punctuation differ: a slip of the pen put right. */
const onlySpelling = (before: string, after: string) => letters(before) === letters(after);

/** A later last day is a renewal, which goes through review (rule listing.maxMonths); an earlier one is the owner's own affair. */
function isMaterial(field: string, before: unknown, after: unknown): boolean {
  if (field === "expiresOn") return String(after ?? "9999") > String(before ?? "9999");
  // fewer readers than before need nobody's leave
  if (field === "visibility") return !(after === "brokers" && (before === "public" || before === "blind"));
  return !SMALL.has(field);
}

const sameLine = (one: ListingLine, other: ListingLine) =>
  (["comparison", "minValue", "maxValue", "textValue", "unit", "must", "condition"] as const).every(
    (key) => one[key] === other[key],
  );

/** Lines belong together by their name (folded), the rest in the order they stand. */
export function diffLines(before: readonly ListingLine[], after: readonly ListingLine[]): LineChange[] {
  const left = [...before];
  const changes: LineChange[] = after.map((line) => {
    const at = left.findIndex((one) => fold(one.name) === fold(line.name));
    const [old] = at < 0 ? [] : left.splice(at, 1);
    if (!old) return { kind: "added", before: null, after: line };
    return { kind: sameLine(old, line) && old.name === line.name ? "same" : "changed", before: old, after: line };
  });
  return [...changes, ...left.map((line): LineChange => ({ kind: "removed", before: line, after: null }))];
}

function textChanges(before: ListingText[], after: ListingText[]): VersionChange[] {
  const langs = [...new Set([...before, ...after].map((text) => text.lang))];
  return langs.flatMap((lang) => {
    const [old, now] = [before.find((text) => text.lang === lang), after.find((text) => text.lang === lang)];
    const fields = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].filter((key) => key !== "lang");
    return fields.flatMap((field): VersionChange[] => {
      const read = (text: ListingText | undefined) => {
        const value = text && (text as Record<string, unknown>)[field];
        return typeof value === "string" ? value : "";
      };
      const [was, is] = [read(old), read(now)];
      if (was === is) return [];
      return [{ field, as: "words", lang, parts: diffWords(was, is), material: !onlySpelling(was, is) }];
    });
  });
}

/** What changed between two versions, texts first, then facts in their order, then lines. Empty when they say the same. */
export function compareVersions(before: Comparable, after: Comparable): VersionChange[] {
  const [old, now] = [flat(before), flat(after)];
  const changes = textChanges(before.texts, after.texts);
  for (const field of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(field) ?? null, now.get(field) ?? null];
    if (Array.isArray(was) || Array.isArray(is)) {
      const rows = (value: unknown) => (Array.isArray(value) ? value.map(rowText) : []);
      const [gone, come] = [rows(was), rows(is)];
      if (gone.join("\n") === come.join("\n")) continue;
      changes.push({
        field,
        as: "list",
        material: isMaterial(field, was, is),
        kept: come.filter((one) => gone.includes(one)),
        added: come.filter((one) => !gone.includes(one)),
        removed: gone.filter((one) => !come.includes(one)),
      });
    } else if (was !== is && isScalar(was) && isScalar(is)) {
      changes.push({ field, as: "value", before: was, after: is, material: isMaterial(field, was, is) });
    }
  }
  const lines = diffLines(before.lines, after.lines);
  if (lines.some((line) => line.kind !== "same")) changes.push({ field: "lines", as: "lines", lines, material: true });
  return changes;
}

/** Does a change need a broker's look before readers see it? */
export const isMaterialChange = (changes: readonly VersionChange[]): boolean =>
  changes.some((change) => change.material);
