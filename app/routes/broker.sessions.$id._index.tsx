import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors } from "~/components/forms";
import { metaTitle, plainTitle } from "~/components/meta";
import { CallOff } from "~/components/sessions/call-off";
import { MeetingList } from "~/components/sessions/meeting-list";
import { NextStepCard } from "~/components/sessions/next-step";
import { ScheduleGrid } from "~/components/sessions/schedule-grid";
import { SessionFactsCard, SessionPapers } from "~/components/sessions/session-cards";
import { SessionBadge } from "~/components/sessions/states";
import { StepBar } from "~/components/sessions/step-bar";
import { SessionStory } from "~/components/sessions/story-list";
import { WhenText } from "~/components/sessions/when";
import { Alert, Badge, Card, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import {
  cancelSession,
  closeSession,
  confirmSession,
  holdSession,
  sendInvitations,
  viewSession,
} from "~/modules/sessions/index.server";
import { cancelSchema, sessionStepSchema } from "~/modules/sessions/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction<typeof loader> = (args) =>
  args.data ? plainTitle(args.data.view.title) : metaTitle(args, "sessions:list.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

const STEPS = { invite: sendInvitations, confirm: confirmSession, hold: holdSession, close: closeSession } as const;
const DONE = ["handed-over", "invite", "confirm", "hold", "close", "cancel", "created", "edited", "added"] as const;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const view = await viewSession(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  return { view, done: DONE.find((done) => done === asked) ?? null };
}

async function act(ctx: Ctx, sessionId: string, intent: string, form: FormData): Promise<FormAnswer | null> {
  if (intent === "cancel") {
    const read = readForm(form, cancelSchema);
    if (!read.ok) return read.answer;
    const result = await cancelSession(ctx, { sessionId, ...read.value });
    return result.ok ? null : refuse(form, result);
  }
  if (intent !== "invite" && intent !== "confirm" && intent !== "hold" && intent !== "close")
    throw new Response(null, { status: 400 });
  const read = readForm(form, sessionStepSchema);
  if (!read.ok) return read.answer;
  const result = await STEPS[intent](ctx, { sessionId, ...read.value });
  return result.ok ? null : refuse(form, result);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const answer = await act(ctxOf(context), params.id ?? "", intent, form);
  if (!answer) throw redirect(`/broker/sessions/${params.id}?done=${intent}`);
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ intent, ...answer }, { status: 400 });
}

export default function SessionPage() {
  const { view, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("sessions");
  const { may } = view;
  const addTo = `/broker/sessions/${view.id}/meetings/new`;
  const cancel = formValues(answer?.intent === "cancel" ? answer : undefined);
  const planned = view.meetings.filter((meeting) => meeting.state !== "cancelled");
  const unanswered = planned
    .filter((meeting) => meeting.state === "planned" && meeting.invitedAt)
    .flatMap((meeting) => meeting.participants.filter((side) => side.response === "none")).length;
  return (
    <>
      <PageHeader
        back={{ to: "/broker/sessions", label: t("list.title") }}
        above={
          <>
            <SessionBadge state={view.state} />
            {unanswered > 0 ? <Badge tone="warning">{t("list.unanswered", { count: unanswered })}</Badge> : null}
          </>
        }
        title={view.title}
        lead={<WhenText startsAt={view.startsAt} endsAt={view.endsAt} />}
        actions={
          <>
            {may.edit ? (
              <LinkButton variant="secondary" to={`/broker/sessions/${view.id}/edit`}>
                {t("edit.title")}
              </LinkButton>
            ) : null}
            <LinkButton variant="quiet" to={`/broker/mails/session/${view.id}`}>
              {t("operate:mail.open")}
            </LinkButton>
            {may.handOver ? (
              <LinkButton variant="secondary" to={`/broker/sessions/${view.id}/hand-over`}>
                {t("handover:open")}
              </LinkButton>
            ) : null}
          </>
        }
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {done === "handed-over" ? t("handover:done") : t(`session.done.${done}`)}
        </Alert>
      ) : null}
      {answer && answer.intent !== "cancel" ? <FormErrors failure={answer.failure} /> : null}
      {view.state === "cancelled" ? (
        <Alert tone="warning" title={t("session.cancelled")}>
          {view.cancelReason ? t(`cancelReason.${view.cancelReason}`) : null}
        </Alert>
      ) : (
        <StepBar state={view.state} />
      )}
      <div className="flex flex-col gap-6">
        <NextStepCard view={view} />
        <Card
          id="meetings"
          title={t("session.schedule")}
          actions={
            may.addMeeting && planned.length > 0 ? (
              <LinkButton variant="secondary" size="small" to={addTo}>
                {t("session.addMeeting")}
              </LinkButton>
            ) : null
          }
        >
          {planned.length === 0 ? (
            <EmptyState
              title={t("session.noMeetings")}
              action={
                may.addMeeting ? (
                  <LinkButton variant="secondary" to={addTo}>
                    {t("session.addMeeting")}
                  </LinkButton>
                ) : null
              }
            >
              {may.addMeeting ? t("session.noMeetingsText") : null}
            </EmptyState>
          ) : (
            <ScheduleGrid view={view} />
          )}
          {view.meetings.length > 0 ? (
            <div className="md:mt-8">
              <h3 className="mb-3 hidden font-semibold md:block">{t("session.answers")}</h3>
              <MeetingList meetings={view.meetings} />
            </div>
          ) : null}
        </Card>
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Card title={t("session.story")}>
            <SessionStory items={view.story} naming />
          </Card>
          <div className="flex min-w-0 flex-col gap-6">
            <SessionFactsCard session={view} />
            <SessionPapers session={view} />
            {may.cancel ? (
              <Card>
                <CallOff form={cancel} revision={view.revision} what="session" />
              </Card>
            ) : null}
          </div>
        </div>
      </div>
    </>
  );
}
