import type { Prisma } from "~/generated/prisma/client";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { cleanText } from "~/platform/text";
import type { SubmittedContent } from "../schemas";

type VersionMeta = { id: string; listingId: string; number: number; createdAt: Date; createdById: string | null };

const dong = (value: number | null) => (value === null ? null : BigInt(value));

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
    neededBy: need ? dateOnly(need.neededBy) : null,
    provinceCode: content.provinceCode,
    communeCode: content.communeCode,
    objects: offering?.objects ?? [],
    forms: offering?.forms ?? [],
    methods: offering?.methods ?? [],
    rights: offering?.rights ?? [],
    ipType: offering?.ipType ?? null,
    ipStatus: offering?.ipStatus ?? null,
    ipNumber: offering?.ipNumber ?? null,
    originTaskCode: offering?.originTaskCode ?? null,
    contactName: content.contactName,
    contactPhone: content.contactPhone,
    contactEmail: content.contactEmail,
    expiresOn: dateOnly(content.expiresOn),
    pictureId: content.pictureId,
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
