import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { ContactLines } from "~/components/brokering/states";
import { metaTitle } from "~/components/meta";
import { LinkOutcome } from "~/components/sessions/link-outcome";
import { MinutesAnswerForm } from "~/components/sessions/minutes-answer-form";
import { MinutesText } from "~/components/sessions/minutes-text";
import { useOwnerNames } from "~/components/sessions/party-minutes";
import { WhenText } from "~/components/sessions/when";
import { Alert, Card, DateText, PageHeader } from "~/components/ui";
import { answerMinutesByLink, type MinutesLinkView, viewMinutesLink } from "~/modules/sessions/index.server";
import { linkAnswerMinutesSchema } from "~/modules/sessions/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "sessions:link.minutes.title"),
  { name: "robots", content: "noindex" },
];

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

/** Looking answers nothing: mail scanners open links too. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewMinutesLink(ctxOf(context), params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, linkAnswerMinutesSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await answerMinutesByLink(ctxOf(context), {
    ...read.value,
    token: params.token ?? "",
    remoteAddress: context.scope.remoteAddress,
  });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/minutes/answer/${params.token}`);
}

type Ready = Extract<MinutesLinkView, { state: "ready" }>["meeting"];

function ReadyPage({ meeting, form }: { meeting: Ready; form: ReturnType<typeof formValues> }) {
  const { t } = useTranslation("sessions");
  const names = useOwnerNames(meeting);
  const { minutes } = meeting;
  return (
    <>
      <PageHeader
        title={t("link.minutes.title")}
        lead={t("link.minutes.lead", { name: meeting.mine.organisation, other: meeting.other.organisation })}
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("minutes.title")}>
            <p className="mb-2 text-muted">
              <WhenText startsAt={meeting.startsAt} endsAt={meeting.endsAt} />
            </p>
            <MinutesText minutes={minutes} names={names} />
          </Card>
          <Card title={t("minutesAnswer.title", { name: meeting.mine.organisation })}>
            {minutes.confirmBy ? (
              <p className="mb-3 font-medium">
                {t("minutes.confirmUntil")} <DateText date={minutes.confirmBy} />
              </p>
            ) : null}
            <MinutesAnswerForm form={form} side={meeting.mine.side} revision={minutes.revision} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("common:broker")}>
            <ContactLines contact={{ name: meeting.broker.fullName, phone: meeting.broker.phone, email: null }} />
          </Card>
          <Alert>{t("link.personal")}</Alert>
        </div>
      </div>
    </>
  );
}

export default function MinutesLinkPage() {
  const view = useLoaderData<typeof loader>();
  const form = formValues(useActionData<typeof action>());
  if (view.state === "ready") return <ReadyPage meeting={view.meeting} form={form} />;
  return (
    <LinkOutcome
      about="minutes"
      outcome={view.state === "answered" ? `answered.${view.answer}` : view.state}
      meetingId={view.state === "wrong" ? null : view.meetingId}
      failure={form.failure}
    />
  );
}
