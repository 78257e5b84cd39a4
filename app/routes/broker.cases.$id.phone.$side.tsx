import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, SelectField, SubmitRow, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { useReasons } from "~/components/reasons";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { recordPhoneAnswer, viewCase } from "~/modules/brokering/index.server";
import { DECLINE_REASONS, phoneAnswerSchema } from "~/modules/brokering/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:phone.title");

const sideOf = (text: string | undefined) => (["need", "offering"] as const).find((side) => side === text);

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const side = sideOf(params.side);
  const view = side && (await viewCase(ctxOf(context), params.id ?? ""));
  const latest = view?.introductions[0];
  const asked = latest?.sides.find((one) => one.side === side);
  if (!view || !latest || !asked) throw new Response(null, { status: 404 });
  return {
    id: view.id,
    title: view.title,
    side: asked.side,
    organisation: asked.organisation.name,
    introductionId: latest.id,
    open: latest.state === "proposed" && asked.state === "asked" && !latest.overdue,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const side = sideOf(params.side);
  if (!side) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const read = readForm(form, phoneAnswerSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await recordPhoneAnswer(ctxOf(context), {
    introductionId: String(form.get("introductionId") ?? ""),
    side,
    ...read.value,
  });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/cases/${params.id}?done=phone`);
}

export default function PhoneAnswerPage() {
  const { id, title, side, organisation, introductionId, open } = useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const reasons = useReasons("introduction.decline", DECLINE_REASONS);
  const form = formValues(useActionData<typeof action>());
  const area = (name: string) => ({
    name,
    error: form.error(name),
    defaultValue: form.text(name),
    maxLength: 2000,
    rows: 3,
  });
  return (
    <>
      <PageHeader
        back={{ to: `/broker/cases/${id}`, label: title }}
        title={t("phone.title")}
        lead={`${t(`side.${side}`)}: ${organisation}`}
      />
      <FormErrors
        failure={form.failure}
        labels={{ answer: t("phone.answer"), note: t("phone.note"), reasonCode: t("answer.reason") }}
      />
      {open || form.failure ? (
        <Card>
          <Form method="post" noValidate>
            <input type="hidden" name="introductionId" value={introductionId} />
            <RadioGroup
              name="answer"
              legend={t("phone.answer")}
              required
              error={form.error("answer")}
              defaultValue={form.text("answer")}
              options={(["accepted", "declined"] as const).map((value) => ({ value, label: t(`phone.${value}`) }))}
            />
            <TextAreaField {...area("note")} label={t("phone.note")} hint={t("phone.noteHint")} required />
            <SelectField
              name="reasonCode"
              label={t("phone.reason")}
              placeholder={t("answer.reasonPlaceholder")}
              error={form.error("reasonCode")}
              defaultValue={form.text("reasonCode")}
              options={reasons.map((value) => ({ value, label: t(`declineReason.${value}`) }))}
            />
            <details>
              <summary className="link flex min-h-11 cursor-pointer items-center">{t("phone.questions")}</summary>
              <div className="mt-3">
                {(["cooperation", "unclear", "about"] as const).map((name) => (
                  <TextAreaField key={name} {...area(name)} label={t(`question.${name}`)} />
                ))}
              </div>
            </details>
            <SubmitRow>
              <Button>{t("phone.save")}</Button>
              <LinkButton to={`/broker/cases/${id}`} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : (
        <Alert>{t("phone.over")}</Alert>
      )}
    </>
  );
}
