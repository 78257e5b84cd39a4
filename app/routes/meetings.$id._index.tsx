import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import CalendarPlus from "lucide-react/icons/calendar-plus";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { ContactLines } from "~/components/brokering/states";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { MeetingAnswerForm } from "~/components/sessions/answer-form";
import { FeedbackForm } from "~/components/sessions/feedback-form";
import { PartyMinutes } from "~/components/sessions/party-minutes";
import { standingOf } from "~/components/sessions/standing";
import { MeetingBadge, ResponseBadge } from "~/components/sessions/states";
import { PrepareCard, WhereWhen } from "~/components/sessions/where-when";
import { Alert, Card, DateText, LinkButton, PageHeader } from "~/components/ui";
import {
  answerMinutes,
  completeStep,
  giveFeedback,
  respondToMeeting,
  sessionOfMeeting,
  viewMeeting,
} from "~/modules/sessions/index.server";
import { answerMinutesSchema, feedbackSchema, respondSchema } from "~/modules/sessions/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:party.title");

const DONE = ["respond", "minutes", "step", "feedback"] as const;

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const id = params.id ?? "";
  const view = await viewMeeting(ctx, id);
  const asked = new URL(request.url).searchParams.get("done");
  if (view) return { view, done: DONE.find((done) => done === asked) ?? null };
  // staff follow a party's address to their own page
  if (await sessionOfMeeting(ctx, id)) throw redirect(`/broker/meetings/${id}`);
  throw new Response(null, { status: 404 });
}

async function act(ctx: Ctx, meetingId: string, intent: string, form: FormData): Promise<FormAnswer | null> {
  const answered = (result: { ok: true } | Parameters<typeof refuse>[1]) => (result.ok ? null : refuse(form, result));
  switch (intent) {
    case "respond": {
      const read = readForm(form, respondSchema);
      return read.ok ? answered(await respondToMeeting(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "minutes": {
      const read = readForm(form, answerMinutesSchema);
      return read.ok ? answered(await answerMinutes(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "step":
      return answered(await completeStep(ctx, { meetingId }));
    case "feedback": {
      const read = readForm(form, feedbackSchema);
      return read.ok ? answered(await giveFeedback(ctx, { meetingId, ...read.value })) : read.answer;
    }
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const answer = await act(ctxOf(context), params.id ?? "", intent, form);
  if (!answer) throw redirect(`/meetings/${params.id}?done=${intent}`);
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ intent, ...answer }, { status: 400 });
}

export default function MeetingPage() {
  const { view, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("sessions");
  const formOf = (intent: string) => formValues(answer?.intent === intent ? answer : undefined);
  const { mine, may, broker } = view;
  const standing = standingOf(view);
  const whereWhen = (
    <Card
      title={t("party.whereWhen")}
      actions={
        view.state === "planned" ? (
          <LinkButton variant="secondary" size="small" reloadDocument to={`/meetings/${view.id}/calendar.ics`}>
            <CalendarPlus size={18} aria-hidden="true" />
            {t("party.addToCalendar")}
          </LinkButton>
        ) : null
      }
    >
      <WhereWhen meeting={view} />
    </Card>
  );
  return (
    <>
      <PageHeader
        back={{ to: "/home", label: t("common:nav.home") }}
        above={<MeetingBadge state={view.state} />}
        title={t("party.heading", { name: view.other.organisation })}
        lead={view.session.title}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(`party.done.${done}`)}
        </Alert>
      ) : null}
      <Alert tone={standing.tone} title={t(`party.standing.${standing.key}`)}>
        {t(`party.standingText.${standing.key}`, {
          reason: view.cancelReason ? t(`cancelReason.${view.cancelReason}`) : "",
        })}
      </Alert>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          {view.state === "held" ? null : whereWhen}
          {view.state === "planned" ? (
            <Card
              id="answer"
              title={
                <span className="flex flex-wrap items-center gap-3">
                  {t("answer.title", { name: mine.organisation })}
                  {mine.response === "none" ? null : <ResponseBadge response={mine.response} />}
                </span>
              }
            >
              {mine.respondedAt ? (
                <p className="mb-4 max-w-text">
                  <span className="text-muted">
                    <DateText date={mine.respondedAt} time />
                    {mine.respondedBy ? ` · ${mine.respondedBy}` : ""}
                    {mine.channel ? ` · ${t(`channel.${mine.channel}`)}` : ""}
                  </span>
                  {mine.declineReason ? (
                    <span className="block font-medium">{t(`declineReason.${mine.declineReason}`)}</span>
                  ) : null}
                  {mine.responseNote ? (
                    <span className="block break-words whitespace-pre-line">{mine.responseNote}</span>
                  ) : null}
                </p>
              ) : null}
              {may.respond ? (
                <MeetingAnswerForm
                  form={formOf("respond")}
                  side={mine.side}
                  sequence={view.sequence}
                  response={mine.response}
                />
              ) : (
                <>
                  <FormErrors failure={formOf("respond").failure} />
                  <p>{t("answer.over")}</p>
                </>
              )}
            </Card>
          ) : null}
          {view.state === "planned" ? <PrepareCard meeting={view} /> : null}
          {view.state === "held" ? (
            <>
              <PartyMinutes meeting={view} answer={formOf("minutes")} step={formOf("step")} />
              {view.feedback ? (
                <Card id="feedback" title={t("feedback.title")}>
                  <p>{t("feedback.given", { words: t(`feedback.words.${view.feedback.score}`) })}</p>
                  {view.feedback.comment ? (
                    <p className="mt-1 break-words whitespace-pre-line">{view.feedback.comment}</p>
                  ) : null}
                </Card>
              ) : may.giveFeedback ? (
                <Card id="feedback" title={t("feedback.title")}>
                  <p className="mb-4 max-w-text text-muted">{t("feedback.text")}</p>
                  <FeedbackForm form={formOf("feedback")} side={mine.side} />
                </Card>
              ) : null}
              {whereWhen}
            </>
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("common:broker")}>
            <ContactLines contact={{ name: broker.fullName, phone: broker.phone, email: null }} />
          </Card>
          <Card title={t("party.otherSide")}>
            <p className="font-semibold break-words">{view.other.organisation}</p>
            <p className="mt-1">
              <Link className="link inline-flex min-h-11 items-center" to={`/introductions/${view.introductionId}`}>
                {t("party.toIntroduction")}
              </Link>
            </p>
          </Card>
        </div>
      </div>
    </>
  );
}
