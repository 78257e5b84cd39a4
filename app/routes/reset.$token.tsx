import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NarrowPage } from "~/components/accounts/narrow-page";
import { FormErrors, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, LinkButton } from "~/components/ui";
import { resetPassword, viewLink } from "~/modules/accounts/index.server";
import { resetSchema } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { loginCookie } from "~/platform/http/cookies.server";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:reset.title");

export function loader({ params, context }: LoaderFunctionArgs) {
  return viewLink(ctxOf(context), "reset_password", params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const read = readForm(form, resetSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await resetPassword(ctx, { token: params.token ?? "", password: read.value.password });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  // all logins ended, this browser's too
  throw redirect("/sign-in?done=reset", { headers: { "Set-Cookie": loginCookie(ctx.env, "") } });
}

export default function ResetPage() {
  const { state, email } = useLoaderData<typeof loader>();
  const { t } = useTranslation("accounts");
  const form = formValues(useActionData<typeof action>());
  if (state !== "ready") {
    return (
      <NarrowPage title={t(state === "over" ? "reset.overTitle" : "confirm.wrongTitle")}>
        <p className="mb-4">{t(state === "over" ? "reset.overText" : "confirm.wrongText")}</p>
        <LinkButton to="/forgot">{t("reset.again")}</LinkButton>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title={t("reset.title")} lead={t("reset.lead", { email })}>
      <FormErrors failure={form.failure} labels={{ password: t("field.newPassword") }} />
      <Form method="post" noValidate>
        <TextField
          name="password"
          label={t("field.newPassword")}
          hint={t("field.passwordHint")}
          error={form.error("password")}
          required
          type="password"
          autoComplete="new-password"
          maxLength={200}
        />
        <SubmitRow>
          <Button>{t("reset.submit")}</Button>
        </SubmitRow>
      </Form>
    </NarrowPage>
  );
}
