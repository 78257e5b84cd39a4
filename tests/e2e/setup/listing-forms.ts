import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import type { Words } from "./words";
import { expect, field } from "./world";

type Line = { name: string; comparison: "gte" | "lte" | "between"; value: string; unit: string };
export type NeedWords = Common & { current: string };
export type OfferingWords = Common & { summary: string; solves: string };
type Common = { title: string; description: string; sector: string; lines: Line[] };

/** dd/mm/yyyy, so many months from now. */
export function dayInMonths(months: number): string {
  const now = new Date();
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 15));
  return `15/${String(day.getUTCMonth() + 1).padStart(2, "0")}/${day.getUTCFullYear()}`;
}

/** A small picture, as a telephone would send it. */
export async function aPicture(name: string) {
  const image = sharp({ create: { width: 640, height: 480, channels: 3, background: "#2a7f9e" } });
  return { name, mimeType: "image/jpeg", buffer: await image.jpeg().toBuffer() };
}

/** The smallest file that is a whole PDF. */
export function aPdf(name: string) {
  const text =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  return { name, mimeType: "application/pdf", buffer: Buffer.from(text, "latin1") };
}

export function lineRow(page: Page, words: Words, number: number): Locator {
  return page.getByRole("listitem").filter({ hasText: words("listings:lines.row", { number }) });
}

async function fillLines(page: Page, words: Words, lines: Line[]): Promise<void> {
  for (const [index, line] of lines.entries()) {
    if (index > 0) await page.getByRole("button", { name: words("listings:lines.add") }).click();
    const row = lineRow(page, words, index + 1);
    await field(row, words("listings:lines.name")).fill(line.name);
    await field(row, words("listings:lines.comparison")).selectOption(words(`listings:comparison.${line.comparison}`));
    await field(row, words("listings:lines.value")).fill(line.value);
    await field(row, words("listings:lines.unit")).fill(line.unit);
  }
}

async function fillContact(page: Page, words: Words): Promise<void> {
  await page.getByRole("radio", { name: words("common:visibility.public") }).check();
  await field(page, words("listings:field.contactName.label")).fill("Phòng kỹ thuật");
  await field(page, words("listings:field.contactPhone.label")).fill("0203 555 6666");
  await field(page, words("listings:field.contactEmail.label")).fill("dau-moi@example.invalid");
  await field(page, words("listings:field.expiresOn.label")).fill(dayInMonths(5));
}

function box(page: Page, group: string, name: string): Locator {
  return page.getByRole("group", { name: group }).getByRole("checkbox", { name, exact: true });
}

/** Saves this step and goes on to the next. */
export async function nextStep(page: Page, words: Words): Promise<void> {
  const before = page.url();
  await page.getByRole("button", { name: words("posting:nav.next") }).click();
  await expect.poll(() => page.url()).not.toBe(before);
}

/** Goes to a step by its place in the list of steps; what was typed is saved on the way. */
export async function goToStep(page: Page, words: Words, kind: "need" | "offering", step: string): Promise<void> {
  await page.getByRole("button", { name: words(`posting:step.${kind}.${step}`) }).click();
  await expect(page).toHaveURL(new RegExp(`/edit/${step}`));
}

async function fillWords(page: Page, words: Words, typed: Common, kind: "need" | "offering"): Promise<void> {
  const description = kind === "need" ? "problem" : "description";
  await field(page, words("listings:field.title.label")).fill(typed.title);
  await field(page, words(`listings:field.${description}.label`)).fill(typed.description);
}

async function fillTechnical(page: Page, words: Words, typed: Common): Promise<void> {
  await field(page, words("listings:field.sectorMain.label")).selectOption(words(`sectors:${typed.sector}`));
  await fillLines(page, words, typed.lines);
}

/** Everything a need must have, step by step; the page is the form's first step and ends on its last. */
export async function fillNeed(page: Page, words: Words, need: NeedWords): Promise<void> {
  await fillWords(page, words, need, "need");
  await field(page, words("listings:field.currentTechnology.label")).fill(need.current);
  await nextStep(page, words);
  await fillTechnical(page, words, need);
  await nextStep(page, words);
  await box(page, words("listings:field.needTypes.label"), words("common:enum.needType.buy_technology")).check();
  await field(page, words("listings:field.budgetMin.label")).fill("1,25 tỷ");
  await field(page, words("listings:field.moneyMax.label")).fill("2 tỷ");
  await box(page, words("listings:field.funding.label"), words("common:enum.funding.own")).check();
  await field(page, words("listings:field.neededBy.label")).fill(dayInMonths(8));
  await field(page, words("listings:field.provinceNeed.label")).selectOption(
    words.lang === "vi" ? "Quảng Ninh" : "Quang Ninh",
  );
  await field(page, words("listings:field.communeCode.label")).selectOption("Phường Hà Tu");
  await goToStep(page, words, "need", "publish");
  await fillContact(page, words);
  await goToStep(page, words, "need", "review");
}

/** Everything an offering must have, step by step; the page is the form's first step and ends on its last. */
export async function fillOffering(page: Page, words: Words, offering: OfferingWords): Promise<void> {
  await fillWords(page, words, offering, "offering");
  await field(page, words("listings:field.summary.label")).fill(offering.summary);
  await field(page, words("listings:field.problemSolved.label")).fill(offering.solves);
  await field(page, words("listings:field.advantages.label")).fill(
    "Chiếm ít diện tích, bùn ít hơn 30 %, vận hành tự động.",
  );
  await nextStep(page, words);
  await fillTechnical(page, words, offering);
  await nextStep(page, words);
  await page.getByRole("radio", { name: words("posting:trl.6.question") }).check();
  await goToStep(page, words, "offering", "transfer");
  for (const [group, name, value] of [
    ["objects", "object", "process_solution"],
    ["forms", "form", "standalone"],
    ["methods", "method", "training"],
    ["rights", "right", "non_exclusive_licence"],
  ] as const)
    await box(page, words(`listings:field.${group}.label`), words(`common:enum.${name}.${value}`)).check();
  await field(page, words("listings:field.priceModel.label")).selectOption(words("common:enum.priceModel.negotiable"));
  await goToStep(page, words, "offering", "ownership");
  await field(page, words("listings:field.ipType.label")).selectOption(words("common:enum.ipType.trade_secret"));
  await field(page, words("listings:field.ipStatus.label")).selectOption(words("common:enum.ipStatus.not_filed"));
  await goToStep(page, words, "offering", "publish");
  await fillContact(page, words);
  await goToStep(page, words, "offering", "review");
}
