import { Prisma } from "~/generated/prisma/client";
import type { Urgency } from "~/generated/prisma/enums";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { cleanText } from "~/platform/text";
import type { SubmittedContent } from "../schemas";

type VersionMeta = { id: string; listingId: string; number: number; createdAt: Date; createdById: string | null };

/** An empty list of rows is "not stated": a null column. */
const rowsOrNull = <T>(rows: T[] | undefined) => (rows && rows.length > 0 ? rows : Prisma.DbNull);
const dong = (value: number | null) => (value === null ? null : BigInt(value));

const DAYS: [number, Urgency][] = [
  [92, "under_3_months"],
  [183, "months_3_6"],
  [366, "months_6_12"],
];

/** How urgent a need is by its date, where its author did not say. */
function urgencyOf(neededBy: string | null, now: Date): Urgency | null {
  if (!neededBy) return null;
  const days = (dateOnly(neededBy).getTime() - now.getTime()) / 86_400_000;
  return DAYS.find(([most]) => days <= most)?.[1] ?? "over_12_months";
}

/** The rows of an immutable version: facts, one text per language, lines. */
export function versionRows(content: SubmittedContent, meta: VersionMeta) {
  const sectors = [content.sectorMain, content.sectorSecond, content.sectorThird].filter((code) => code !== null);
  const offering = content.kind === "offering" ? content : null;
  const need = content.kind === "need" ? content : null;
  const version: Prisma.ListingVersionUncheckedCreateInput = {
    ...meta,
    visibility: content.visibility,
    sectorMain: content.sectorMain,
    sectorCodes: sectors,
    keywords: content.keywords,
    trl: content.trl,
    trlBasis: content.trl === null ? null : "self_declared",
    needTypes: need?.needTypes ?? [],
    funding: need?.funding ?? [],
    moneyMin: dong(content.moneyMin),
    moneyMax: dong(content.moneyMax),
    moneyNegotiable: content.moneyNegotiable,
    priceModel: offering?.priceModel ?? null,
    neededBy: need?.neededBy ? dateOnly(need.neededBy) : null,
    urgency: need ? (need.urgency ?? urgencyOf(need.neededBy, meta.createdAt)) : null,
    supplyOrigin: need?.supplyOrigin ?? null,
    helpWanted: need?.helpWanted ?? [],
    scaleMin: content.scaleMin,
    scaleMax: content.scaleMax,
    scaleUnit: content.scaleUnit,
    provinceCode: content.provinceCode,
    communeCode: content.communeCode,
    objects: offering?.objects ?? [],
    forms: content.forms,
    methods: content.methods,
    rights: content.rights,
    ipType: offering?.ipType ?? null,
    ipStatus: offering?.ipStatus ?? null,
    ipNumber: offering?.ipNumber ?? null,
    owners: rowsOrNull(offering?.owners),
    ipTitles: rowsOrNull(offering?.ipTitles),
    sites: rowsOrNull(offering?.sites),
    tests: rowsOrNull(offering?.tests),
    unitCost: dong(offering?.unitCost ?? null),
    unitCostPer: offering?.unitCostPer ?? null,
    paybackMonths: offering?.paybackMonths ?? null,
    transferMonths: offering?.transferMonths ?? null,
    warrantyMonths: offering?.warrantyMonths ?? null,
    originFunding: offering?.originFunding ?? null,
    originTaskCode: offering?.originTaskCode ?? null,
    originAcceptedYear: offering?.originAcceptedYear ?? null,
    ownershipDecision: offering?.ownershipDecision ?? null,
    resultCertificate: offering?.resultCertificate ?? null,
    contactName: content.contactName,
    contactPhone: content.contactPhone,
    contactEmail: content.contactEmail,
    expiresOn: content.expiresOn ? dateOnly(content.expiresOn) : null,
    pictureId: content.pictures[0]?.id ?? null,
    pictureIds: content.pictures.map(({ id }) => id),
    pictureAlts: content.pictures.map(({ alt }) => alt),
    pdfId: content.pdfId,
  };
  const texts: Prisma.ListingTextUncheckedCreateInput[] = [
    {
      id: newId(),
      versionId: meta.id,
      lang: content.lang,
      title: content.title,
      summary: content.summary,
      description: content.description,
      currentTechnology: need?.currentTechnology ?? null,
      problemSolved: offering?.problemSolved ?? null,
      advantages: offering?.advantages ?? null,
      referenceSites: offering?.referenceSites ?? null,
      tried: need?.tried ?? null,
      ipWishes: need?.ipWishes ?? null,
      principle: offering?.principle ?? null,
      operatingConditions: offering?.operatingConditions ?? null,
      trlEvidence: offering?.trlEvidence ?? null,
      support: offering?.support ?? null,
      standards: content.standards,
    },
  ];
  if (content.titleOther) {
    texts.push({
      id: newId(),
      versionId: meta.id,
      lang: content.lang === "vi" ? "en" : "vi",
      title: content.titleOther,
      summary: content.summaryOther,
      description: content.descriptionOther,
      currentTechnology: need?.currentTechnologyOther ?? null,
      problemSolved: offering?.problemSolvedOther ?? null,
      advantages: offering?.advantagesOther ?? null,
      principle: offering?.principleOther ?? null,
    });
  }
  const lines: Prisma.RequirementLineUncheckedCreateInput[] = content.lines.map((line, position) => ({
    ...line,
    id: newId(),
    versionId: meta.id,
    position,
    name: cleanText(line.name),
    textValue: line.textValue && cleanText(line.textValue),
  }));
  return { version, texts, lines };
}
