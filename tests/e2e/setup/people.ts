import { expect, type Page } from "@playwright/test";
import type { Words } from "./words";
import { field, linkIn } from "./world";

/** Tells apart what several runs on one exchange make. */
export const RUN = Date.now().toString(36);
export const PASSPHRASE = "mưa rào tháng bảy";

/** A valid tax code of no real holder (prefix 99, as the demo's), another one for every serial number. */
export function taxCodeOf(serial: number): string {
  for (let at = serial; ; at++) {
    const nine = `99${String(at % 10_000_000).padStart(7, "0")}`;
    const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce((all, weight, index) => all + weight * Number(nine[index]), 0);
    if (10 - (sum % 11) !== 10) return `${nine}${10 - (sum % 11)}`;
  }
}

/** The same code with another check digit. */
export function wrongTaxCode(code: string): string {
  return `${code.slice(0, 9)}${(Number(code[9]) + 1) % 10}`;
}

/** Signs up, opens the confirmation mail and its link, and is signed in. */
export async function signUpAndConfirm(
  page: Page,
  words: Words,
  person: { fullName: string; email: string; phone?: string },
): Promise<void> {
  await page.goto("/sign-up");
  await field(page, words("accounts:field.fullName")).fill(person.fullName);
  await field(page, words("accounts:field.email")).fill(person.email);
  await field(page, words("accounts:field.password")).fill(PASSPHRASE);
  if (person.phone) await field(page, words("accounts:field.phone")).fill(person.phone);
  await page.getByRole("checkbox", { name: words("accounts:consent.account") }).check();
  await page.getByRole("button", { name: words("accounts:signUp.submit"), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: words("accounts:signUp.sentTitle") })).toBeVisible();
  await page.goto(await linkIn(person.email, words("mail:templates.confirm-email.subject")));
  await field(page, words("accounts:field.password")).fill(PASSPHRASE);
  await page.getByRole("button", { name: words("accounts:confirm.submit") }).click();
  await expect(page.getByText(words("accounts:account.done.welcome"))).toBeVisible();
}
