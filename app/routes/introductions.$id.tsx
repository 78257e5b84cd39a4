import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { AnswerForm } from "~/components/brokering/answer-form";
import { OtherSide } from "~/components/brokering/other-side";
import { ContactLines, IntroductionBadge, StackedFacts } from "~/components/brokering/states";
import { formatDate } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Card, DateText, DefinitionList, PageHeader } from "~/components/ui";
import { answerIntroduction, caseOfIntroduction, viewIntroduction } from "~/modules/brokering/index.server";
import { answerSchema } from "~/modules/brokering/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "brokering:introduction.title");

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const id = params.id ?? "";
  const view = await viewIntroduction(ctx, id);
  if (view) return view;
  const caseId = await caseOfIntroduction(ctx, id);
  if (caseId) throw redirect(`/broker/cases/${caseId}`);
  throw new Response(null, { status: 404 });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, answerSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const side = form.get("side") === "need" ? "need" : "offering";
  const result = await answerIntroduction(ctxOf(context), { introductionId: params.id ?? "", side, ...read.value });
  if (!result.ok) {
    if (result.code === "common:notFound") throw new Response(null, { status: 404 });
    return data(refuse(form, result), { status: 400 });
  }
  throw redirect(`/introductions/${params.id}`);
}

const TONES = {
  proposed: "info",
  accepted: "success",
  declined: "neutral",
  expired: "neutral",
  withdrawn: "neutral",
} as const;

export default function IntroductionPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("brokering");
  const form = formValues(useActionData<typeof action>());
  const { mine, other, state } = view;
  // where it stands, from this side's seat: what the other side said is told politely
  const standing =
    state === "proposed"
      ? view.mayAnswer
        ? "toAnswer"
        : mine.state === "accepted"
          ? "waiting"
          : "over"
      : state === "declined" && mine.state === "declined"
        ? "declinedByUs"
        : state;
  return (
    <>
      <PageHeader
        back={{ to: "/home", label: t("common:nav.home") }}
        above={<IntroductionBadge state={state} />}
        title={t("introduction.title")}
        lead={other.listing ? <span lang={other.listing.lang}>{other.listing.title}</span> : null}
      />
      <Alert tone={TONES[state]} title={t(`introduction.standing.${standing}`, { date: formatDate(view.replyBy) })}>
        {t(`introduction.standingText.${standing}`, { date: formatDate(view.replyBy) })}
      </Alert>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <OtherSide other={other} message={view.message} />
          {view.mayAnswer ? (
            <Card title={t("answer.title", { name: mine.organisation })}>
              <AnswerForm form={form} side={mine.side} />
            </Card>
          ) : (
            <>
              <FormErrors failure={form.failure} />
              {mine.state === "asked" ? null : (
                <Card title={t("introduction.ourAnswer")}>
                  <DefinitionList
                    items={[
                      { key: "answer", term: t("introduction.answer"), description: t(`answerState.${mine.state}`) },
                      {
                        key: "at",
                        term: t("introduction.answeredAt"),
                        description: <DateText date={mine.answeredAt} time />,
                      },
                      {
                        key: "by",
                        term: t("introduction.answeredBy"),
                        description: [mine.answeredBy, mine.channel ? t(`channel.${mine.channel}`) : null]
                          .filter(Boolean)
                          .join(" · "),
                      },
                      ...(mine.reasonCode
                        ? [
                            {
                              key: "reason",
                              term: t("answer.reason"),
                              description: t(`declineReason.${mine.reasonCode}`),
                            },
                          ]
                        : []),
                      ...(["cooperation", "unclear", "about"] as const).flatMap((key) =>
                        mine[key]
                          ? [
                              {
                                key,
                                term: t(`question.${key}`),
                                description: <span className="whitespace-pre-line">{mine[key]}</span>,
                              },
                            ]
                          : [],
                      ),
                      ...(mine.note
                        ? [
                            {
                              key: "note",
                              term: t("common:note"),
                              description: <span className="whitespace-pre-line">{mine.note}</span>,
                            },
                          ]
                        : []),
                    ]}
                  />
                </Card>
              )}
            </>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("common:broker")}>
            <ContactLines
              contact={{ name: view.broker.fullName, phone: view.broker.phone, email: view.broker.email }}
            />
          </Card>
          <Card title={t("introduction.facts")}>
            <StackedFacts
              items={[
                { key: "ours", term: t("introduction.ours"), description: mine.organisation },
                ...(mine.listing
                  ? [
                      {
                        key: "listing",
                        term: t(`side.${mine.side}`),
                        description: <span lang={mine.listing.lang}>{mine.listing.title}</span>,
                      },
                    ]
                  : []),
                { key: "proposed", term: t("case.proposedOn"), description: <DateText date={view.proposedAt} /> },
                { key: "replyBy", term: t("case.replyBy"), description: <DateText date={view.replyBy} /> },
              ]}
            />
          </Card>
        </div>
      </div>
    </>
  );
}
