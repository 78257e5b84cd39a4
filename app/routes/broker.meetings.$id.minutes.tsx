import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { MinutesFields } from "~/components/sessions/minutes-fields";
import { WhenText } from "~/components/sessions/when";
import { Alert, Button, Card, DateText, LinkButton, PageHeader } from "~/components/ui";
import { saveMinutes, viewBrokerMeeting } from "~/modules/sessions/index.server";
import { minutesSchema } from "~/modules/sessions/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:minutes.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await viewBrokerMeeting(ctxOf(context), params.id ?? "");
  if (view?.state !== "held") throw new Response(null, { status: 404 });
  const { id, startsAt, endsAt, participants, minutesText, remarks, minutesDue, session, may } = view;
  const latest = Math.max(0, ...remarks.map((remark) => remark.revision));
  const nameOf = (side: string) => participants.find((one) => one.side === side)?.organisation.name ?? "";
  return {
    id,
    startsAt,
    endsAt,
    minutes: minutesText,
    minutesDue,
    mayWrite: may.writeMinutes,
    // what the sides found wrong stays in sight while the new version is a draft
    wrong: remarks.filter((remark) => !remark.confirmed && remark.revision === latest),
    names: { need: nameOf("need"), offering: nameOf("offering"), broker: session.owner.fullName },
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, minutesSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const send = form.get("intent") === "send";
  const result = await saveMinutes(ctxOf(context), { meetingId: params.id ?? "", ...read.value, send });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/meetings/${params.id}?done=${send ? "sent" : "saved"}`);
}

export default function MinutesPage() {
  const { id, startsAt, endsAt, minutes, minutesDue, mayWrite, wrong, names } = useLoaderData<typeof loader>();
  const { t } = useTranslation("sessions");
  const form = formValues(useActionData<typeof action>(), {
    outcome: minutes?.outcome,
    decisions: minutes?.decisions,
    nextStep: minutes?.nextStep,
    nextOwner: minutes?.nextOwner,
    nextOn: minutes?.nextOn?.toISOString().slice(0, 10),
  });
  const title = `${names.need} ↔ ${names.offering}`;
  return (
    <>
      <PageHeader
        back={{ to: `/broker/meetings/${id}`, label: title }}
        title={t("minutes.title")}
        lead={<WhenText startsAt={startsAt} endsAt={endsAt} />}
      />
      {minutesDue && mayWrite && (!minutes || minutes.state === "draft") ? (
        <p className="mb-4 font-medium">
          {t("minutes.writeUntil")} <DateText date={minutesDue} />
        </p>
      ) : null}
      {wrong.map((remark) => (
        <Alert key={remark.side} tone="warning" title={t("minutes.wrongSays", { name: names[remark.side] })}>
          <span className="break-words whitespace-pre-line">{remark.remark}</span>
        </Alert>
      ))}
      <FormErrors
        failure={form.failure}
        labels={{
          decisions: t("minutes.decisions"),
          outcome: t("minutes.outcome"),
          nextStep: t("minutes.nextStep"),
          nextOwner: t("minutes.nextOwner"),
          nextOn: t("minutes.nextOn"),
        }}
      />
      {mayWrite ? (
        <Card>
          <Form method="post" noValidate>
            <input type="hidden" name="revision" value={minutes?.revision ?? 0} />
            <MinutesFields form={form} names={names} />
            <p className="max-w-text text-muted">{t("minutes.sendText")}</p>
            <SubmitRow>
              <Button name="intent" value="send">
                {t("minutes.send")}
              </Button>
              <Button variant="secondary" name="intent" value="save">
                {t("common:saveDraft")}
              </Button>
              <LinkButton to={`/broker/meetings/${id}`} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : form.failure ? null : (
        <Alert>{t("minutes.notNow")}</Alert>
      )}
    </>
  );
}
