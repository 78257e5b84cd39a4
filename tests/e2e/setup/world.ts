import { existsSync, readFileSync } from "node:fs";
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { wordsIn } from "./words";

export const PASSWORD = "Cungcau-demo-2026";
export const DEMO = {
  enterprise: "doanh-nghiep@demo.cungcau.invalid",
  institute: "vien@demo.cungcau.invalid",
  broker: "moi-gioi@demo.cungcau.invalid",
  registrar: "dang-ky@demo.cungcau.invalid",
  leader: "lanh-dao@demo.cungcau.invalid",
  administrator: "quan-tri@demo.cungcau.invalid",
};

type Mail = { heard: string; to: string; subject?: string; text?: string; attached?: string[] };
/** `attached`: each file's name, then its text. */
type Found = { text: string; match: RegExpExecArray; attached: string[] };

function heard(): string[] {
  const file = process.env.E2E_MAILS ?? "";
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

/** How much the SMTP server has heard: what is asked for after it is news. */
export const mailsSoFar = (): number => heard().length;

/** The newest mail that the SMTP server accepted for this address and whose text matches; waits for it. */
export async function mailTo(address: string, pattern: RegExp, after = 0): Promise<Found> {
  let found: Found | undefined;
  await expect
    .poll(
      () => {
        found = heard()
          .slice(after)
          .map((line) => JSON.parse(line) as Mail)
          .filter((mail) => mail.heard === "accepted" && mail.to === address)
          .reverse()
          .flatMap(({ subject, text, attached = [] }) => {
            const whole = `${subject ?? ""}\n${text ?? ""}`;
            const match = pattern.exec(whole);
            return match ? [{ text: whole, match, attached }] : [];
          })[0];
        return found !== undefined;
      },
      { timeout: 30_000, message: `a mail to ${address} with ${pattern}` },
    )
    .toBe(true);
  if (!found) throw new Error("no mail");
  return found;
}

/** Address of the button in a mail that says this. */
export async function linkIn(address: string, said: string, after = 0): Promise<string> {
  const { text } = await mailTo(address, new RegExp(said.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")), after);
  const link = /https?:\/\/\S+/.exec(text)?.[0];
  if (!link) throw new Error(`the mail about "${said}" has no link`);
  return link;
}

/** A control by the words in front of it, whole; a required one says so behind them. */
export function field(within: Page | Locator, label: string): Locator {
  const words = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return within.getByLabel(new RegExp(`^${words}( \\*.*)?$`));
}

/** Signs in through the page; the Department's staff land on their desk, others on their home. */
export async function signIn(page: Page, email: string, password = PASSWORD, words = wordsIn("vi")): Promise<void> {
  // a form sent while React still hydrates makes React 18 report "root did not complete" (#345)
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  await field(page, words("accounts:field.email")).fill(email);
  await field(page, words("accounts:field.password")).fill(password);
  await page.getByRole("button", { name: words("accounts:signIn.submit"), exact: true }).click();
  await expect(page).toHaveURL(/\/(home|broker|desk)$/);
}

/** Opens a home with its whole work list in sight: a long one folds what is less urgent. */
export async function openHome(page: Page, address: "/home" | "/broker" | "/desk"): Promise<void> {
  await page.goto(address, { waitUntil: "networkidle" });
  const more = page.getByText(/^(Xem thêm \d+ việc|Show \d+ more)$/);
  if ((await more.count()) > 0) await more.click();
}

/** Everything that went wrong in a browser: script errors, refused scripts, lost requests. */
function watch(context: BrowserContext, errors: string[]): void {
  context.on("weberror", (error) =>
    errors.push(`${error.page()?.url()}: ${error.error().stack ?? error.error().message}`),
  );
  context.on("console", (message) => {
    if (message.type() !== "error" || /status of (400|403|404|413)/.test(message.text())) return;
    errors.push(`${message.location().url}: ${message.text()}`);
  });
}

type Fixtures = { errors: string[]; visitor: (options?: BrowserContextOptions) => Promise<Page> };

/** A page error or a refused script fails the test that met it. `visitor` opens a browser of another person. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument
  baseURL: async ({}, use) => use(process.env.E2E_URL ?? ""),
  errors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      watch(context, errors);
      await use(errors);
      expect(errors, "errors in the browser").toEqual([]);
    },
    { auto: true },
  ],
  visitor: async ({ browser, errors }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      opened.push(context);
      watch(context, errors);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
export { expect };
