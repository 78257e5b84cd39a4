import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { isoDay } from "~/components/format";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { SessionFields, useSessionLabels } from "~/components/sessions/session-fields";
import { timeOf } from "~/components/sessions/slots";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { editSession, viewSession } from "~/modules/sessions/index.server";
import { editSessionSchema } from "~/modules/sessions/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:edit.title");

// a refused form takes the newest revision, so that pressing again saves knowingly
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const view = await viewSession(ctxOf(context), params.id ?? "");
  if (!view?.may.work) throw new Response(null, { status: 404 });
  const { meetings, story: _story, ...session } = view;
  return { session, invited: meetings.some((meeting) => meeting.state === "planned" && meeting.invitedAt) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, editSessionSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await editSession(ctxOf(context), { sessionId: params.id ?? "", ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/sessions/${params.id}?done=edited`);
}

export default function EditSessionPage() {
  const { session, invited } = useLoaderData<typeof loader>();
  const { t } = useTranslation("sessions");
  const labels = useSessionLabels();
  const form = formValues(useActionData<typeof action>(), {
    title: session.title,
    date: isoDay(session.startsAt),
    startTime: timeOf(session.startsAt),
    endTime: timeOf(session.endsAt),
    place: session.place,
    onlineUrl: session.onlineUrl,
    tables: String(session.tables),
    slotMinutes: String(session.slotMinutes),
    agenda: session.agenda,
  });
  return (
    <>
      <PageHeader
        back={{ to: `/broker/sessions/${session.id}`, label: session.title }}
        title={t("edit.title")}
        lead={session.may.edit && invited ? t("edit.invited") : null}
      />
      <FormErrors failure={form.failure} labels={labels} />
      {session.may.edit ? (
        <Card>
          <Form method="post" noValidate>
            <input type="hidden" name="revision" value={session.revision} />
            <SessionFields form={form} />
            <SubmitRow>
              <Button>{t("common:save")}</Button>
              <LinkButton to={`/broker/sessions/${session.id}`} variant="quiet">
                {t("common:cancel")}
              </LinkButton>
            </SubmitRow>
          </Form>
        </Card>
      ) : form.failure ? null : (
        <Alert>{t("edit.over")}</Alert>
      )}
    </>
  );
}
