import type { Locator } from "@playwright/test";
import { type DemoThings, demoThings, signedIn } from "./setup/logins";
import { DEMO, expect, test } from "./setup/world";

let things: DemoThings;

test.use({ javaScriptEnabled: false });
test.beforeAll(async () => {
  things = await demoThings();
});

const points = (text: string): number =>
  Number(text.trim().replace(/\s/g, "").replace("−", "-").replace("+", "").replace(".", "").replace(",", "."));

/** The points of the reasons that can be read, in tenths. */
async function readable(card: Locator): Promise<number[]> {
  const rows = card.locator("section li:has(> span)").filter({ visible: true });
  return (await rows.locator("> span:last-child").allInnerTexts()).map((text) => Math.round(points(text) * 10));
}

test("trên giấy có đủ mọi lý do của từng gợi ý, và điểm cộng lại đúng bằng tổng", async ({ page, context }) => {
  await signedIn(context, DEMO.broker);
  await page.goto(`/broker/listings/${things.published}`);
  const cards = page.locator("article", { hasText: "Tổng điểm" });
  const onScreen = await readable(cards.first());
  await page.emulateMedia({ media: "print" });
  const onPaper = await readable(cards.first());
  expect(onPaper.length).toBeGreaterThan(onScreen.length);
  const count = await cards.count();
  expect(count).toBeGreaterThan(1);
  for (let at = 0; at < count; at++) {
    const card = cards.nth(at);
    const total = await card.getByText("Tổng điểm").locator("xpath=following-sibling::span").textContent();
    const sum = (await readable(card)).reduce((all, one) => all + one, 0);
    expect(sum).toBe(Math.round(points(total ?? "") * 10));
  }
  await expect(page.getByText(/^Xem thêm \d+ lý do$/).filter({ visible: true })).toHaveCount(0);
});
