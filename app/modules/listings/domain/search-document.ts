import { SEARCH_SCHEMA, type SearchDocument } from "~/platform/ports/search";
import { openMatchable } from "./open-part";
import type { ListingText, MatchableListing } from "./types";

function bodyOf(text: ListingText): string[] {
  return [
    text.description,
    text.currentTechnology,
    text.problemSolved,
    text.advantages,
    text.principle,
    text.tried,
    text.operatingConditions,
    text.standards,
    text.support,
    text.referenceSites,
  ].filter((part): part is string => part !== null && part !== "");
}

const PENDING: readonly string[] = ["filed", "accepted", "published", "examining"];

/** How far protection has come; a title that was refused or ran out protects nothing. Nothing when not stated. */
function ipCodes({ ipType, ipStatus }: Pick<MatchableListing, "ipType" | "ipStatus">): string[] {
  if (ipStatus === "granted") return ["granted"];
  if (ipStatus && PENDING.includes(ipStatus)) return ["pending"];
  if (ipType === "trade_secret" || ipType === "software_copyright") return ["other"];
  return ipType || ipStatus ? ["none"] : [];
}

/**
 * What the index knows of a published listing. Pure: the same version gives the same document.
 * `synonyms`: other names of what it speaks of, from whoever knows the dictionary. Holds no contacts; of a blind listing the open
 * part only, for whoever asks: what is held back is found neither by words nor by filters.
 */
export function toSearchDocument(whole: MatchableListing, synonyms: string[] = []): SearchDocument {
  const listing = whole.visibility === "blind" ? openMatchable(whole) : whole;
  const [text, other] = listing.texts;
  if (!text) throw new Error(`Listing ${listing.id} has no text`);
  const texts = other ? [text, other] : [text];
  return {
    id: listing.id,
    schema: SEARCH_SCHEMA,
    rowVersion: listing.rowVersion,
    kind: listing.kind,
    reference: listing.reference,
    visibility: listing.visibility,
    ownerKey: listing.ownerKey,
    title: text.title,
    titleOther: other?.title ?? null,
    summary: text.summary ?? "",
    body: [
      ...(other?.summary ? [other.summary] : []),
      ...texts.flatMap(bodyOf),
      ...listing.lines.map((line) => [line.name, line.textValue, line.condition].filter(Boolean).join(" ")),
    ].join("\n"),
    keywords: listing.keywords,
    synonyms,
    organisation: listing.organisation,
    sectors: listing.sectorCodes,
    fields: [...new Set(listing.sectorCodes.map((code) => code.split("-")[0] ?? code))],
    province: listing.provinceCode,
    trl: listing.trl,
    ip: ipCodes(listing),
    forms: listing.forms,
    rights: listing.rights,
    marks: listing.challenge ? ["challenge"] : [],
    price: listing.moneyMin ?? listing.moneyMax,
    lang: text.lang,
    publishedAt: listing.publishedAt.getTime(),
  };
}
