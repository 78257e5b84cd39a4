import { ABBREVIATIONS } from "~/platform/search/abbreviations";
import { type Token, tokenise } from "~/platform/search/tokens";
import type { Concept } from "./dictionary-entries";
import { stem } from "./stem";

/** One way of saying a concept. */
export type Form = {
  concept: number;
  /** number among the concept's forms; an abbreviation and what it stands for share one */
  form: number;
  language: "en" | "vi";
  text: string;
  folded: string[];
  exact: string[];
  /** in a text with accents it is this word only when the accents agree ("than" is coal, "thân" is not) */
  accented: boolean;
};

const INITIAL = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnprstvx])?";
const RHYME =
  "(?:a(?:ch|ng|nh|[cimnoptuy])?|e(?:ch|ng|nh|[cmnoptu])?|i(?:ch|nh|[acmnptu])?|ie(?:ng|[cmnptu])|o(?:ng|[ceimnpt])?|oa(?:ch|ng|nh|[cimnty])?|u(?:ng|[acemnptuiy])?|ue(?:ch|nh)|ua(?:ng|[nty])|uo(?:ng|[cimnptu])|uy(?:en|et|nh|[apt])?|y(?:em|en|et|eu)?)";
const SYLLABLE = new RegExp(`^${INITIAL}${RHYME}$`);

/** Could be a Vietnamese syllable written without accents, and so many other words. */
export const readsAsSyllable = (folded: string): boolean => SYLLABLE.test(folded);

type FormWord = { folded: string; exact: string; withI: string; accented: boolean };
const WORDS = new Map<string, FormWord[]>();

/** "kỹ thuật" is also written "kĩ thuật": the exact word with i for y after a single consonant. */
const withI = (exact: string): string => exact.replace(/^([hklmst])y(1[sfrxj]?)?$/, "$1i$2");

function wordOf({ folded, exact, accented }: Token): FormWord {
  const stemmed = stem(folded);
  const written = stem(exact);
  return { folded: stemmed, exact: written, withI: withI(written), accented: accented || readsAsSyllable(stemmed) };
}

/** The tokens between two blanks; the dictionary repeats its words, so each is read once. */
function readWord(word: string): FormWord[] {
  const known = WORDS.get(word);
  if (known) return known;
  const read = tokenise(word).map(wordOf);
  WORDS.set(word, read);
  return read;
}

const AT_ONCE = 2_000;
const PLAIN = /^[\p{L}\p{N}]+$/u;

/** The first folded word of each text. Many words are read at once: several times as fast as one by one. */
export function firstWords(texts: readonly string[]): string[] {
  const starts = texts.map((text) => text.split(" ", 1)[0] ?? "");
  const words = [...new Set(starts)].filter((word) => !WORDS.has(word) && PLAIN.test(word));
  for (let at = 0; at < words.length; at += AT_ONCE) {
    const some = words.slice(at, at + AT_ONCE);
    const tokens = tokenise(some.join(" "));
    // a plain word is one token; were it not, the words are read one by one below
    if (tokens.length === some.length)
      for (const [i, token] of tokens.entries()) WORDS.set(some[i] ?? "", [wordOf(token)]);
  }
  return starts.map((word) => readWord(word)[0]?.folded ?? "");
}

const wordsOf = (text: string): FormWord[] => text.split(" ").flatMap(readWord);

/** Its words are read when they are first asked for: most forms are never looked at, and the dictionary loads in no time. */
class WrittenForm implements Form {
  private words: Pick<Form, "folded" | "exact" | "accented"> | undefined;

  constructor(
    readonly concept: number,
    readonly form: number,
    readonly language: Form["language"],
    readonly text: string,
  ) {}

  get folded(): string[] {
    return this.read().folded;
  }

  get exact(): string[] {
    return this.read().exact;
  }

  get accented(): boolean {
    return this.read().accented;
  }

  private read(): Pick<Form, "folded" | "exact" | "accented"> {
    if (this.words) return this.words;
    const words = wordsOf(this.text);
    this.words = {
      folded: words.map((word) => word.folded),
      exact: words.map((word) => word.exact),
      accented: this.language === "vi" && words.some((word) => word.accented),
    };
    return this.words;
  }
}

/** The forms as written in the data, English first. */
export function formsOfConcept({ en, vi }: Concept, concept: number): Form[] {
  return [
    ...en.map((text, form) => new WrittenForm(concept, form, "en", text)),
    ...vi.map((text, form) => new WrittenForm(concept, en.length + form, "vi", text)),
  ];
}

/** Abbreviations of a phrase, folded; by its first word first, as few phrases have any. */
const SHORT = new Map<string, Map<string, string[]>>();
for (const [short, full] of Object.entries(ABBREVIATIONS)) {
  const first = full.split(" ", 1)[0] ?? "";
  const phrases = SHORT.get(first) ?? new Map<string, string[]>();
  SHORT.set(first, phrases.set(full, [...(phrases.get(full) ?? []), short]));
}
const HAS_Y = /[hklmst][yỳýỷỹỵ]/i;

/**
 * Other spellings of a form that count as the form itself: its abbreviation, and i for y.
 * @param first the form's first folded word
 */
export function spellingsOf(form: Form, first: string): Form[] {
  const { concept, form: number, language, text } = form;
  const same = { concept, form: number, language, text };
  const short = SHORT.get(first)?.get(form.folded.join(" ")) ?? [];
  const spellings: Form[] = short.map((word) => ({ ...same, folded: [word], exact: [word], accented: false }));
  if (language === "vi" && HAS_Y.test(text)) {
    const words = wordsOf(text);
    if (words.some((word) => word.withI !== word.exact))
      spellings.push({ ...same, folded: form.folded, exact: words.map((word) => word.withI), accented: form.accented });
  }
  return spellings;
}

/** Deliberate exceptions, listed with the data. Folded. */
export type Allowed = {
  /** forms of more than one concept */
  ambiguous: readonly string[];
  /** English words that read like a Vietnamese syllable */
  homographs: readonly string[];
};

/**
 * What is wrong with a dictionary as a whole, in words for its editors; empty when nothing is.
 * @param sectors the second-level codes of the taxonomy
 */
export function findProblems(
  concepts: readonly Concept[],
  { ambiguous, homographs }: Allowed,
  sectors: ReadonlySet<string>,
): string[] {
  const problems: string[] = [];
  const holders = new Map<string, Set<number>>();
  const read = new Set<string>();
  concepts.forEach((concept, number) => {
    const name = `${concept.en[0]} = ${concept.vi[0]}`;
    for (const code of concept.sectors) if (!sectors.has(code)) problems.push(`${name}: no sector ${code}`);
    if (new Set(concept.sectors).size < concept.sectors.length) problems.push(`${name}: a sector twice`);
    const own = new Set<string>();
    for (const { text, folded, exact, language } of formsOfConcept(concept, number)) {
      const key = folded.join(" ");
      if (key === "") problems.push(`${name}: "${text}" holds no word`);
      if (Object.hasOwn(ABBREVIATIONS, key)) problems.push(`${name}: "${text}" is a known abbreviation already`);
      if (own.has(exact.join(" "))) problems.push(`${name}: "${text}" twice`);
      own.add(exact.join(" "));
      holders.set(key, (holders.get(key) ?? new Set()).add(number));
      if (language === "en" && folded.length === 1 && readsAsSyllable(key)) {
        read.add(key);
        if (!homographs.includes(key)) problems.push(`${name}: "${text}" reads like a Vietnamese syllable`);
      }
    }
  });
  for (const [key, numbers] of holders) {
    if (numbers.size > 1 && !ambiguous.includes(key))
      problems.push(`"${key}" stands in ${[...numbers].map((one) => concepts[one]?.en[0]).join(" and ")}`);
  }
  for (const key of ambiguous)
    if ((holders.get(key)?.size ?? 0) < 2) problems.push(`"${key}" is listed as ambiguous and is not`);
  for (const key of homographs) if (!read.has(key)) problems.push(`"${key}" is listed as a homograph and is none`);
  return problems;
}
