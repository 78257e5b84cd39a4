import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NarrowPage } from "~/components/accounts/narrow-page";
import { FormErrors, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, LinkButton } from "~/components/ui";
import { confirmEmail, viewLink } from "~/modules/accounts/index.server";
import { confirmSchema } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { loginCookie } from "~/platform/http/cookies.server";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:confirm.title");

/** Only looks: mail scanners open links too. The button confirms. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewLink(ctxOf(context), "confirm_email", params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const read = readForm(form, confirmSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await confirmEmail(ctx, {
    token: params.token ?? "",
    password: read.value.password,
    remoteAddress: context.scope.remoteAddress,
    userAgent: request.headers.get("user-agent"),
  });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect("/account?done=welcome", { headers: { "Set-Cookie": loginCookie(ctx.env, result.value.loginToken) } });
}

export default function ConfirmPage() {
  const { state, email } = useLoaderData<typeof loader>();
  const { t } = useTranslation("accounts");
  const form = formValues(useActionData<typeof action>());
  if (state !== "ready") {
    return (
      <NarrowPage title={t(`confirm.${state}Title`)}>
        <p className="mb-4">{t(`confirm.${state}Text`)}</p>
        <LinkButton to="/sign-in">{t("signIn.submit")}</LinkButton>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage
      title={t("confirm.title")}
      lead={t("confirm.lead", { email })}
      below={<p className="text-muted">{t("confirm.notMe")}</p>}
    >
      <FormErrors failure={form.failure} />
      <Form method="post" noValidate>
        <TextField
          name="password"
          label={t("field.password")}
          error={form.error("password")}
          required
          type="password"
          autoComplete="current-password"
          maxLength={200}
        />
        <SubmitRow>
          <Button>{t("confirm.submit")}</Button>
          <Link className="link" to="/forgot">
            {t("confirm.forgot")}
          </Link>
        </SubmitRow>
      </Form>
    </NarrowPage>
  );
}
