import type { IpStatus, IpType, PriceModel } from "~/generated/prisma/enums";
import type { SectorClassifier } from "./classify-sector";
import { readImportedIp, readImportedMoney } from "./imported-facts";
import type { ImportedItem } from "./imported-item";
import { type ImportedOwner, readImportedOwner, withoutNames } from "./imported-owner";

/** What an imported row says, in the shape of a version. Compared with the stored one to see whether anything changed. */
export type ImportedContent = {
  version: {
    visibility: "public";
    sectorMain: string | null;
    sectorCodes: string[];
    sectorText: string | null;
    sectorGuessed: boolean;
    keywords: string[];
    trl: number | null;
    trlBasis: "estimated" | "self_declared" | null;
    moneyMin: bigint | null;
    moneyMax: bigint | null;
    moneyNegotiable: boolean | null;
    priceModel: PriceModel | null;
    moneyText: string | null;
    provinceCode: string | null;
    ipType: IpType | null;
    ipStatus: IpStatus | null;
    ipNumber: string | null;
    ipText: string | null;
  };
  text: { lang: "vi" | "en"; title: string; summary: string | null; description: string | null };
  source: { sourceUrl: string | null; sourceNote: string | null };
};

/** Main sector and at most two more, as forms allow (domain: 1 main + ≤ 2). */
const SECTORS = 3;

/** Turns a checked row into a version's content and its owner. Pure; `provinceCodeOf` maps old and new names of provinces. */
export function readImportedContent(
  item: ImportedItem,
  classify: SectorClassifier,
  provinceCodeOf: (name: string) => string | null,
): { content: ImportedContent; owner: ImportedOwner } {
  const owner = readImportedOwner(item.organisation, item.orgType);
  const clean = <T extends string | null>(text: T) =>
    text === null ? null : withoutNames(text, owner.personNames, item.lang);
  const title = clean(item.title) || item.title;
  const summary = clean(item.summary);
  const description = clean(item.description);
  const keywords = item.keywords.filter(
    (word) => !owner.personNames.some((name) => word.toLowerCase().includes(name.toLowerCase())),
  );
  const text = [summary, description].filter(Boolean).join("\n");
  const sectors = classify({ title, text, keywords, sectorText: item.sectorGuess }, SECTORS).map((guess) => guess.code);
  const moneyText = item.kind === "need" ? (item.budgetText ?? item.priceText) : (item.priceText ?? item.budgetText);
  const money = readImportedMoney(moneyText);
  const notes = [clean(item.sourceNote), owner.asWritten ? `Đơn vị nêu trong nguồn: ${owner.asWritten}` : null];
  return {
    owner,
    content: {
      version: {
        visibility: "public",
        sectorMain: sectors[0] ?? null,
        sectorCodes: sectors,
        sectorText: item.sectorGuess,
        sectorGuessed: sectors.length > 0,
        keywords,
        trl: item.trl,
        trlBasis: item.trl === null ? null : item.trlEstimated ? "estimated" : "self_declared",
        ...money,
        priceModel: item.kind === "need" ? null : money.priceModel,
        moneyText,
        provinceCode: item.province ? provinceCodeOf(item.province) : null,
        ...readImportedIp(item.ipStatus),
        ipText: item.ipStatus,
      },
      text: { lang: item.lang, title, summary, description },
      source: { sourceUrl: item.url, sourceNote: notes.filter(Boolean).join(" · ") || null },
    },
  };
}

/** The same facts give the same string, whatever order and number types they come in. */
export function contentKey(content: ImportedContent): string {
  const sorted = (part: object) =>
    Object.entries(part)
      .map(([key, value]: [string, unknown]) => [key, typeof value === "bigint" ? value.toString() : value] as const)
      .sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([sorted(content.version), sorted(content.text), sorted(content.source)]);
}
