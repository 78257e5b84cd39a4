import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { AnswerForm } from "~/components/brokering/answer-form";
import { OtherSide } from "~/components/brokering/other-side";
import { ContactLines } from "~/components/brokering/states";
import { formatDate } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Card, LinkButton, PageHeader } from "~/components/ui";
import { answerByLink, viewAnswerLink } from "~/modules/brokering/index.server";
import { answerSchema } from "~/modules/brokering/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "brokering:link.title"),
  { name: "robots", content: "noindex" },
];

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

/** Looking answers nothing: mail scanners open links too. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewAnswerLink(ctxOf(context), params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, answerSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await answerByLink(ctxOf(context), {
    ...read.value,
    token: params.token ?? "",
    remoteAddress: context.scope.remoteAddress,
  });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/introductions/answer/${params.token}`);
}

export default function AnswerLinkPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const form = formValues(useActionData<typeof action>());
  if (view.state !== "ready") {
    const key = view.state === "answered" ? `answered.${view.answer}` : view.state;
    return (
      <>
        <PageHeader title={t(`link.${key}.title`)} />
        <FormErrors failure={form.failure} />
        <Card>
          <p className="mb-4 max-w-text">{t(`link.${key}.text`)}</p>
          {view.state === "wrong" ? (
            <LinkButton to="/">{t("common:error.toHome")}</LinkButton>
          ) : (
            <LinkButton to={`/introductions/${view.introductionId}`}>{t("link.signIn")}</LinkButton>
          )}
        </Card>
      </>
    );
  }
  const { introduction } = view;
  return (
    <>
      <PageHeader
        title={t("link.title")}
        lead={t("link.lead", { name: introduction.mine.organisation, date: formatDate(introduction.replyBy) })}
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <OtherSide other={introduction.other} message={introduction.message} />
          <Card title={t("answer.title", { name: introduction.mine.organisation })}>
            <AnswerForm form={form} side={introduction.mine.side} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("common:broker")}>
            <ContactLines
              contact={{
                name: introduction.broker.fullName,
                phone: introduction.broker.phone,
                email: introduction.broker.email,
              }}
            />
          </Card>
          <Alert>{t("link.personal")}</Alert>
        </div>
      </div>
    </>
  );
}
