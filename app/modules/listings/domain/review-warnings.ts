import type { IpType, Visibility } from "~/generated/prisma/enums";
import { excerptOf, type FindCode, findContacts, type Owner } from "./contact-finds";
import { looksLikeIpNumber } from "./ip-number";

/** What is not a find: oddities of the facts. */
const ODDITIES = ["ip_number", "trl_evidence", "equipment_only", "money_wide"] as const;
export type WarningCode = FindCode | (typeof ODDITIES)[number];
export type ReviewWarning = {
  code: WarningCode;
  field: string;
  found: string;
  /** finds: the words around it */
  excerpt?: { before: string; match: string; after: string };
};

/** A contact or name found in a text, not an oddity of the facts. */
export const isFind = (warning: ReviewWarning): boolean => !ODDITIES.some((code) => code === warning.code);

type Readable = {
  visibility: Visibility;
  /** public words by field name */
  texts: Record<string, string | null>;
  owner: Owner;
  ipType: IpType | null;
  ipNumber: string | null;
  trl: number | null;
  referenceSites: string | null;
  objects: string[];
  kind: "need" | "offering";
  moneyMin: number | null;
  moneyMax: number | null;
};

/**
 * What a broker should look at before a version goes public: contacts in public words (shown beside the listing only on
 * consent), a blind owner's own name, an unusual IP number, high readiness without any reference, equipment without
 * technology (which is no technology transfer, Luật 07/2017/QH14 Điều 4). Warnings never block.
 */
export function reviewWarnings(version: Readable): ReviewWarning[] {
  const found: ReviewWarning[] = [];
  const add = (warning: ReviewWarning) => {
    const { code, field, found: words } = warning;
    if (!found.some((one) => one.code === code && one.field === field && one.found === words)) found.push(warning);
  };
  // a name is public on a public listing; its tax code is a contact all the same
  const owner: Owner =
    version.visibility === "blind" ? version.owner : { names: [], taxCode: version.owner.taxCode, people: [] };
  for (const [field, text] of Object.entries(version.texts)) {
    if (!text) continue;
    for (const find of findContacts(text, owner))
      add({ code: find.code, field, found: find.found, excerpt: excerptOf(text, find) });
  }
  if (version.ipType && version.ipNumber && !looksLikeIpNumber(version.ipType, version.ipNumber))
    add({ code: "ip_number", field: "ipNumber", found: version.ipNumber });
  if (version.kind === "offering" && (version.trl ?? 0) >= 7 && !version.referenceSites?.trim())
    add({ code: "trl_evidence", field: "trl", found: String(version.trl) });
  if (version.objects.length === 1 && version.objects[0] === "equipment_only")
    add({ code: "equipment_only", field: "objects", found: "" });
  if (
    version.moneyMin !== null &&
    version.moneyMax !== null &&
    version.moneyMin > 0 &&
    version.moneyMax > 20 * version.moneyMin
  )
    add({ code: "money_wide", field: "moneyMax", found: "" });
  return found;
}
