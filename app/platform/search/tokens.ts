import { cleanText, fold } from "../text";
import { ABBREVIATIONS } from "./abbreviations";

/** One word (in Vietnamese: one syllable) as it is looked for and as it was written. */
export type Token = {
  /** no diacritics, lower case, i/y spelled alike */
  folded: string;
  /** as written, in plain ASCII: see `exactForm` */
  exact: string;
  /** written with diacritics or đ */
  accented: boolean;
};

const LONGEST_TOKEN = 64;
/** Far above the longest listing; keeps hostile input and PostgreSQL's 1 MB tsvector limit apart. */
const LONGEST_TEXT = 100_000;

const TONES: Record<string, string> = { "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j" };
const QUALITIES: Record<string, string> = { "\u0306": "w", "\u0302": "q", "\u031b": "v" };

/**
 * Spells an accented word in ASCII with the tone last: "hoà" and "hòa" → "hoa1f", "đất" → "d0aqt1s"; a word without
 * diacritics stays as it is. Engines fold diacritics by themselves, so the exact word must hide from them.
 */
export function exactForm(word: string): string {
  let letters = "";
  let tone = "";
  let accented = false;
  for (const char of word.normalize("NFD")) {
    if (char === "đ" || char === "ð") letters += "d0";
    else if (TONES[char]) tone = TONES[char];
    else if (QUALITIES[char]) letters += QUALITIES[char];
    else {
      letters += char;
      continue;
    }
    accented = true;
  }
  return accented ? `${letters}1${tone}` : letters;
}

/** "kĩ"/"kỹ", "lí"/"lý", "công ti"/"công ty": one spelling after a single consonant. */
const foldSpelling = (word: string): string => word.replace(/^(qu|[hklmst])y$/, "$1i");

/** Splits text into words. Any mark that is no letter or digit separates; "KH&CN" is one word. */
export function tokenise(text: string): Token[] {
  const joined = cleanText(text.slice(0, LONGEST_TEXT))
    .replace(/(?<!\p{L})(\p{Lu}{1,4})\s?&\s?(\p{Lu}{1,4})(?!\p{L})/gu, "$1$2")
    .replace(/(?<!\p{L})(\p{L}{1,4})&(\p{L}{1,4})(?!\p{L})/gu, "$1$2");
  const words =
    joined
      .toLowerCase()
      .normalize("NFC")
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return words.map((word) => {
    const exact = exactForm(word);
    return {
      folded: foldSpelling(fold(word)).slice(0, LONGEST_TOKEN),
      exact: exact.slice(0, LONGEST_TOKEN),
      accented: exact !== word,
    };
  });
}

const PHRASES = Object.entries(ABBREVIATIONS).map(([short, full]) => ({
  short,
  full: tokenise(full).map((token) => token.folded),
}));

/** What an abbreviation in the text stands for, and the abbreviation of a phrase written out: added to what is indexed. */
export function expansions(folded: string[]): string[] {
  const present = new Set(folded);
  const line = ` ${folded.join(" ")} `;
  return PHRASES.flatMap(({ short, full }) => {
    if (present.has(short)) return full;
    return line.includes(` ${full.join(" ")} `) ? [short] : [];
  });
}

/** A text as both search adapters index it: folded words (with expansions) and exact words, blank-separated. */
export function indexedText(text: string): { folded: string; exact: string } {
  const tokens = tokenise(text);
  const folded = tokens.map((token) => token.folded);
  return { folded: [...folded, ...expansions(folded)].join(" "), exact: tokens.map((token) => token.exact).join(" ") };
}

/** What a person typed, as both adapters look for it: distinct words in their order, at most `limit`. */
export function queryTokens(text: string, limit: number): Token[] {
  const seen = new Set<string>();
  return tokenise(text.slice(0, 2_000))
    .filter((token) => !seen.has(token.folded) && seen.add(token.folded))
    .slice(0, limit);
}

/** True when somebody typed accents, so that words written exactly so go first. */
export const hasAccents = (tokens: Token[]): boolean => tokens.some((token) => token.accented);
