import type { Page } from "@playwright/test";
import { expectAccessible } from "./setup/accessible";
import { type DemoThings, demoThings, signedIn } from "./setup/logins";
import { DEMO, expect, test } from "./setup/world";

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
      "/introductions/answer/nonsense",
      "/meetings/answer/nonsense",
      "/minutes/answer/nonsense",
      "/outcomes/answer/nonsense",
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
      ...["", "/requirements", "/terms", "/wishes", "/files", "/publish?check=1", "/translation", "/review"].map(
        (step) => `/my/listings/${things.draft}/edit${step}`,
      ),
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
      `/introductions/${things.introduction}`,
      `/meetings/${things.meetingPlanned}`,
      `/meetings/${things.meetingHeld}`,
      "/deals",
      `/deals/${things.dealDrafting}`,
      `/deals/${things.dealPerforming}`,
      `/deals/${things.dealLiquidated}`,
      `/deals/${things.dealPerforming}/documents`,
      `/deals/${things.dealLiquidated}/print`,
      `/outcomes/${things.outcome}`,
      "/broker",
    ],
  ],
  [
    "a newcomer",
    EMPTY_HANDED,
    () => ["/home", "/my/listings", "/notices", "/account", "/organisations/new?q=khongcogi"],
  ],
  ["a holder of offerings", DEMO.institute, () => [`/interests/${things.interest}`, `/meetings/${things.meetingHeld}`]],
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
      "/broker/listings/import",
      "/broker/cases",
      "/broker/cases/new",
      "/notices",
    ],
  ],
  [
    "a broker with sessions",
    DEMO.broker,
    () => [
      "/broker/sessions",
      "/broker/sessions?view=past",
      "/broker/sessions/new",
      `/broker/sessions/${things.sessionDraft}`,
      `/broker/sessions/${things.sessionInviting}`,
      `/broker/sessions/${things.sessionInviting}/edit`,
      `/broker/sessions/${things.sessionInviting}/meetings/new`,
      `/broker/sessions/${things.sessionInviting}/print/pairs`,
      `/broker/sessions/${things.sessionInviting}/print/agenda`,
      `/broker/sessions/${things.sessionInviting}/print/invitations`,
      `/broker/sessions/${things.sessionClosed}`,
      `/broker/meetings/${things.meetingPlanned}`,
      `/broker/meetings/${things.meetingHeld}`,
      `/broker/meetings/${things.meetingToWrite}/minutes`,
    ],
  ],
  [
    "a broker with deals",
    DEMO.broker,
    () => [
      "/deals",
      "/deals?view=list",
      "/deals?view=list&status=lost",
      "/deals/new",
      `/deals/${things.dealDrafting}`,
      `/deals/${things.dealDrafting}/terms`,
      `/deals/${things.dealDrafting}/move/sign`,
      `/deals/${things.dealDrafting}/end/lose`,
      `/deals/${things.dealSigned}`,
      `/deals/${things.dealPerforming}/documents`,
      `/deals/${things.dealPerforming}/milestones`,
      `/deals/${things.dealPaused}`,
      `/deals/${things.dealPaused}/end/resume`,
      `/deals/${things.dealLiquidated}/print`,
      "/broker/outcomes",
      "/broker/funnel/signed",
      "/broker/funnel/shortlisted?year=2020",
    ],
  ],
  [
    "a registrar",
    DEMO.registrar,
    () => [
      "/desk",
      "/deals?view=list&status=to-register",
      `/deals/${things.dealFiled}`,
      `/deals/${things.dealFiled}/move/register`,
      `/deals/${things.dealFiled}/move/return_registration`,
    ],
  ],
  ["a leader", DEMO.leader, () => ["/desk", "/deals", "/broker/cases", "/broker/sessions"]],
  ["an administrator", DEMO.administrator, () => ["/operator", "/broker/dead-letters", "/home"]],
];

/** Addresses with nothing behind them, for everybody or for a member. */
const BROKEN = /nonsense|no-such-page|^\/broker$/;

/** Forms that were sent empty: who, where, which button. */
const REFUSED: [string | null, () => string, RegExp][] = [
  [null, () => "/sign-up", /^Đăng ký$/],
  [null, () => "/sign-in", /^Đăng nhập$/],
  [DEMO.enterprise, () => "/organisations/new?new&q=", /^Gửi để xác minh$/],
  [DEMO.enterprise, () => `/my/listings/${things.draft}/edit/review`, /^Gửi duyệt$/],
  [DEMO.enterprise, () => `/listings/${things.offeringReference}/interest`, /^Gửi chuyên viên môi giới$/],
  [DEMO.enterprise, () => `/deals/${things.dealDrafting}/documents`, /^Tải lên$/],
  [DEMO.broker, () => `/broker/reviews/${things.review}`, /^Đề nghị bổ sung$/],
  [DEMO.broker, () => "/broker/sessions/new", /^Lập phiên$/],
  [DEMO.broker, () => `/broker/meetings/${things.meetingToWrite}/minutes`, /^Lưu và gửi hai bên$/],
  [DEMO.broker, () => "/deals/new", /^Mở thương vụ$/],
  [DEMO.registrar, () => `/deals/${things.dealFiled}/move/return_registration`, /^Trả lại hồ sơ$/],
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
          const answer = await page.goto(path);
          expect.soft(BROKEN.test(path) || answer?.status() === 200, `${path}: ${answer?.status()}`).toBe(true);
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
