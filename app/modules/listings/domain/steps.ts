import type { ListingKind } from "~/generated/prisma/enums";
import type { Draft } from "./draft";

type Step = { id: string; fields: readonly (keyof Draft)[] };

/** What both forms end with. */
const ENDING = (other: readonly (keyof Draft)[]): Step[] => [
  { id: "files", fields: ["pictures", "pictureId", "pdfId"] },
  { id: "publish", fields: ["visibility", "contactName", "contactPhone", "contactEmail", "expiresOn"] },
  { id: "translation", fields: ["titleOther", "summaryOther", "descriptionOther", ...other] },
];

/** The steps of the forms, each with an address of its own; the last one, "review", shows and sends and holds no field. */
export const STEPS: Record<ListingKind, readonly Step[]> = {
  need: [
    {
      id: "problem",
      fields: ["lang", "title", "description", "currentTechnology", "tried", "summary", "keywords"],
    },
    {
      id: "requirements",
      fields: [
        "sectorMain",
        "sectorSecond",
        "sectorThird",
        "lines",
        "scaleMin",
        "scaleMax",
        "scaleUnit",
        "standards",
        "trl",
      ],
    },
    {
      id: "terms",
      fields: [
        "needTypes",
        "moneyMin",
        "moneyMax",
        "moneyNegotiable",
        "funding",
        "neededBy",
        "urgency",
        "provinceCode",
        "communeCode",
      ],
    },
    { id: "wishes", fields: ["supplyOrigin", "forms", "methods", "rights", "ipWishes", "helpWanted"] },
    ...ENDING(["currentTechnologyOther"]),
    { id: "review", fields: [] },
  ],
  offering: [
    {
      id: "content",
      fields: ["lang", "title", "summary", "description", "principle", "problemSolved", "advantages", "keywords"],
    },
    {
      id: "technical",
      fields: [
        "sectorMain",
        "sectorSecond",
        "sectorThird",
        "lines",
        "scaleMin",
        "scaleMax",
        "scaleUnit",
        "operatingConditions",
        "standards",
      ],
    },
    { id: "readiness", fields: ["trl", "trlEvidence", "sites", "referenceSites", "tests"] },
    {
      id: "ownership",
      fields: [
        "owners",
        "ipType",
        "ipStatus",
        "ipNumber",
        "ipTitles",
        "originFunding",
        "originTaskCode",
        "originAcceptedYear",
        "ownershipDecision",
        "resultCertificate",
      ],
    },
    {
      id: "transfer",
      fields: [
        "objects",
        "forms",
        "methods",
        "rights",
        "priceModel",
        "moneyMin",
        "moneyMax",
        "moneyNegotiable",
        "unitCost",
        "unitCostPer",
        "paybackMonths",
        "transferMonths",
        "warrantyMonths",
        "support",
        "provinceCode",
      ],
    },
    ...ENDING(["principleOther", "problemSolvedOther", "advantagesOther"]),
    { id: "review", fields: [] },
  ],
};

/** Ids of the steps in order. */
export const stepIds = (kind: ListingKind): string[] => STEPS[kind].map((step) => step.id);

/** The step on which a field of an error ("lines[0].value", "picture") stands; the last one for what belongs to none. */
export function stepOfField(kind: ListingKind, name: string): string {
  const field = name.replace(/\[.*$/, "").replace(/^(picture|pdf)$/, "$1Id");
  return STEPS[kind].find((step) => (step.fields as readonly string[]).includes(field))?.id ?? "review";
}

/** The step after this one; the same when it is the last. */
export function nextStep(kind: ListingKind, id: string): string {
  const ids = stepIds(kind);
  return ids[Math.min(ids.length - 1, ids.indexOf(id) + 1)] ?? "review";
}
