import type { ListingKind } from "~/generated/prisma/enums";
import { type Draft, isEmptyRow, ROW_CELLS, type RowList } from "./draft";
import { stepOfField } from "./steps";

/** Fields that count for how complete a draft is; the first group is needed to submit, the second helps matching and trust. */
const NEEDED: Record<ListingKind, (keyof Draft)[]> = {
  need: [
    "title",
    "description",
    "currentTechnology",
    "sectorMain",
    "lines",
    "needTypes",
    "funding",
    "neededBy",
    "provinceCode",
    "visibility",
    "contactName",
    "contactPhone",
    "contactEmail",
    "expiresOn",
  ],
  offering: [
    "title",
    "summary",
    "description",
    "problemSolved",
    "advantages",
    "sectorMain",
    "trl",
    "objects",
    "forms",
    "methods",
    "rights",
    "owners",
    "ipType",
    "priceModel",
    "visibility",
    "contactName",
    "contactPhone",
    "contactEmail",
    "expiresOn",
  ],
};
const HELPFUL: Record<ListingKind, (keyof Draft)[]> = {
  need: ["summary", "standards", "trl", "keywords", "scaleMin", "tried", "titleOther", "pictures"],
  offering: [
    "lines",
    "principle",
    "keywords",
    "scaleMin",
    "trlEvidence",
    "sites",
    "tests",
    "unitCost",
    "paybackMonths",
    "warrantyMonths",
    "originFunding",
    "titleOther",
    "pictures",
  ],
};

function isFilled(draft: Draft, field: keyof Draft): boolean {
  const value = draft[field];
  if (field in ROW_CELLS) return (value as Record<string, string>[]).some((row) => !isEmptyRow(field as RowList, row));
  return Array.isArray(value) ? value.length > 0 : value !== null && String(value).trim() !== "";
}

/** How complete a draft is, in whole percent: four fifths for what is needed, one fifth for what helps matching and trust. */
export function completeness(kind: ListingKind, draft: Draft): number {
  const share = (fields: (keyof Draft)[]) => fields.filter((field) => isFilled(draft, field)).length / fields.length;
  return Math.round(80 * share(NEEDED[kind]) + 20 * share(HELPFUL[kind]));
}

/** Points of a match (0–100) that a field can bring, from the matching engine's weights. */
export type FieldWorth = Partial<Record<keyof Draft, number>>;
export type BestMissing = { field: string; step: string; points: number };

/**
 * The empty fields that would help matching most, best first, at most `most`. `worth` comes from the matching context, so
 * that the advice follows the engine's weights and not an opinion.
 */
export function bestMissing(kind: ListingKind, draft: Draft, worth: FieldWorth, most = 3): BestMissing[] {
  return (Object.entries(worth) as [keyof Draft, number][])
    .filter(([field]) => !isFilled(draft, field))
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([field, points]) => ({ field, step: stepOfField(kind, field), points }));
}
