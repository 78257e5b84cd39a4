import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { formatDate } from "~/components/format";
import { FormErrors, RadioGroup, SubmitRow, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { recordPhoneOutcome, viewPhoneOutcome } from "~/modules/deals/index.server";
import { CHASE_ANSWERS, phoneOutcomeSchema } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "outcomes:phone.title");

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await viewPhoneOutcome(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, phoneOutcomeSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await recordPhoneOutcome(ctxOf(context), { questionId: params.id ?? "", ...read.value });
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data(refuse(form, result), { status: 400 });
  }
  throw redirect(`/broker/cases/${result.value.caseId}?done=outcome`);
}

export default function PhoneOutcomePage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("outcomes");
  const form = formValues(useActionData<typeof action>());
  const { state } = view;
  const toCase = `/broker/cases/${view.caseId}`;
  return (
    <>
      <PageHeader
        back={{ to: toCase, label: view.caseTitle }}
        title={t("phone.title")}
        lead={`${t(`brokering:side.${view.side}`)}: ${view.organisation}`}
      />
      <FormErrors failure={form.failure} labels={{ answer: t("phone.answer"), note: t("phone.note") }} />
      {view.ownSide ? (
        <Alert tone="warning">{t("error.ownOrganisation")}</Alert>
      ) : state === "open" ? (
        <Card title={t(`page.question.${view.subjectKind}`, { date: formatDate(view.on) })}>
          <Form method="post" noValidate>
            <RadioGroup
              name="answer"
              legend={t("phone.answer")}
              columns={2}
              required
              error={form.error("answer")}
              defaultValue={form.text("answer")}
              options={CHASE_ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
            />
            <TextAreaField
              name="note"
              label={t("phone.note")}
              hint={t("phone.noteHint")}
              error={form.error("note")}
              defaultValue={form.text("note")}
              required
              maxLength={1000}
              rows={3}
            />
            <SubmitRow>
              <Button>{t("phone.save")}</Button>
              <LinkButton to={toCase} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : (
        <>
          <Alert title={t(`page.${state}`)}>{state === "over" ? t("page.overText") : null}</Alert>
          <p>
            <LinkButton to={toCase} variant="secondary">
              {t("broker.toCase")}
            </LinkButton>
          </p>
        </>
      )}
    </>
  );
}
