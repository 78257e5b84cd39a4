import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Nothing that axe finds, one first heading, nothing wider than the window. */
export async function expectAccessible(page: Page): Promise<void> {
  const where = new URL(page.url()).pathname;
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(TAGS)
    .setLegacyMode()
    .analyze();
  const found = violations.map(({ id, nodes }) => {
    const places = nodes.map((node) => node.target.join(" ")).slice(0, 3);
    return `${id}: ${places.join("; ")}`;
  });
  expect.soft(found, `axe on ${where}`).toEqual([]);
  expect.soft(await page.getByRole("heading", { level: 1 }).count(), `first headings of ${where}`).toBe(1);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `pixels by which ${where} is wider than the window`).toBeLessThanOrEqual(0);
}
