import { expect, type Page } from "@playwright/test";
import type { NeedWords, OfferingWords } from "./listing-forms";
import { answerChecklist } from "./review-form";
import { wordsIn } from "./words";
import { openHome } from "./world";

export const REFERENCE = /(NC|CN)-22-\d{4}-\d{6}/;
export const SECTOR = "Xử lý nước cấp và nước thải";

export const NEED_FORM = {
  description: "Nước thải sau chế biến hải sản có độ mặn cao, bùn vi sinh chết, COD vượt quy chuẩn vào mùa cao điểm.",
  current: "Bể lắng và bể hiếu khí đầu tư năm 2015, công suất 200 m³/ngày.",
  sector: "MTR-01",
  lines: [
    { name: "Công suất", comparison: "gte", value: "500", unit: "m³/ngày" },
    { name: "COD sau xử lý", comparison: "lte", value: "75", unit: "mg/l" },
  ],
} satisfies Omit<NeedWords, "title">;

export const OFFERING_FORM = {
  summary: "Xử lý nước thải chế biến hải sản độ mặn cao bằng màng, mô-đun hóa.",
  description: "Bể hiếu khí kết hợp màng sợi rỗng, chủng vi sinh chịu mặn, điều khiển tự động.",
  solves: "Nước thải chế biến hải sản có độ mặn cao, COD vượt quy chuẩn.",
  sector: "MTR-01",
  lines: [
    { name: "Công suất", comparison: "between", value: "100 – 1000", unit: "m³/ngày" },
    { name: "COD sau xử lý", comparison: "lte", value: "50", unit: "mg/l" },
  ],
} satisfies Omit<OfferingWords, "title">;

export const BEHALF_FORM = {
  description: "Sấy bằng củi, màu không đều, mẻ 18 giờ, hỏng khi trời nồm.",
  current: "Lò sấy củi năm 2012, 500 kg/mẻ.",
  sector: "CBT-01",
  lines: [{ name: "Năng suất", comparison: "gte", value: "800", unit: "kg/mẻ" }],
} satisfies Omit<NeedWords, "title">;

/** The number of needs that the sector page counts for the sector. */
export async function needsCounted(page: Page): Promise<number> {
  await page.goto("/sectors");
  const link = page.getByRole("link", { name: new RegExp(`^${SECTOR}: \\d+ nhu cầu$`) });
  return (await link.count()) === 0
    ? 0
    : Number(/: (\d+) nhu cầu/.exec((await link.getAttribute("aria-label")) ?? "")?.[1]);
}

/** Reloads until it is there: workers index and compare in their own time. */
export async function comesTo(page: Page, address: string, see: (page: Page) => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(address);
    await see(page);
  }).toPass({ timeout: 30_000, intervals: [500, 1_000] });
}

export async function openReview(broker: Page, kind: "nhu cầu" | "nguồn cung", title: string): Promise<void> {
  await openHome(broker, "/broker");
  await broker.getByRole("link", { name: `Duyệt ${kind}: ${title}` }).click();
  await expect(broker.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

export async function approve(broker: Page, kind: "nhu cầu" | "nguồn cung", title: string): Promise<string> {
  await openReview(broker, kind, title);
  await answerChecklist(broker, wordsIn("vi"));
  await broker.getByRole("button", { name: "Duyệt và công khai" }).click();
  const told = broker.getByText(/Đã duyệt và công khai với mã/);
  await expect(told).toBeVisible();
  return REFERENCE.exec((await told.textContent()) ?? "")?.[0] ?? "";
}
