import type { InputFacts } from "./listing-input";

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
