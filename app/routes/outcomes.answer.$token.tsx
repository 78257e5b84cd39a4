import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { ContactLines } from "~/components/brokering/states";
import { formatDate } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { AnswerButtons } from "~/components/outcomes/answer-buttons";
import { QuestionFacts } from "~/components/outcomes/question-facts";
import { Alert, Card, LinkButton, PageHeader } from "~/components/ui";
import { answerOutcomeByLink, viewOutcomeLink } from "~/modules/deals/index.server";
import { outcomeAnswerSchema } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "outcomes:link.title"),
  { name: "robots", content: "noindex" },
];

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

/** Looking answers nothing: mail scanners open links too. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewOutcomeLink(ctxOf(context), params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, outcomeAnswerSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await answerOutcomeByLink(ctxOf(context), {
    ...read.value,
    token: params.token ?? "",
    remoteAddress: context.scope.remoteAddress,
  });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/outcomes/answer/${params.token}`);
}

export default function OutcomeLinkPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("outcomes");
  const form = formValues(useActionData<typeof action>());
  if (view.state !== "ready") {
    const answer = view.state === "answered" ? t(`answer.${view.answer}`) : "";
    return (
      <>
        <PageHeader title={t(`link.${view.state}.title`, { answer })} />
        <FormErrors failure={form.failure} />
        <Card>
          <p className="mb-4 max-w-text">{t(`link.${view.state}.text`)}</p>
          {view.state === "wrong" ? (
            <LinkButton to="/">{t("common:error.toHome")}</LinkButton>
          ) : (
            <LinkButton variant="secondary" to={view.state === "superseded" ? "/home" : `/outcomes/${view.questionId}`}>
              {t("link.signIn")}
            </LinkButton>
          )}
        </Card>
      </>
    );
  }
  const { question } = view;
  const { broker } = question;
  return (
    <>
      <PageHeader
        title={t(`page.question.${question.subjectKind}`, { date: formatDate(question.on) })}
        lead={t("page.lead")}
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("page.buttons")}>
            <AnswerButtons form={form} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("page.about")}>
            <QuestionFacts question={question} />
          </Card>
          <Card title={t("common:broker")}>
            <ContactLines contact={{ name: broker.fullName, phone: broker.phone, email: broker.email }} />
          </Card>
          <Alert>{t("link.personal")}</Alert>
        </div>
      </div>
    </>
  );
}
