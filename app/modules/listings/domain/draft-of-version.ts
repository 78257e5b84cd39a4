import { writeDay } from "./days";
import type { ListingDetails } from "./detail-rows";
import { type Draft, readDraft } from "./draft";
import { writeNumber } from "./number-parse";
import { writeValue } from "./parse-line";
import type { ListingFacts, ListingLine, ListingText, Picture } from "./types";

type Version = ListingFacts & {
  visibility: string;
  communeCode: string | null;
  ipNumber: string | null;
  originTaskCode: string | null;
  contactName: string | null;
  contactPhone: string | null;
  contactEmail: string | null;
  pictures: Picture[];
  pdfId: string | null;
  details: ListingDetails;
  texts: ListingText[];
  lines: ListingLine[];
};

/** An amount as the money field reads it back: "1,25 tỷ", "800 triệu", else plain đồng. */
export function writeMoney(dong: number | null): string {
  if (dong === null) return "";
  for (const [size, word] of [
    [1e9, "tỷ"],
    [1e6, "triệu"],
  ] as const) {
    if (dong >= size && Number.isInteger(dong / (size / 1000))) return `${writeNumber(dong / size)} ${word}`;
  }
  return writeNumber(dong);
}

/** The draft with which editing a published version begins: the same facts, written as people type them. */
export function draftOfVersion(version: Version): Draft {
  const [text, other] = version.texts;
  const [sectorMain = "", sectorSecond = "", sectorThird = ""] = version.sectorCodes;
  const typed = (value: string | number | null) =>
    value === null ? "" : typeof value === "number" ? writeNumber(value) : value;
  const { owners, ipTitles, sites, tests, ownershipDecision, resultCertificate } = version.details;
  const day = (date: Date | null) => (date ? writeDay(date) : "");
  return readDraft({
    ...Object.fromEntries(Object.entries(text ?? {}).map(([key, value]) => [key, value ?? ""])),
    ...Object.fromEntries(Object.entries(other ?? {}).map(([key, value]) => [`${key}Other`, value ?? ""])),
    keywords: version.keywords.join(", "),
    sectorMain,
    sectorSecond,
    sectorThird,
    lines: version.lines.map((line) => ({
      name: line.name,
      comparison: line.comparison,
      value: writeValue(line),
      unit: line.unit ?? "",
      must: line.must === false ? "nice" : "must",
      condition: line.condition ?? "",
    })),
    trl: version.trl === null ? "" : String(version.trl),
    needTypes: version.needTypes,
    funding: version.funding,
    moneyMin: writeMoney(version.moneyMin),
    moneyMax: writeMoney(version.moneyMax),
    moneyNegotiable: version.moneyNegotiable ? "on" : "",
    priceModel: version.priceModel ?? "",
    unitCost: writeMoney(version.unitCost),
    unitCostPer: typed(version.unitCostPer),
    paybackMonths: typed(version.paybackMonths),
    transferMonths: typed(version.transferMonths),
    warrantyMonths: typed(version.warrantyMonths),
    urgency: typed(version.urgency),
    supplyOrigin: typed(version.supplyOrigin),
    helpWanted: version.helpWanted,
    scaleMin: typed(version.scaleMin),
    scaleMax: typed(version.scaleMax),
    scaleUnit: typed(version.scaleUnit),
    owners: owners?.map((row) => ({ ...row, share: typed(row.share) })),
    ipTitles: ipTitles?.map(({ type, status, number }) => ({ type, status: typed(status), number: typed(number) })),
    sites: sites?.map((row) => ({
      name: row.name,
      province: typed(row.provinceCode),
      year: typed(row.year),
      contact: typed(row.contact),
    })),
    tests: tests?.map((row) => ({
      body: row.body,
      number: typed(row.number),
      date: row.date ? row.date.split("-").reverse().join("/") : "",
      result: typed(row.result),
    })),
    originFunding: typed(version.originFunding),
    originAcceptedYear: typed(version.originAcceptedYear),
    ownershipDecision: typed(ownershipDecision),
    resultCertificate: typed(resultCertificate),
    neededBy: day(version.neededBy),
    provinceCode: version.provinceCode ?? "",
    communeCode: version.communeCode ?? "",
    objects: version.objects,
    forms: version.forms,
    methods: version.methods,
    rights: version.rights,
    ipType: version.ipType ?? "",
    ipStatus: version.ipStatus ?? "",
    ipNumber: version.ipNumber ?? "",
    originTaskCode: version.originTaskCode ?? "",
    visibility: version.visibility,
    contactName: version.contactName ?? "",
    contactPhone: version.contactPhone ?? "",
    contactEmail: version.contactEmail ?? "",
    expiresOn: day(version.expiresOn),
    pictures: version.pictures,
    pdfId: version.pdfId,
  });
}
