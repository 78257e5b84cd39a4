import type { IpType, Visibility } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";
import { looksLikeIpNumber } from "./ip-number";

export type WarningCode =
  | "phone"
  | "email"
  | "website"
  | "tax_code"
  | "owner_name"
  | "ip_number"
  | "trl_evidence"
  | "equipment_only"
  | "money_wide";
export type ReviewWarning = { code: WarningCode; field: string; found: string };

type Readable = {
  visibility: Visibility;
  /** public words by field name */
  texts: Record<string, string | null>;
  owner: { names: (string | null)[]; taxCode: string | null };
  ipType: IpType | null;
  ipNumber: string | null;
  trl: number | null;
  referenceSites: string | null;
  objects: string[];
  kind: "need" | "offering";
  moneyMin: number | null;
  moneyMax: number | null;
};

const PHONE = /(?:\+84|\b0)(?:[\s.()-]*\d){8,10}(?!\d)/g;
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
const WEBSITE = /\b(?:https?:\/\/|www\.)\S+|\b[a-z\d-]+\.(?:com|vn|net|org)(?:\.vn)?\b/gi;
const TAX = /\b\d{10}(?:-\d{3})?\b/g;
/** Words that many names share and that tell nobody's name. */
const COMMON =
  /\b(cong ty|co phan|tnhh|mtv|mot thanh vien|trach nhiem huu han|tap doan|vien|truong|dai hoc|trung tam|hop tac xa|htx|nghien cuu|doanh nghiep|jsc|ltd|co|company|institute|university|va|and)\b/g;

function nameIn(text: string, name: string): boolean {
  const folded = fold(name);
  const core = folded.replace(COMMON, " ").replace(/\s+/g, " ").trim();
  const words = ` ${fold(text).replace(/[^a-z0-9]+/g, " ")} `;
  const has = (needle: string) =>
    needle.length >= 4 && words.includes(` ${needle.replace(/[^a-z0-9]+/g, " ").trim()} `);
  return has(folded) || has(core);
}

/**
 * What a broker should look at before a version goes public: contacts in public words (shown beside the listing only on
 * consent), a blind owner's own name, an unusual IP number, high readiness without any reference, equipment without
 * technology (which is no technology transfer, Luật 07/2017/QH14 Điều 4). Warnings never block.
 */
export function reviewWarnings(version: Readable): ReviewWarning[] {
  const found: ReviewWarning[] = [];
  const add = (code: WarningCode, field: string, text: string) => {
    if (!found.some((one) => one.code === code && one.field === field && one.found === text))
      found.push({ code, field, found: text });
  };
  for (const [field, text] of Object.entries(version.texts)) {
    if (!text) continue;
    for (const [match] of text.matchAll(EMAIL)) add("email", field, match);
    const plain = text.replace(EMAIL, " ");
    for (const [match] of plain.matchAll(PHONE))
      if (match.replace(/\D/g, "") !== version.owner.taxCode?.slice(0, 10)) add("phone", field, match.trim());
    for (const [match] of plain.matchAll(WEBSITE)) add("website", field, match);
    for (const [match] of plain.matchAll(TAX))
      if (match === version.owner.taxCode || version.visibility === "blind") add("tax_code", field, match);
    if (version.visibility === "blind") {
      for (const name of version.owner.names) if (name && nameIn(text, name)) add("owner_name", field, name);
    }
  }
  if (version.ipType && version.ipNumber && !looksLikeIpNumber(version.ipType, version.ipNumber))
    add("ip_number", "ipNumber", version.ipNumber);
  if (version.kind === "offering" && (version.trl ?? 0) >= 7 && !version.referenceSites?.trim())
    add("trl_evidence", "trl", String(version.trl));
  if (version.objects.length === 1 && version.objects[0] === "equipment_only") add("equipment_only", "objects", "");
  if (
    version.moneyMin !== null &&
    version.moneyMax !== null &&
    version.moneyMin > 0 &&
    version.moneyMax > 20 * version.moneyMin
  )
    add("money_wide", "moneyMax", "");
  return found;
}
