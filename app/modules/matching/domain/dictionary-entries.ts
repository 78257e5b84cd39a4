/** What a term names: the five elements of a technology, or a word that any technology may use. */
export const TERM_KINDS = ["material", "method", "efficacy", "product", "application", "general"] as const;
export type TermKind = (typeof TERM_KINDS)[number];
/** Where an entry of the data files comes from: keywords of the sector taxonomy, the trade's glossary, the editors' knowledge of the field. */
export const FILE_SOURCES = ["taxonomy", "glossary", "editor"] as const;
/** The same, and what administrators add for the Department. */
export const TERM_SOURCES = [...FILE_SOURCES, "department"] as const;
export type TermSource = (typeof TERM_SOURCES)[number];

/** One thing and the ways to say it. All forms stand for each other. */
export type Concept = {
  kind: TermKind;
  source: TermSource;
  /** second-level sectors in whose files it is named; none for general words */
  sectors: readonly string[];
  en: readonly string[];
  vi: readonly string[];
};

/** A data file: groups of entries "english | english = tiếng Việt | tiếng Việt @ OTHER-01". */
export type TermFile = { groups: { sector?: string; kind: string; source: string; terms: string[] }[] };

const SECTOR = /^[A-Z]{3}-\d{2}$/;

/** The known term of this name. */
export const oneOfTerms = <T extends string>(known: readonly T[], value: string): T | undefined =>
  known.find((one) => one === value);

function oneOf<T extends string>(known: readonly T[], value: string, what: string): T {
  const found = oneOfTerms(known, value);
  if (found === undefined) throw new Error(`unknown ${what} "${value}"`);
  return found;
}

function sectorCode(code: string): string {
  if (!SECTOR.test(code)) throw new Error(`"${code}" is no second-level sector code`);
  return code;
}

function formsOfSide(side: string, language: string): string[] {
  const forms = side.split("|").map((form) => form.trim());
  if (forms.some((form) => form === "")) throw new Error(`an empty ${language} form`);
  return forms;
}

function parseEntry(line: string): { en: string[]; vi: string[]; others: string[] } {
  const [terms = "", codes, ...more] = line.split(" @ ");
  const [en, vi, ...sides] = terms.split(" = ");
  if (en === undefined || vi === undefined || sides.length > 0 || more.length > 0)
    throw new Error("not of the form english = vietnamese @ sectors");
  return {
    en: formsOfSide(en, "English"),
    vi: formsOfSide(vi, "Vietnamese"),
    others: codes === undefined ? [] : codes.trim().split(/\s+/).map(sectorCode),
  };
}

/**
 * Reads a data file of the dictionary. What concerns several entries is checked by `findProblems`.
 * @throws Error naming the entry when a kind, source or sector code is unknown or a side is empty
 */
export function parseTerms(file: TermFile): Concept[] {
  return file.groups.flatMap((group) =>
    group.terms.map((line) => {
      try {
        const { en, vi, others } = parseEntry(line);
        const home = group.sector === undefined ? [] : [sectorCode(group.sector)];
        return {
          kind: oneOf(TERM_KINDS, group.kind, "kind"),
          source: oneOf(FILE_SOURCES, group.source, "source"),
          sectors: [...home, ...others],
          en,
          vi,
        };
      } catch (error) {
        throw new Error(`Dictionary entry "${line}": ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}
