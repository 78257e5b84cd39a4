import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, SubmitRow, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { useReasons } from "~/components/reasons";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { closeCase, viewCase } from "~/modules/brokering/index.server";
import { CLOSE_REASONS, closeSchema } from "~/modules/brokering/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:close.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await viewCase(ctxOf(context), params.id ?? "");
  if (!view?.may.work) throw new Response(null, { status: 404 });
  return { id: view.id, title: view.title, revision: view.revision, mayClose: view.may.close, state: view.state };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, closeSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await closeCase(ctxOf(context), { caseId: params.id ?? "", ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/cases/${params.id}`);
}

export default function CloseCasePage() {
  const { id, title, revision, mayClose, state } = useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const reasons = useReasons("case.close", CLOSE_REASONS);
  const form = formValues(useActionData<typeof action>());
  return (
    <>
      <PageHeader back={{ to: `/broker/cases/${id}`, label: title }} title={t("close.title")} lead={t("close.lead")} />
      <FormErrors failure={form.failure} labels={{ reasonCode: t("close.reason"), note: t("common:note") }} />
      {mayClose || form.failure ? null : (
        <Alert tone="warning">{t(state === "closed" ? "close.already" : "close.introductionOpen")}</Alert>
      )}
      {mayClose ? (
        <Card>
          <Form method="post" noValidate>
            <input type="hidden" name="revision" value={revision} />
            <RadioGroup
              name="reasonCode"
              legend={t("close.reason")}
              required
              columns={2}
              error={form.error("reasonCode")}
              defaultValue={form.text("reasonCode")}
              options={reasons.map((value) => ({ value, label: t(`closeReason.${value}`) }))}
            />
            <TextAreaField
              name="note"
              label={t("common:note")}
              hint={t("close.noteHint")}
              error={form.error("note")}
              defaultValue={form.text("note")}
              maxLength={2000}
              rows={4}
            />
            <SubmitRow>
              <Button variant="danger">{t("close.submit")}</Button>
              <LinkButton to={`/broker/cases/${id}`} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : null}
    </>
  );
}
