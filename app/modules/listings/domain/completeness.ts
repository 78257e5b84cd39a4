import type { ListingKind } from "~/generated/prisma/enums";
import { type Draft, isEmptyLine } from "./draft";

/** Fields that count for how complete a draft is; the first group is needed to submit, the second helps matching. */
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
  need: ["summary", "standards", "trl", "keywords", "titleOther", "pictureId"],
  offering: ["lines", "referenceSites", "keywords", "titleOther", "pictureId", "pdfId", "originTaskCode"],
};

function isFilled(draft: Draft, field: keyof Draft): boolean {
  const value = draft[field];
  if (field === "lines") return draft.lines.some((line) => !isEmptyLine(line));
  return Array.isArray(value) ? value.length > 0 : value !== null && String(value).trim() !== "";
}

/** How complete a draft is, in whole percent: four fifths for what is needed, one fifth for what helps matching. */
export function completeness(kind: ListingKind, draft: Draft): number {
  const share = (fields: (keyof Draft)[]) => fields.filter((field) => isFilled(draft, field)).length / fields.length;
  return Math.round(80 * share(NEEDED[kind]) + 20 * share(HELPFUL[kind]));
}
