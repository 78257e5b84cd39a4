import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { isoDay } from "~/components/format";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { IntroductionChoice } from "~/components/sessions/introduction-choice";
import { SlotChoice } from "~/components/sessions/slot-choice";
import { later, slotKey, withSlot } from "~/components/sessions/slots";
import { WhenText } from "~/components/sessions/when";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { addMeeting, prepareMeeting } from "~/modules/sessions/index.server";
import { meetingSchema } from "~/modules/sessions/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:add.title");

// when somebody was quicker, the form shows what is free now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const prepared = await prepareMeeting(ctxOf(context), params.id ?? "");
  if (!prepared) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams;
  const at = asked.get("at") ?? "";
  const table = asked.get("table") ?? "";
  return {
    ...prepared,
    chosen: prepared.introductions.find((one) => one.introductionId === asked.get("introduction")) ?? null,
    // a free cell of the timetable was pressed
    wanted: /^\d\d:\d\d$/.test(at) && /^\d{1,3}$/.test(table) ? { at, table } : null,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(withSlot(form), meetingSchema);
  if (!read.ok) return data(refuse(form, read.answer.failure), { status: 400 });
  const result = await addMeeting(ctxOf(context), { sessionId: params.id ?? "", ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/sessions/${params.id}?done=added`);
}

export default function AddMeetingPage() {
  const { session, introductions, may, chosen, wanted } = useLoaderData<typeof loader>();
  const { t } = useTranslation("sessions");
  const first = chosen?.slots[0];
  const form = formValues(useActionData<typeof action>(), {
    slot: wanted || !first ? "own" : slotKey(first),
    ...(wanted
      ? { startTime: wanted.at, endTime: later(wanted.at, session.slotMinutes), tableNumber: wanted.table }
      : {}),
  });
  const page = `/broker/sessions/${session.id}`;
  const carried = wanted ? `&at=${wanted.at}&table=${wanted.table}` : "";
  return (
    <>
      <PageHeader
        back={{ to: page, label: session.title }}
        title={t("add.title")}
        lead={<WhenText startsAt={session.startsAt} endsAt={session.endsAt} />}
      />
      <FormErrors
        failure={form.failure}
        labels={{
          startTime: t("field.startTime"),
          endTime: t("field.endTime"),
          tableNumber: t("field.tableNumber"),
        }}
      />
      {!may.addMeeting ? (
        form.failure ? null : (
          <Alert>{t("add.over")}</Alert>
        )
      ) : chosen && !chosen.ownSide ? (
        <Card title={t("add.when")}>
          <p className="font-semibold break-words">
            {chosen.need.name} <span aria-hidden="true">↔</span>
            <span className="sr-only"> {t("add.and")} </span> {chosen.offering.name}
          </p>
          <p className="mb-5 text-sm text-muted">
            {chosen.caseTitle} ·{" "}
            <Link className="link inline-flex min-h-11 items-center" to={`${page}/meetings/new?${carried.slice(1)}`}>
              {t("add.another")}
            </Link>
          </p>
          <Form method="post" noValidate>
            <input type="hidden" name="introductionId" value={chosen.introductionId} />
            <SlotChoice
              form={form}
              slots={chosen.slots}
              day={isoDay(session.startsAt)}
              tables={session.tables}
              online={Boolean(session.onlineUrl)}
            />
            <p className="max-w-text text-muted">
              {t(session.state === "draft" ? "add.invitedLater" : "add.invitedNow")}
            </p>
            <SubmitRow>
              <Button>{t("add.submit")}</Button>
              <LinkButton to={page} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : (
        <section>
          <h2 className="mb-1 text-xl font-semibold">{t("add.who")}</h2>
          <p className="mb-4 max-w-text text-muted">{t("add.whoText")}</p>
          <IntroductionChoice
            choices={introductions}
            to={(id) => `${page}/meetings/new?introduction=${id}${carried}`}
          />
        </section>
      )}
    </>
  );
}
