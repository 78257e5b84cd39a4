import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NarrowPage } from "~/components/accounts/narrow-page";
import { FormErrors, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, LinkButton } from "~/components/ui";
import { requestReset } from "~/modules/accounts/index.server";
import { emailOnlySchema } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:forgot.title");

export function loader({ request }: LoaderFunctionArgs) {
  return { sent: new URL(request.url).searchParams.has("sent") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, emailOnlySchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await requestReset(ctxOf(context), { ...read.value, remoteAddress: context.scope.remoteAddress });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect("/forgot?sent");
}

export default function ForgotPage() {
  const { sent } = useLoaderData<typeof loader>();
  const { t } = useTranslation("accounts");
  const form = formValues(useActionData<typeof action>());
  if (sent) {
    return (
      <NarrowPage title={t("forgot.sentTitle")}>
        <p className="mb-4">{t("forgot.sentText")}</p>
        <LinkButton to="/sign-in" variant="secondary">
          {t("forgot.backToSignIn")}
        </LinkButton>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title={t("forgot.title")} lead={t("forgot.lead")}>
      <FormErrors failure={form.failure} labels={{ email: t("field.email") }} />
      <Form method="post" noValidate>
        <TextField
          name="email"
          label={t("field.email")}
          error={form.error("email")}
          defaultValue={form.text("email")}
          required
          type="email"
          autoComplete="username"
          maxLength={254}
        />
        <SubmitRow>
          <Button>{t("forgot.submit")}</Button>
          <Link className="link" to="/sign-in">
            {t("forgot.backToSignIn")}
          </Link>
        </SubmitRow>
      </Form>
    </NarrowPage>
  );
}
