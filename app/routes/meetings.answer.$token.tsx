import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { ContactLines } from "~/components/brokering/states";
import { metaTitle } from "~/components/meta";
import { MeetingAnswerForm } from "~/components/sessions/answer-form";
import { LinkOutcome } from "~/components/sessions/link-outcome";
import { PrepareCard, WhereWhen } from "~/components/sessions/where-when";
import { Alert, Card, PageHeader } from "~/components/ui";
import { respondByLink, viewMeetingLink } from "~/modules/sessions/index.server";
import { linkRespondSchema } from "~/modules/sessions/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "sessions:link.meeting.title"),
  { name: "robots", content: "noindex" },
];

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

/** Looking answers nothing: mail scanners open links too. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewMeetingLink(ctxOf(context), params.token ?? "");
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, linkRespondSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await respondByLink(ctxOf(context), {
    ...read.value,
    token: params.token ?? "",
    remoteAddress: context.scope.remoteAddress,
  });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/meetings/answer/${params.token}`);
}

export default function MeetingLinkPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("sessions");
  const form = formValues(useActionData<typeof action>());
  if (view.state !== "ready")
    return (
      <LinkOutcome
        about="meeting"
        outcome={view.state === "answered" ? `answered.${view.answer}` : view.state}
        meetingId={view.state === "wrong" ? null : view.meetingId}
        failure={form.failure}
      />
    );
  const { meeting } = view;
  return (
    <>
      <PageHeader
        title={t("link.meeting.title")}
        lead={t("link.meeting.lead", { name: meeting.mine.organisation, other: meeting.other.organisation })}
      />
      {meeting.moved ? <Alert tone="warning">{t("party.standingText.moved")}</Alert> : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("party.whereWhen")}>
            <WhereWhen meeting={meeting} />
          </Card>
          <Card id="answer" title={t("answer.title", { name: meeting.mine.organisation })}>
            <MeetingAnswerForm
              form={form}
              side={meeting.mine.side}
              sequence={meeting.sequence}
              response={meeting.mine.response}
            />
          </Card>
          <PrepareCard meeting={meeting} />
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
