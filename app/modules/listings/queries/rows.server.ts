import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/generated/prisma/enums";
import { ipTitleRow, type ListingDetails, ownerRow, readRows, siteRow, testRow } from "../domain/detail-rows";
import type { ListingFacts, ListingLine, ListingText, Picture } from "../domain/types";

/** Selects shared by the queries. Contacts, numbers that name an owner and file ids are not in here. */
export const TEXT_SELECT = {
  lang: true,
  title: true,
  summary: true,
  description: true,
  currentTechnology: true,
  problemSolved: true,
  advantages: true,
  referenceSites: true,
  standards: true,
  tried: true,
  ipWishes: true,
  principle: true,
  operatingConditions: true,
  trlEvidence: true,
  support: true,
} satisfies Prisma.ListingTextSelect;

export const LINE_SELECT = {
  name: true,
  comparison: true,
  minValue: true,
  maxValue: true,
  textValue: true,
  unit: true,
  must: true,
  condition: true,
} satisfies Prisma.RequirementLineSelect;

export const FACTS_SELECT = {
  sectorMain: true,
  sectorCodes: true,
  sectorText: true,
  sectorGuessed: true,
  keywords: true,
  trl: true,
  trlBasis: true,
  needTypes: true,
  funding: true,
  moneyMin: true,
  moneyMax: true,
  moneyNegotiable: true,
  priceModel: true,
  moneyText: true,
  neededBy: true,
  provinceCode: true,
  objects: true,
  forms: true,
  methods: true,
  rights: true,
  ipType: true,
  ipStatus: true,
  expiresOn: true,
  urgency: true,
  supplyOrigin: true,
  helpWanted: true,
  scaleMin: true,
  scaleMax: true,
  scaleUnit: true,
  unitCost: true,
  unitCostPer: true,
  paybackMonths: true,
  transferMonths: true,
  warrantyMonths: true,
  originFunding: true,
  originAcceptedYear: true,
} satisfies Prisma.ListingVersionSelect;

/** What tells whose it is: selected only for readers who may know the owner. */
export const DETAILS_SELECT = {
  owners: true,
  ipTitles: true,
  sites: true,
  tests: true,
  ownershipDecision: true,
  resultCertificate: true,
} satisfies Prisma.ListingVersionSelect;

export const VERSION_SELECT = {
  id: true,
  number: true,
  visibility: true,
  createdAt: true,
  ...FACTS_SELECT,
  texts: { select: TEXT_SELECT, orderBy: { lang: "asc" } },
  lines: { select: LINE_SELECT, orderBy: { position: "asc" } },
} satisfies Prisma.ListingVersionSelect;

export type VersionRow = Prisma.ListingVersionGetPayload<{ select: typeof VERSION_SELECT }>;
type FactsRow = Prisma.ListingVersionGetPayload<{ select: typeof FACTS_SELECT }>;
type LineRow = Prisma.RequirementLineGetPayload<{ select: typeof LINE_SELECT }>;

/** The facts of a version row with money as plain numbers (đồng; 2^53 is nine million billion). */
export function factsOf(row: FactsRow): ListingFacts {
  const { moneyMin, moneyMax } = row;
  return {
    sectorMain: row.sectorMain,
    sectorCodes: row.sectorCodes,
    sectorText: row.sectorText,
    sectorGuessed: row.sectorGuessed,
    keywords: row.keywords,
    trl: row.trl,
    trlBasis: row.trlBasis,
    needTypes: row.needTypes,
    funding: row.funding,
    moneyMin: moneyMin === null ? null : Number(moneyMin),
    moneyMax: moneyMax === null ? null : Number(moneyMax),
    moneyNegotiable: row.moneyNegotiable,
    priceModel: row.priceModel,
    moneyText: row.moneyText,
    neededBy: row.neededBy,
    provinceCode: row.provinceCode,
    objects: row.objects,
    forms: row.forms,
    methods: row.methods,
    rights: row.rights,
    ipType: row.ipType,
    ipStatus: row.ipStatus,
    expiresOn: row.expiresOn,
    urgency: row.urgency,
    supplyOrigin: row.supplyOrigin,
    helpWanted: row.helpWanted,
    scaleMin: row.scaleMin === null ? null : Number(row.scaleMin),
    scaleMax: row.scaleMax === null ? null : Number(row.scaleMax),
    scaleUnit: row.scaleUnit,
    unitCost: row.unitCost === null ? null : Number(row.unitCost),
    unitCostPer: row.unitCostPer,
    paybackMonths: row.paybackMonths,
    transferMonths: row.transferMonths,
    warrantyMonths: row.warrantyMonths,
    originFunding: row.originFunding,
    originAcceptedYear: row.originAcceptedYear,
  };
}

type DetailsRow = { [Key in keyof typeof DETAILS_SELECT]: unknown };

/** Rows kept as JSON, read back. */
export function detailsOf(row: DetailsRow, withContacts: boolean): ListingDetails {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const sites = readRows(siteRow, row.sites);
  return {
    owners: readRows(ownerRow, row.owners),
    ipTitles: readRows(ipTitleRow, row.ipTitles),
    sites: withContacts ? sites : (sites?.map((site) => ({ ...site, contact: null })) ?? null),
    tests: readRows(testRow, row.tests),
    ownershipDecision: text(row.ownershipDecision),
    resultCertificate: text(row.resultCertificate),
  };
}

/** Pictures in order. Versions from before there could be several name one. */
export function picturesOf(row: { pictureId: string | null; pictureIds: string[]; pictureAlts: string[] }): Picture[] {
  if (row.pictureIds.length === 0) return row.pictureId ? [{ id: row.pictureId, alt: "" }] : [];
  return row.pictureIds.map((id, at) => ({ id, alt: row.pictureAlts[at] ?? "" }));
}

export function linesOf(rows: LineRow[]): ListingLine[] {
  return rows.map((row) => ({
    ...row,
    minValue: row.minValue === null ? null : Number(row.minValue),
    maxValue: row.maxValue === null ? null : Number(row.maxValue),
  }));
}

/** The text in the reader's language when there is one, else Vietnamese, else whatever there is. */
export function pickText<T extends { lang: Locale }>(texts: T[], locale: Locale): T | undefined {
  return texts.find((text) => text.lang === locale) ?? texts.find((text) => text.lang === "vi") ?? texts[0];
}

/** Texts with Vietnamese first. */
export function textsOf(texts: ListingText[]): ListingText[] {
  return [...texts].sort((a, b) => (a.lang === b.lang ? 0 : a.lang === "vi" ? -1 : 1));
}
