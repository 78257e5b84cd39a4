import type { Form } from "./dictionary";
import { ENGINE, type Engine } from "./engine";
import type { Part, Reading, Word } from "./read-listing";
import { isJoin } from "./stop-words";

/** What a technology is made of: the kinds of the dictionary that are not "general". */
export const ELEMENTS = ["material", "method", "efficacy", "product", "application"] as const;
export type Element = (typeof ELEMENTS)[number];

/** What a listing names, as it stands in its text. `weight` is of where and how often. */
export type Named = { element: Element; phrase: string; weight: number; concept: number | null; folded: string };
/** What both name: in the need's words, and in the offering's where they differ. */
export type SharedElement = { element: Element; phrase: string; other: string | null };

const isElement = (kind: string | undefined): kind is Element => ELEMENTS.some((element) => element === kind);

/**
 * Words that say what the next ones are, where the dictionary does not know them ("bằng phương pháp …", "giảm …", "ứng dụng trong
 * …"). Exact, in both languages; the longest that fits stands. `keep`: the cue belongs to the phrase ("giảm phát thải").
 */
const CUES: readonly { element: Element; keep: boolean; words: readonly string[] }[] = [
  { element: "method", keep: false, words: ["bằng phương pháp", "theo phương pháp", "phương pháp", "bằng kỹ thuật"] },
  { element: "method", keep: false, words: ["by means of", "method of", "based on"] },
  { element: "material", keep: false, words: ["từ nguyên liệu", "nguyên liệu", "bằng vật liệu", "vật liệu", "làm từ"] },
  { element: "material", keep: false, words: ["made of", "made from"] },
  { element: "efficacy", keep: true, words: ["giảm", "tiết kiệm", "nâng cao", "hạn chế", "loại bỏ", "tăng", "chống"] },
  {
    element: "efficacy",
    keep: true,
    words: ["reduce", "reduces", "reducing", "increase", "increases", "saves", "removes"],
  },
  { element: "product", keep: true, words: ["hệ thống", "thiết bị", "dây chuyền", "phần mềm", "chế phẩm"] },
  {
    element: "application",
    keep: false,
    words: ["ứng dụng trong", "ứng dụng cho", "dùng cho", "phục vụ", "used in", "used for"],
  },
];
const LONGEST_CUE = 3;
/** Words that a phrase behind a cue may have: a Vietnamese term is two to four syllables. */
const MOST_WORDS = 4;
const BY_WORDS = new Map(
  CUES.flatMap(({ element, keep, words }) => words.map((cue) => [cue, { element, keep }] as const)),
);
const MOST_NAMED = 40;

const written = (words: readonly Word[]): string => words.map(({ surface }) => surface).join(" ");
const foldedOf = (words: readonly Word[]): string => words.map(({ folded }) => folded).join(" ");

/** The longest form of the dictionary that stands here as it is written; English ones only without accents. */
function longestForm(words: readonly Word[], at: number, accented: boolean, { dictionary }: Engine): Form | null {
  const [first, second] = [words[at], words[at + 1]];
  if (!first) return null;
  for (const form of dictionary.formsFrom(first.folded, second?.folded)) {
    if (form.accented && !accented && form.folded.length === 1) continue;
    const byAccents = accented && (form.accented || form.language === "en");
    const wanted = byAccents ? form.exact : form.folded;
    const stands = wanted.every((word, i) => {
      const found = words[at + i];
      return found !== undefined && (byAccents ? found.exact : found.folded) === word;
    });
    if (stands) return form;
  }
  return null;
}

function cueAt(words: readonly Word[], at: number): { element: Element; keep: boolean; length: number } | null {
  for (let length = Math.min(LONGEST_CUE, words.length - at); length > 0; length--) {
    const cue = BY_WORDS.get(written(words.slice(at, at + length)).toLowerCase());
    if (cue) return { ...cue, length };
  }
  return null;
}

/** The words behind a cue, up to the next word of grammar or cue. */
function behind(words: readonly Word[], from: number, accented: boolean): Word[] {
  const found: Word[] = [];
  for (let at = from; at < words.length && found.length < MOST_WORDS; at++) {
    const word = words[at];
    if (!word || isJoin(word.surface, accented) || /^\d/.test(word.surface)) break;
    if (cueAt(words, at)) break;
    found.push(word);
  }
  return found;
}

/**
 * The key phrases of a listing by what they name: terms of the dictionary, the longest that stands at each place, and what words
 * around them say ("giảm tiêu hao than" is an efficacy). Heaviest first. Pure; the sector in words is not the listing's own.
 */
export function elementsOf(read: Reading, engine: Engine = ENGINE): Named[] {
  const known = engine === ENGINE ? NAMED.get(read) : undefined;
  if (known) return known;
  const named = findElements(read, engine);
  if (engine === ENGINE) NAMED.set(read, named);
  return named;
}

/** A listing is put beside fifty others: what it names is found once a reading. */
const NAMED = new WeakMap<Reading, Named[]>();

function findElements(read: Reading, engine: Engine): Named[] {
  const found = new Map<string, Named>();
  const add = (element: Element, words: readonly Word[], part: Part, concept: number | null) => {
    const folded = foldedOf(words);
    const key = `${element} ${concept === null ? folded : String(concept)}`;
    const known = found.get(key);
    const weight = engine.weights.text[part];
    if (known) known.weight += weight;
    else found.set(key, { element, phrase: written(words), weight, concept, folded });
  };
  for (const { part, words } of read.segments) {
    if (part === "sector") continue;
    for (let at = 0; at < words.length; ) {
      const form = longestForm(words, at, read.accented, engine);
      const kind = form ? engine.dictionary.kindOf(form.concept) : undefined;
      if (form && isElement(kind)) {
        add(kind, words.slice(at, at + form.folded.length), part, form.concept);
        at += form.folded.length;
        continue;
      }
      const cue = cueAt(words, at);
      const named = cue ? behind(words, at + cue.length, read.accented) : [];
      if (cue && named.length > 1) {
        const from = cue.keep ? at : at + cue.length;
        add(cue.element, words.slice(from, at + cue.length + named.length), part, null);
      }
      // what stands behind a cue may hold terms of its own
      at += cue ? cue.length : 1;
    }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.folded < b.folded ? -1 : 1)).slice(0, MOST_NAMED);
}

/** Names kept of each element. */
const MOST_SHARED = 3;

/** What both sides name, by element: the same thing of the dictionary in whatever words, or the same words. Heaviest first. */
export function sharedElements(need: Reading, offering: Reading, engine: Engine = ENGINE): SharedElement[] {
  const theirs = elementsOf(offering, engine);
  const mine = elementsOf(need, engine);
  const shared = mine.flatMap((one) => {
    const same = theirs.find((other) =>
      one.concept === null
        ? other.concept === null && other.element === one.element && other.folded === one.folded
        : other.concept === one.concept,
    );
    if (!same) return [];
    const other = same.phrase.toLowerCase() === one.phrase.toLowerCase() ? null : same.phrase;
    return [{ element: one.element, phrase: one.phrase, other }];
  });
  return ELEMENTS.flatMap((element) => shared.filter((one) => one.element === element).slice(0, MOST_SHARED));
}

/** A listing's key phrases by element, heaviest first, none of which another one holds. */
export type ListingElements = Record<Element, string[]>;

/** @param most phrases of each element */
export function listingElements(read: Reading, most = 4): ListingElements {
  const named = elementsOf(read);
  const of = (element: Element): string[] => {
    const own = named.filter((one) => one.element === element);
    const within = (inner: Named) =>
      own.some(
        (one) => one !== inner && one.folded !== inner.folded && ` ${one.folded} `.includes(` ${inner.folded} `),
      );
    const phrases = new Map(own.filter((one) => !within(one)).map((one) => [one.folded, one.phrase]));
    return [...phrases.values()].slice(0, most);
  };
  return {
    material: of("material"),
    method: of("method"),
    efficacy: of("efficacy"),
    product: of("product"),
    application: of("application"),
  };
}
