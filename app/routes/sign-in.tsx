import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { NarrowPage } from "~/components/accounts/narrow-page";
import { FormErrors, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button } from "~/components/ui";
import { requestConfirmation, signIn } from "~/modules/accounts/index.server";
import { emailOnlySchema, safeNext, signInSchema } from "~/modules/accounts/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { loginCookie } from "~/platform/http/cookies.server";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => metaTitle(args, "accounts:signIn.title");

export function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const next = safeNext(searchParams.get("next"));
  if (ctxOf(context).actor.kind === "person") throw redirect(next);
  const done = searchParams.get("done");
  return { next, asked: searchParams.has("next"), done: done === "reset" || done === "out" ? done : null };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const form = await request.formData();
  const caller = { remoteAddress: context.scope.remoteAddress, userAgent: request.headers.get("user-agent") };
  if (form.get("intent") === "resend") {
    const read = readForm(form, emailOnlySchema);
    if (!read.ok) return data({ ...read.answer, resent: false }, { status: 400 });
    const result = await requestConfirmation(ctx, { ...read.value, ...caller });
    if (!result.ok) return data({ ...refuse(form, result), resent: false }, { status: 400 });
    return { failure: null, values: { email: read.value.email }, resent: true };
  }
  const read = readForm(form, signInSchema);
  if (!read.ok) return data({ ...read.answer, resent: false }, { status: 400 });
  const result = await signIn(ctx, { ...read.value, ...caller });
  if (!result.ok) return data({ ...refuse(form, result), resent: false }, { status: 400 });
  const next = safeNext(new URL(request.url).searchParams.get("next"));
  throw redirect(next, { headers: { "Set-Cookie": loginCookie(ctx.env, result.value.loginToken) } });
}

export default function SignInPage() {
  const { next, asked, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("accounts");
  const form = formValues(answer);
  const unconfirmed = form.failure?.code === "accounts:error.unconfirmed";
  return (
    <NarrowPage
      title={t("signIn.title")}
      lead={t("signIn.lead")}
      below={
        <p>
          {t("signIn.noAccount")}{" "}
          <Link className="link" to="/sign-up">
            {t("signIn.signUpLink")}
          </Link>
        </p>
      }
    >
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(done === "reset" ? "signIn.doneReset" : "signIn.doneOut")}
        </Alert>
      ) : null}
      {asked && !answer && !done ? <Alert>{t("signIn.nextNotice")}</Alert> : null}
      {answer?.resent ? (
        <Alert tone="success" role="status" title={t("signIn.resentTitle")}>
          {t("signIn.resentText")}
        </Alert>
      ) : null}
      {unconfirmed ? (
        <Alert tone="warning" role="alert" title={t("signIn.resendTitle")}>
          <p>{t("signIn.resendText")}</p>
          <Form method="post" className="mt-3">
            <input type="hidden" name="email" value={form.text("email")} />
            <Button variant="secondary" name="intent" value="resend">
              {t("signIn.resend")}
            </Button>
          </Form>
        </Alert>
      ) : (
        <FormErrors failure={form.failure} labels={{ email: t("field.email"), password: t("field.password") }} />
      )}
      <Form method="post" action={asked ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in"} noValidate>
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
          <Button>{t("signIn.submit")}</Button>
          <Link className="link" to="/forgot">
            {t("signIn.forgot")}
          </Link>
        </SubmitRow>
      </Form>
    </NarrowPage>
  );
}
