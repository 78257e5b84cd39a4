import type { Page } from "@playwright/test";
import { expectAccessible } from "./setup/accessible";
import { type DemoThings, demoThings, signedIn } from "./setup/logins";
import { DEMO, test } from "./setup/world";

const SIZES = [
  { name: "360 px", width: 360, height: 740 },
  { name: "1280 px", width: 1280, height: 900 },
];
const EMPTY_HANDED = "don-vi-moi@demo.cungcau.invalid";
let things: DemoThings;

test.beforeAll(async () => {
  things = await demoThings();
});

/** Filled, empty and broken pages, by who reads them. */
const PAGES: [string, string | null, () => string[]][] = [
  [
    "anybody",
    null,
    () => [
      "/",
      "/search",
      "/search?q=xu+ly+nuoc&kind=offering",
      "/search?q=khongcogiphuhopdau",
      "/sectors",
      `/listings/${things.needReference}`,
      `/listings/${things.blindReference}`,
      `/listings/${things.offeringReference}`,
      `/listings/${things.importedReference}`,
      `/organisations/${things.enterprise}`,
      "/sign-in?next=%2Fhome",
      "/sign-up",
      "/sign-up?sent",
      "/forgot",
      "/reset/nonsense",
      "/confirm/nonsense",
      "/invitations/nonsense",
      "/no-such-page",
      "/dev/mailbox",
    ],
  ],
  [
    "a member",
    DEMO.enterprise,
    () => [
      "/home",
      "/my/listings",
      "/my/listings/new",
      `/my/listings/${things.draft}`,
      `/my/listings/${things.draft}/edit`,
      `/my/listings/${things.submitted}`,
      `/my/listings/${things.published}`,
      `/my/listings/${things.published}/matches`,
      `/my/listings/${things.changes}`,
      `/listings/${things.offeringReference}/interest`,
      `/organisations/${things.enterprise}`,
      `/organisations/${things.enterprise}/edit`,
      "/organisations/new?q=nuoc",
      "/organisations/new?new&q=khongcogi",
      "/notices",
      "/account",
      "/broker",
    ],
  ],
  [
    "a newcomer",
    EMPTY_HANDED,
    () => ["/home", "/my/listings", "/notices", "/account", "/organisations/new?q=khongcogi"],
  ],
  [
    "a broker",
    DEMO.broker,
    () => [
      "/broker",
      "/broker/reviews",
      `/broker/reviews/${things.review}`,
      "/broker/listings",
      "/broker/listings?kind=need&suggestions=undecided",
      `/broker/listings/${things.published}`,
      "/broker/organisations?q=demo",
      `/broker/organisations/${things.waiting}`,
      "/broker/interests",
      "/broker/interests?state=settled",
      "/broker/post?q=demo",
      "/broker/cases",
      "/broker/cases/new",
      "/notices",
    ],
  ],
  ["an administrator", DEMO.administrator, () => ["/broker/dead-letters", "/home"]],
];

/** Forms that were sent empty: who, where, which button. */
const REFUSED: [string | null, () => string, RegExp][] = [
  [null, () => "/sign-up", /^Đăng ký$/],
  [null, () => "/sign-in", /^Đăng nhập$/],
  [DEMO.enterprise, () => "/organisations/new?new&q=", /^Gửi để xác minh$/],
  [DEMO.enterprise, () => `/my/listings/${things.draft}/edit`, /^Gửi duyệt$/],
  [DEMO.enterprise, () => `/listings/${things.offeringReference}/interest`, /^Gửi chuyên viên môi giới$/],
  [DEMO.broker, () => `/broker/reviews/${things.review}`, /^Đề nghị bổ sung$/],
];

async function refused(page: Page, path: string, button: RegExp): Promise<void> {
  await page.goto(path);
  await page.getByRole("main").getByRole("button", { name: button }).click();
  await page.getByRole("alert").first().waitFor();
  await expectAccessible(page);
}

for (const size of SIZES) {
  test.describe(`at ${size.name}`, () => {
    test.use({ viewport: { width: size.width, height: size.height }, contextOptions: { reducedMotion: "reduce" } });
    test.setTimeout(240_000);

    for (const [who, email, paths] of PAGES) {
      test(`pages of ${who}`, async ({ page, context }) => {
        if (email) await signedIn(context, email);
        for (const path of paths()) {
          await page.goto(path);
          await expectAccessible(page);
        }
      });
    }

    for (const [email, path, button] of REFUSED) {
      test(`a refused form: ${button.source} of ${email ?? "anybody"}`, async ({ page, context }) => {
        if (email) await signedIn(context, email);
        await refused(page, path(), button);
      });
    }
  });
}
