import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ConsentFields } from "~/components/accounts/consent-fields";
import { formValues } from "~/components/accounts/form-values";
import { NarrowPage } from "~/components/accounts/narrow-page";
import { FormErrors, RadioGroup, SubmitRow, TextField } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Alert, Button, LinkButton } from "~/components/ui";
import { signUp } from "~/modules/accounts/index.server";
import { signUpSchema } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:signUp.title");

export function loader({ request, context }: LoaderFunctionArgs) {
  if (ctxOf(context).actor.kind === "person") throw redirect("/home");
  return { sent: new URL(request.url).searchParams.has("sent") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, signUpSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await signUp(ctxOf(context), { ...read.value, remoteAddress: context.scope.remoteAddress });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect("/sign-up?sent");
}

function Sent() {
  const { t } = useTranslation("accounts");
  return (
    <NarrowPage title={t("signUp.sentTitle")}>
      <div className="space-y-3">
        <p>{t("signUp.sentText")}</p>
        <p>{t("signUp.sentKnown")}</p>
        <p className="text-muted">{t("signUp.sentNothing")}</p>
        <LinkButton to="/sign-in" variant="secondary">
          {t("signUp.signInLink")}
        </LinkButton>
      </div>
    </NarrowPage>
  );
}

export default function SignUpPage() {
  const { sent } = useLoaderData<typeof loader>();
  const { t } = useTranslation(["accounts", "common"]);
  const locale = useLocale();
  const form = formValues(useActionData<typeof action>(), { locale });
  if (sent) return <Sent />;
  const steps = [t("signUp.after1"), t("signUp.after2"), t("signUp.after3")];
  const field = (name: string) => ({ name, error: form.error(name), defaultValue: form.text(name) });
  return (
    <NarrowPage
      title={t("signUp.title")}
      lead={t("signUp.lead")}
      below={
        <Alert title={t("signUp.afterTitle")}>
          <ol className="mt-1 list-decimal space-y-1 pl-5">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Alert>
      }
    >
      <FormErrors
        failure={form.failure}
        labels={{
          fullName: t("field.fullName"),
          email: t("field.email"),
          password: t("field.password"),
          phone: t("field.phone"),
          consents: t("field.consents"),
        }}
      />
      <Form method="post" noValidate>
        <TextField {...field("fullName")} label={t("field.fullName")} required autoComplete="name" maxLength={120} />
        <TextField
          {...field("email")}
          label={t("field.email")}
          hint={t("field.emailHint")}
          required
          type="email"
          autoComplete="email"
          maxLength={254}
        />
        <TextField
          name="password"
          label={t("field.password")}
          hint={t("field.passwordHint")}
          error={form.error("password")}
          required
          type="password"
          autoComplete="new-password"
          maxLength={200}
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
          defaultValue={form.text("locale")}
          options={[
            { value: "vi", label: t("common:language.vi") },
            { value: "en", label: t("common:language.en") },
          ]}
        />
        <ConsentFields
          legend={t("field.consents")}
          hint={t("field.consentsHint")}
          chosen={form.list("consents")}
          error={form.error("consents")}
        />
        <SubmitRow>
          <Button>{t("signUp.submit")}</Button>
          <p>
            {t("signUp.haveAccount")}{" "}
            <Link className="link" to="/sign-in">
              {t("signUp.signInLink")}
            </Link>
          </p>
        </SubmitRow>
      </Form>
    </NarrowPage>
  );
}
