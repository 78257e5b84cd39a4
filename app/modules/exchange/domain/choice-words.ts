import type { Locale } from "~/generated/prisma/enums";
import { choiceLabel, FIELDS, type Field, type FieldId } from "./fields";
import { keyOf } from "./keys";

const LOCALES: readonly Locale[] = ["vi", "en"];

/** How other people call some of the choices. */
const OTHER_NAMES: Partial<Record<FieldId, Record<string, string>>> = {
  kind: {
    cung: "offering",
    "chao ban": "offering",
    ban: "offering",
    "cong nghe chao ban": "offering",
    supply: "offering",
    offer: "offering",
    cau: "need",
    "tim mua": "need",
    mua: "need",
    "cong nghe tim mua": "need",
    "nhu cau": "need",
    demand: "need",
    request: "need",
  },
  ipType: {
    "chua dang ky": "none",
    khong: "none",
    "bang doc quyen sang che": "patent",
    "bang doc quyen giai phap huu ich": "utility_solution",
  },
  lang: { "tieng viet": "vi", "tieng anh": "en", english: "en" },
};

type Known = { byKey: Map<string, string>; longestFirst: string[] };
const known = new Map<FieldId, Known>();

/** Codes of a field by the keys of their words in both languages, by the codes themselves and by other names. */
function wordsOf(field: Field): Known {
  const before = known.get(field.id);
  if (before) return before;
  const byKey = new Map<string, string>(Object.entries(OTHER_NAMES[field.id] ?? {}));
  for (const value of field.options?.values ?? []) {
    byKey.set(keyOf(value), value);
    for (const locale of LOCALES) byKey.set(keyOf(choiceLabel(locale, field, value)), value);
  }
  const words = { byKey, longestFirst: [...byKey.keys()].sort((a, b) => b.length - a.length) };
  known.set(field.id, words);
  return words;
}

/** The choice that a cell names, in either language; null when it is none. "TRL 7" and "7 – …" are seven. */
export function readChoice(field: Field, typed: string): string | null {
  if (field.id === "trl") return /^(?:trl|muc(?: do)?)?\s*([1-9])(?!\d)/.exec(keyOf(typed))?.[1] ?? null;
  return wordsOf(field).byKey.get(keyOf(typed)) ?? null;
}

/**
 * All choices that a cell names: separated by semicolons or lines, or by anything else as long as nothing but known words
 * stands there (some of our own labels hold commas and semicolons).
 */
export function readChoices(field: Field, typed: string): { codes: string[]; unknown: string | null } {
  const one = readChoice(field, typed);
  if (one !== null) return { codes: [one], unknown: null };
  const { byKey, longestFirst } = wordsOf(field);
  let rest = ` ${keyOf(typed)} `;
  const found: [at: number, code: string][] = [];
  for (const key of longestFirst) {
    const at = rest.indexOf(` ${key} `);
    if (at < 0) continue;
    found.push([at, byKey.get(key) ?? ""]);
    // same length, so that places stay comparable
    rest = rest.replace(` ${key} `, ` ${"#".repeat(key.length)} `);
  }
  const codes = [...new Set(found.sort(([a], [b]) => a - b).map(([, code]) => code))];
  if (rest.replace(/#|\band\b|\bva\b/g, "").trim() === "") return { codes, unknown: null };
  const unknown = typed.split(/[;\n]/).find((part) => part.trim() !== "" && readChoice(field, part) === null);
  return { codes, unknown: (unknown ?? typed).trim() };
}

const YES = ["co", "x", "yes", "y", "true", "1", "dung", "duoc"];
const NO = ["khong", "no", "n", "false", "0", ""];

/** Yes, no, or neither (null). */
export function readYes(typed: string): boolean | null {
  const key = keyOf(typed);
  return YES.includes(key) ? true : NO.includes(key) ? false : null;
}

/** Fields by the keys of their headings in both languages. */
export const FIELD_BY_LABEL: ReadonlyMap<string, FieldId> = new Map(
  FIELDS.flatMap(({ id, label }) => LOCALES.map((locale) => [keyOf(label(locale)), id] as const)),
);
