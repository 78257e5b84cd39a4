import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { ContactLines } from "~/components/brokering/states";
import { formatDate } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { OutcomeBadge } from "~/components/outcomes/answer-badge";
import { AnswerButtons } from "~/components/outcomes/answer-buttons";
import { QuestionFacts } from "~/components/outcomes/question-facts";
import { Alert, Card, DateText, DefinitionList, LinkButton, PageHeader } from "~/components/ui";
import { answerOutcome, caseOfOutcome, viewOutcome } from "~/modules/deals/index.server";
import { outcomeAnswerSchema } from "~/modules/deals/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "outcomes:page.title");

// when a colleague was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const id = params.id ?? "";
  const view = await viewOutcome(ctx, id);
  if (view) return view;
  const caseId = await caseOfOutcome(ctx, id);
  if (caseId) throw redirect(`/broker/cases/${caseId}`);
  throw new Response(null, { status: 404 });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, outcomeAnswerSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await answerOutcome(ctxOf(context), { questionId: params.id ?? "", ...read.value });
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data(refuse(form, result), { status: 400 });
  }
  throw redirect(`/outcomes/${params.id}`);
}

export default function OutcomePage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("outcomes");
  const form = formValues(useActionData<typeof action>());
  const { state, broker } = view;
  return (
    <>
      <PageHeader
        back={{ to: "/home", label: t("common:nav.home") }}
        title={t(`page.question.${view.subjectKind}`, { date: formatDate(view.on) })}
        lead={state === "open" ? t("page.lead") : null}
      />
      {state === "open" ? null : (
        <Alert tone={state === "answered" ? "success" : "neutral"} title={t(`page.${state}`)}>
          {t(`page.${state}Text`)} {view.answer === "signed" ? t("page.answeredSigned") : null}
        </Alert>
      )}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          {state === "open" ? (
            <Card title={t("page.buttons")}>
              <AnswerButtons form={form} />
            </Card>
          ) : (
            <>
              <FormErrors failure={form.failure} />
              {state === "answered" ? (
                <Card title={t("page.answerOurs")}>
                  <DefinitionList
                    items={[
                      {
                        key: "answer",
                        term: t("page.answerOurs"),
                        description: <OutcomeBadge answer={view.answer} />,
                      },
                      {
                        key: "at",
                        term: t("page.answeredAt"),
                        description: <DateText date={view.answeredAt} time />,
                      },
                      {
                        key: "by",
                        term: t("page.answeredBy"),
                        description: [view.answeredBy, view.channel ? t(`channel.${view.channel}`) : null]
                          .filter(Boolean)
                          .join(" · "),
                      },
                      ...(view.note
                        ? [
                            {
                              key: "note",
                              term: t(view.channel === "phone" ? "phone.note" : "page.noteOurs"),
                              description: <span className="whitespace-pre-line">{view.note}</span>,
                            },
                          ]
                        : []),
                    ]}
                  />
                </Card>
              ) : (
                <p>
                  <LinkButton to={state === "over" ? "/deals" : "/home"}>
                    {state === "over" ? t("page.toDeals") : t("link.toHome")}
                  </LinkButton>
                </p>
              )}
            </>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("page.about")}>
            <QuestionFacts question={view} />
          </Card>
          <Card title={t("common:broker")}>
            <ContactLines contact={{ name: broker.fullName, phone: broker.phone, email: broker.email }} />
          </Card>
        </div>
      </div>
    </>
  );
}
