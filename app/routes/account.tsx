import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { MyConsents, MyInvitations, MyLogins, MyOrganisations } from "~/components/accounts/account-sections";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import {
  acceptInvitation,
  changePassword,
  revokeLogin,
  setConsents,
  updateProfile,
  viewAccount,
} from "~/modules/accounts/index.server";
import { changePasswordSchema, personProfileSchema } from "~/modules/accounts/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";
import type { Result } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:account.title");

const DONE = ["profile", "consents", "password", "revoke", "welcome"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const account = await viewAccount(ctxOf(context));
  if (!account) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  return { account, done: DONE.find((done) => done === asked) ?? null };
}

type Outcome = { result: Result<unknown> } | { answer: FormAnswer };

async function act(ctx: Ctx, intent: string, form: FormData): Promise<Outcome> {
  const id = (name: string) => String(form.get(name) ?? "");
  switch (intent) {
    case "profile": {
      const read = readForm(form, personProfileSchema);
      return read.ok ? { result: await updateProfile(ctx, read.value) } : { answer: read.answer };
    }
    case "password": {
      const read = readForm(form, changePasswordSchema);
      return read.ok ? { result: await changePassword(ctx, read.value) } : { answer: read.answer };
    }
    case "consents":
      return { result: await setConsents(ctx, { purposes: form.getAll("consents").map(String) }) };
    case "revoke":
      return { result: await revokeLogin(ctx, { loginId: id("loginId") }) };
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const intent = String(form.get("intent"));
  if (intent === "accept-invitation") {
    const result = await acceptInvitation(ctx, { invitationId: String(form.get("invitationId") ?? "") });
    if (!result.ok) return data({ intent, ...refuse(form, result) }, { status: 400 });
    throw redirect(`/organisations/${result.value.organisationId}?done=joined`);
  }
  const outcome = await act(ctx, intent, form);
  if ("answer" in outcome) return data({ intent, ...outcome.answer }, { status: 400 });
  if (!outcome.result.ok) return data({ intent, ...refuse(form, outcome.result) }, { status: 400 });
  throw redirect(`/account?done=${intent}`);
}

export default function AccountPage() {
  const { account, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["accounts", "common", "mailing", "searches"]);
  const of = (intent: string) => (answer?.intent === intent ? answer : undefined);
  const { fullName, phone, position, locale } = account;
  const profile = formValues(of("profile"), { fullName, phone, position, locale });
  const password = formValues(of("password"));
  const elsewhere = answer && !["profile", "password"].includes(answer.intent) ? answer.failure : null;
  const field = (name: string) => ({ name, error: profile.error(name), defaultValue: profile.text(name) });
  return (
    <>
      <PageHeader title={t("account.title")} lead={t("account.lead")} />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(`account.done.${done}`)}
        </Alert>
      ) : null}
      <FormErrors failure={elsewhere} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid min-w-0 gap-6">
          <MyInvitations invitations={account.invitations} />
          <MyOrganisations memberships={account.memberships} claims={account.claims} />
          <Card title={t("account.profile")} id="profile">
            <FormErrors
              failure={profile.failure}
              labels={{ fullName: t("field.fullName"), phone: t("field.phone"), position: t("field.position") }}
            />
            <Form method="post" noValidate>
              <p className="mb-5">
                <span className="block text-sm text-muted">{t("field.email")}</span>
                <span className="break-all">{account.email}</span>
              </p>
              <TextField
                {...field("fullName")}
                label={t("field.fullName")}
                required
                autoComplete="name"
                maxLength={120}
              />
              <TextField
                {...field("position")}
                label={t("field.position")}
                autoComplete="organization-title"
                maxLength={120}
              />
              <TextField
                {...field("phone")}
                label={t("field.phone")}
                hint={t("field.phoneHint")}
                type="tel"
                autoComplete="tel"
                maxLength={30}
              />
              <RadioGroup
                legend={t("field.language")}
                name="locale"
                defaultValue={profile.text("locale")}
                options={[
                  { value: "vi", label: t("common:language.vi") },
                  { value: "en", label: t("common:language.en") },
                ]}
              />
              <SubmitRow>
                <Button name="intent" value="profile">
                  {t("account.saveProfile")}
                </Button>
              </SubmitRow>
            </Form>
          </Card>
        </div>
        <div className="grid min-w-0 gap-6">
          <Card title={t("mailing:choices.title")} id="mails">
            <p className="mb-4">{t("mailing:choices.linkText")}</p>
            <LinkButton to="/account/notices" variant="secondary">
              {t("mailing:choices.link")}
            </LinkButton>
          </Card>
          <Card title={t("searches:title")} id="searches">
            <p className="mb-4">{t("searches:linkText")}</p>
            <LinkButton to="/account/searches" variant="secondary">
              {t("searches:link")}
            </LinkButton>
          </Card>
          <MyConsents consents={account.consents} />
          <Card title={t("account.password")} id="password-card">
            <FormErrors
              failure={password.failure}
              labels={{ current: t("field.currentPassword"), password: t("field.newPassword") }}
            />
            <Form method="post" noValidate>
              <input type="hidden" autoComplete="username" name="username" value={account.email} />
              <TextField
                name="current"
                label={t("field.currentPassword")}
                error={password.error("current")}
                required
                type="password"
                autoComplete="current-password"
                maxLength={200}
              />
              <TextField
                name="password"
                label={t("field.newPassword")}
                hint={t("field.passwordHint")}
                error={password.error("password")}
                required
                type="password"
                autoComplete="new-password"
                maxLength={200}
              />
              <p className="text-sm text-muted">{t("account.passwordText")}</p>
              <SubmitRow>
                <Button variant="secondary" name="intent" value="password">
                  {t("account.changePassword")}
                </Button>
              </SubmitRow>
            </Form>
          </Card>
        </div>
        <div className="min-w-0 lg:col-span-2">
          <MyLogins logins={account.logins} />
        </div>
      </div>
    </>
  );
}
