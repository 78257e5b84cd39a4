import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { SessionFields, useSessionLabels } from "~/components/sessions/session-fields";
import { Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { createSession, mayWorkSessions } from "~/modules/sessions/index.server";
import { sessionSchema } from "~/modules/sessions/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:new.title");

export function loader({ context }: LoaderFunctionArgs) {
  if (!mayWorkSessions(ctxOf(context).actor)) throw new Response(null, { status: 404 });
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, sessionSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await createSession(ctxOf(context), read.value);
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/broker/sessions/${result.value.id}?done=created`);
}

/** A morning with four tables is what most sessions are. */
const USUAL = { startTime: "08:00", endTime: "11:30", tables: "4", slotMinutes: "30" };

export default function NewSessionPage() {
  const { t } = useTranslation("sessions");
  const form = formValues(useActionData<typeof action>(), USUAL);
  return (
    <>
      <PageHeader
        back={{ to: "/broker/sessions", label: t("list.title") }}
        title={t("new.title")}
        lead={t("new.lead")}
      />
      <FormErrors failure={form.failure} labels={useSessionLabels()} />
      <Card>
        <Form method="post" noValidate>
          <SessionFields form={form} />
          <SubmitRow>
            <Button>{t("new.submit")}</Button>
            <LinkButton to="/broker/sessions" variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
