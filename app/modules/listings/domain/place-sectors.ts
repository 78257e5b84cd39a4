import type { Draft } from "./draft";

/** Retired sectors and the ones that their listings stand in now. */
export type Replaced = ReadonlyMap<string, string>;

/** Where these sectors' listings stand now, each once, in their order. */
export const placedCodes = (codes: readonly string[], replaced: Replaced): string[] => [
  ...new Set(codes.map((code) => replaced.get(code) ?? code)),
];

/** The same of what a version or a row says. */
export function placed<T extends { sectorMain: string | null; sectorCodes: string[] }>(
  facts: T,
  replaced: Replaced,
): T {
  if (!facts.sectorCodes.some((code) => replaced.has(code))) return facts;
  const { sectorMain } = facts;
  return {
    ...facts,
    sectorMain: sectorMain && (replaced.get(sectorMain) ?? sectorMain),
    sectorCodes: placedCodes(facts.sectorCodes, replaced),
  };
}

/** A draft that names a sector which was merged into another one names that one; two that became one are said once. */
export function placedDraft(draft: Draft, replaced: Replaced): Draft {
  const typed = [draft.sectorMain, draft.sectorSecond, draft.sectorThird];
  if (!typed.some((code) => replaced.has(code))) return draft;
  const now = typed.map((code) => replaced.get(code) ?? code);
  const [sectorMain = "", sectorSecond = "", sectorThird = ""] = now.map((code, at) =>
    now.indexOf(code) < at ? "" : code,
  );
  return { ...draft, sectorMain, sectorSecond, sectorThird };
}
