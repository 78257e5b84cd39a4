import { dayInMonths, fillOffering, goToStep } from "./setup/listing-forms";
import { PASSPHRASE, RUN, signUpAndConfirm } from "./setup/people";
import { answerChecklist } from "./setup/review-form";
import { wordsIn } from "./setup/words";
import { DEMO, expect, field, linkIn, mailTo, openHome, PASSWORD, signIn, test } from "./setup/world";

test.use({ locale: "en-GB" });

const en = wordsIn("en");
const BODY = `Coastal Monitoring Office (test) ${RUN}`;
const OFFERING = `Low-cost buoys for coastal water quality ${RUN}`;
const founder = { fullName: "Head of monitoring (test)", email: `founder-${RUN}@example.invalid` };
const colleague = { fullName: "Colleague (test)", email: `colleague-${RUN}@example.invalid` };

test("three people walk from sign-up to a published offering, in English", async ({ visitor }) => {
  test.setTimeout(240_000);
  const owner = await visitor();
  const staff = await visitor();
  const broker = await visitor();
  await broker.goto("/sign-in?lang=en");
  await signIn(broker, DEMO.broker, PASSWORD, en);

  await test.step("sign up and register a holder without a tax code", async () => {
    await signUpAndConfirm(owner, en, founder);
    await owner.getByRole("link", { name: "Find or register an organisation" }).click();
    await field(owner, "Name of the organisation, or tax code").fill(BODY);
    await owner.getByRole("button", { name: "Find the organisation" }).click();
    await owner.getByRole("link", { name: /[Rr]egister a new organisation/ }).click();
    await owner.getByRole("button", { name: "Send for verification" }).click();
    await expect(field(owner, "Kind of organisation")).toHaveAccessibleDescription(/./);
    await expect(field(owner, "Vietnamese name")).toHaveValue(BODY);
    await field(owner, "Kind of organisation").selectOption("State body");
    await field(owner, "What shows that you represent the organisation").fill(
      "Letter of introduction no. 7, head office 0203 555 0000.",
    );
    await owner.getByRole("button", { name: "Send for verification" }).click();
    await expect(owner.getByText(en("accounts:organisation.done.founded"))).toBeVisible();

    await openHome(broker, "/broker");
    await broker.getByRole("link", { name: `Verify organisation: ${BODY}` }).click();
    await broker.getByRole("button", { name: "Verify the organisation" }).click();
    await expect(broker.getByText("The organisation is verified.")).toBeVisible();
  });

  await test.step("invite a colleague, who joins by the mailed link", async () => {
    await owner.goto(
      await linkIn(founder.email, en("mail:templates.organisation-verified.subject", { organisation: BODY })),
    );
    await field(owner, en("accounts:organisation.inviteEmail")).fill(colleague.email);
    await owner.getByRole("button", { name: en("accounts:organisation.sendInvite") }).click();
    await expect(owner.getByText(en("accounts:organisation.done.invite"))).toBeVisible();
    const invitation = await linkIn(colleague.email, BODY);
    await signUpAndConfirm(staff, en, colleague);
    await staff.goto(invitation);
    await staff.getByRole("button", { name: `Join ${BODY}` }).click();
    await expect(staff.getByText(en("accounts:organisation.done.joined"))).toBeVisible();
  });

  let reference = "";
  await test.step("post an offering, wrong and then right; the broker approves it", async () => {
    await staff.goto("/home");
    await staff.getByRole("link", { name: "Post an offering" }).click();
    await staff.getByRole("button", { name: "Begin" }).click();
    await staff.getByRole("radio", { name: "English" }).check();
    await fillOffering(staff, en, {
      title: OFFERING,
      summary: "Moored buoys that report turbidity, oxygen and salinity every ten minutes.",
      description: "Solar-powered buoys with anti-fouling sensors, LoRa radio and open data.",
      solves: "Aquaculture farms hear of low oxygen only when the fish die.",
      sector: "KTB-06",
      lines: [{ name: "Battery life", comparison: "gte", value: "2", unit: "năm" }],
    });
    await goToStep(staff, en, "offering", "publish");
    await field(staff, en("listings:field.expiresOn.label")).fill("31/12/2099");
    await staff.getByRole("button", { name: "Save and continue" }).click();
    await expect(field(staff, en("listings:field.expiresOn.label"))).toHaveAccessibleDescription(
      new RegExp(en("listings:error.dateFar").slice(0, 20)),
    );
    await field(staff, en("listings:field.expiresOn.label")).fill(dayInMonths(5));
    await goToStep(staff, en, "offering", "review");
    await staff.getByRole("button", { name: "Send for review" }).click();
    await expect(staff.getByText(/Sent for review\. The broker answers by \d{2}\/\d{2}\/\d{4}/)).toBeVisible();

    await openHome(broker, "/broker");
    await broker.getByRole("link", { name: `Review offering: ${OFFERING}` }).click();
    await answerChecklist(broker, en);
    await broker.getByRole("button", { name: "Approve and publish" }).click();
    const told = broker.getByText(/Approved and published as/);
    await expect(told).toBeVisible();
    reference = /CN-22-\d{4}-\d{6}/.exec((await told.textContent()) ?? "")?.[0] ?? "";
    await mailTo(founder.email, new RegExp(reference));
  });

  await test.step("the colleague signs in again and finds it by its words", async () => {
    const later = await visitor();
    await signIn(later, colleague.email, PASSPHRASE, en);
    await expect(later.getByRole("heading", { level: 1, name: en("home:member.title") })).toBeVisible();
    await expect(async () => {
      await later.goto("/");
      await later.getByRole("combobox").fill(`coastal water quality buoys ${RUN}`);
      await later.getByRole("button", { name: en("public:search.apply"), exact: true }).click();
      await expect(later.getByRole("link", { name: OFFERING })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await later.getByRole("link", { name: OFFERING }).click();
    await expect(later.getByText(reference).first()).toBeVisible();
  });
});
