import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { StackedFacts } from "~/components/brokering/states";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { AttendanceForm, CorrectAttendance } from "~/components/sessions/attendance-form";
import { CallOff } from "~/components/sessions/call-off";
import { MeetingNext } from "~/components/sessions/meeting-next";
import { MinutesCard } from "~/components/sessions/minutes-card";
import { MoveForm } from "~/components/sessions/move-form";
import { useTableName } from "~/components/sessions/schedule-grid";
import { SideCard } from "~/components/sessions/side-card";
import { withSlot } from "~/components/sessions/slots";
import { MeetingBadge } from "~/components/sessions/states";
import { SessionStory } from "~/components/sessions/story-list";
import { WhenText } from "~/components/sessions/when";
import { Alert, Badge, Card, LinkButton, PageHeader } from "~/components/ui";
import {
  cancelMeeting,
  completeStep,
  correctAttendance,
  moveMeeting,
  recordAttendance,
  recordPhoneMinutesAnswer,
  recordPhoneResponse,
  viewBrokerMeeting,
} from "~/modules/sessions/index.server";
import {
  answerMinutesSchema,
  attendanceSchema,
  cancelSchema,
  moveMeetingSchema,
  phoneRespondSchema,
} from "~/modules/sessions/schemas";
import type { Ctx } from "~/platform/context";
import type { RouteHandle } from "~/platform/http/access";
import { type FormAnswer, readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:meeting.title");

const DONE = ["move", "cancel", "phone", "attendance", "correct", "phone-minutes", "step", "saved", "sent"] as const;

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const view = await viewBrokerMeeting(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("done");
  return { view, done: DONE.find((done) => done === asked) ?? null };
}

async function act(ctx: Ctx, meetingId: string, intent: string, form: FormData): Promise<FormAnswer | null> {
  const answered = (result: { ok: true } | Parameters<typeof refuse>[1]) => (result.ok ? null : refuse(form, result));
  switch (intent) {
    case "move": {
      const read = readForm(withSlot(form), moveMeetingSchema);
      return read.ok
        ? answered(await moveMeeting(ctx, { meetingId, ...read.value }))
        : refuse(form, read.answer.failure);
    }
    case "cancel": {
      const read = readForm(form, cancelSchema);
      return read.ok ? answered(await cancelMeeting(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "phone": {
      const read = readForm(form, phoneRespondSchema);
      return read.ok ? answered(await recordPhoneResponse(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "attendance": {
      const read = readForm(form, attendanceSchema);
      return read.ok ? answered(await recordAttendance(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "correct": {
      const read = readForm(form, attendanceSchema);
      return read.ok ? answered(await correctAttendance(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "phone-minutes": {
      const read = readForm(form, answerMinutesSchema);
      return read.ok ? answered(await recordPhoneMinutesAnswer(ctx, { meetingId, ...read.value })) : read.answer;
    }
    case "step":
      return answered(await completeStep(ctx, { meetingId }));
    default:
      throw new Response(null, { status: 400 });
  }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const answer = await act(ctxOf(context), params.id ?? "", intent, form);
  if (!answer) throw redirect(`/broker/meetings/${params.id}?done=${intent}`);
  if (answer.failure.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ intent, ...answer }, { status: 400 });
}

export default function BrokerMeetingPage() {
  const { view, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  const { may, session } = view;
  const formOf = (intent: string, side?: string, stored: Record<string, string | null> = {}) =>
    formValues(answer?.intent === intent && (!side || answer.values.side === side) ? answer : undefined, stored);
  const came = (side: string) => {
    const attended = view.participants.find((one) => one.side === side)?.attended;
    return attended === undefined || attended === null ? null : attended ? "yes" : "no";
  };
  const attendance = (intent: string) => ({
    form: formOf(intent, undefined, { need: came("need"), offering: came("offering") }),
    revision: view.revision,
    sides: view.participants,
  });
  // somebody was quicker: the form is gone, what it was refused with is not
  const { move, cancel, attendance: attend, correct } = may;
  const forms: Record<string, boolean> = { move, cancel, attendance: attend, correct };
  return (
    <>
      <PageHeader
        back={{ to: `/broker/sessions/${session.id}`, label: session.title }}
        above={<MeetingBadge state={view.state} />}
        title={view.participants.map((side) => side.organisation.name).join(" ↔\u00a0")}
        lead={
          <>
            <WhenText startsAt={view.startsAt} endsAt={view.endsAt} /> · {tableName(view.tableNumber)}
          </>
        }
        actions={
          <LinkButton variant="quiet" to={`/broker/mails/meeting/${view.id}`}>
            {t("operate:mail.open")}
          </LinkButton>
        }
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(`meeting.done.${done}`)}
        </Alert>
      ) : null}
      {answer && forms[answer.intent] === false ? <FormErrors failure={answer.failure} /> : null}
      {view.ownSide ? <Alert tone="warning">{t("meeting.ownSide")}</Alert> : null}
      {view.cancelReason ? (
        <Alert title={t("meeting.cancelledBecause")}>{t(`cancelReason.${view.cancelReason}`)}</Alert>
      ) : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <MeetingNext view={view} />
          <div className="grid gap-6 md:grid-cols-2">
            {view.participants.map((side) => (
              <SideCard
                key={side.id}
                side={side}
                contact={view.contacts?.find((one) => one.side === side.side) ?? null}
                linked={view.contacts !== null}
                invited={view.invitedAt !== null}
                phone={
                  may.phone.includes(side.side) ? { form: formOf("phone", side.side), sequence: view.sequence } : null
                }
              />
            ))}
          </div>
          {may.attendance ? (
            <Card id="attendance" title={t("attendance.title")}>
              <AttendanceForm {...attendance("attendance")} />
            </Card>
          ) : view.attendanceBlocker && view.state === "planned" ? (
            <Card id="attendance" title={t("attendance.title")}>
              <p className="text-muted">{t(view.attendanceBlocker.code, view.attendanceBlocker.params ?? {})}</p>
            </Card>
          ) : null}
          {may.correct ? <CorrectAttendance key={view.revision} {...attendance("correct")} /> : null}
          {view.state === "held" ? <MinutesCard view={view} formOf={formOf} /> : null}
          {view.feedback.length > 0 ? (
            <Card title={t("feedback.received")}>
              <ul className="flex flex-col gap-4">
                {view.feedback.map((one) => (
                  <li key={one.side}>
                    <span className="flex flex-wrap items-center gap-2">
                      <Badge tone={one.score >= 4 ? "success" : one.score === 3 ? "neutral" : "warning"}>
                        {t("feedback.scored", { score: one.score, words: t(`feedback.words.${one.score}`) })}
                      </Badge>
                      <span className="font-medium">{t(`side.${one.side}`)}</span>
                    </span>
                    {one.comment ? (
                      <span className="mt-1 block max-w-text break-words whitespace-pre-line">{one.comment}</span>
                    ) : null}
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
          {may.move || may.cancel ? (
            <Card id="change" title={t("meeting.change")} className="no-print">
              {may.move ? <MoveForm key={view.revision} view={view} formOf={formOf} /> : null}
              {may.cancel ? <CallOff form={formOf("cancel")} revision={view.revision} what="meeting" /> : null}
            </Card>
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Card title={t("meeting.facts")}>
            <StackedFacts
              items={[
                {
                  key: "where",
                  term: t("meeting.where"),
                  description: view.tableNumber === null ? session.onlineUrl : session.place,
                },
                {
                  key: "case",
                  term: t("meeting.case"),
                  description: (
                    <Link className="link" to={`/broker/cases/${view.caseId}`}>
                      {view.caseTitle}
                    </Link>
                  ),
                },
                { key: "owner", term: t("list.column.owner"), description: session.owner.fullName },
              ]}
            />
          </Card>
          <Card title={t("session.story")}>
            <SessionStory items={view.story} />
          </Card>
        </div>
      </div>
    </>
  );
}
