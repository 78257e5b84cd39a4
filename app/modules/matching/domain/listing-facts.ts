import type { InputFacts, InputLine } from "./listing-input";

/** A listing's facts as they are stored beside its terms. */
export type StoredFacts = Omit<InputFacts, "id" | "kind" | "sectorCodes" | "publishedAt"> & { publishedAt: string };

export function factsOf(listing: InputFacts): StoredFacts {
  const { lines, trl, needTypes, forms, rights, moneyMin, moneyMax, ipStatus, provinceCode, publishedAt } = listing;
  return {
    lines,
    trl,
    needTypes,
    forms,
    rights,
    moneyMin,
    moneyMax,
    ipStatus,
    provinceCode,
    publishedAt: publishedAt.toISOString(),
  };
}

const NOTHING = { trl: null, moneyMin: null, moneyMax: null, ipStatus: null, provinceCode: null } as const;
const NO_LINE = { minValue: null, maxValue: null, textValue: null, unit: null, must: null, condition: null } as const;
type Stripped = Partial<Omit<StoredFacts, "lines">> &
  Pick<StoredFacts, "needTypes" | "forms" | "rights" | "publishedAt"> & {
    lines: readonly (Partial<InputLine> & Pick<InputLine, "name" | "comparison">)[];
  };

/** Facts as they are kept for many listings: JSON without what is not stated. */
export function parseFacts(text: string): Omit<InputFacts, "id" | "kind" | "sectorCodes"> {
  const stripped: Stripped = JSON.parse(text);
  return {
    ...NOTHING,
    ...stripped,
    lines: stripped.lines.map((line) => ({ ...NO_LINE, ...line })),
    publishedAt: new Date(stripped.publishedAt),
  };
}
