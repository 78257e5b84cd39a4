import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { CheckboxField, FormErrors, SelectField, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, PageHeader } from "~/components/ui";
import { saveChoices, viewChoices } from "~/modules/notifications/index.server";
import { choicesSchema } from "~/modules/notifications/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "mailing:choices.title");

/** When and how often mails come. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const choices = await viewChoices(ctxOf(context));
  if (!choices) throw new Response(null, { status: 404 });
  return { choices, saved: new URL(request.url).searchParams.has("saved") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, choicesSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await saveChoices(ctxOf(context), read.value);
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect("/account/notices?saved");
}

const MODES = ["immediate", "daily", "weekly", "off"] as const;
const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "7"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
/** Offered to somebody who has none and wants some. */
const USUAL_QUIET = { from: 21 * 60, until: 7 * 60 };

export default function AccountNotices() {
  const { choices, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("mailing");
  const quiet = choices.quiet ?? USUAL_QUIET;
  const form = formValues(answer, {
    timeZone: choices.timeZone,
    quietOn: choices.quiet ? "on" : "",
    quietFrom: clock(quiet.from),
    quietUntil: clock(quiet.until),
    digestHour: String(choices.digestHour),
    digestWeekday: String(choices.digestWeekday),
    ...Object.fromEntries(choices.topics.map(({ topic, mode }) => [topic, mode])),
  });
  const field = (name: string) => ({ name, error: form.error(name), defaultValue: form.text(name) });
  return (
    <>
      <PageHeader
        title={t("choices.title")}
        lead={t("choices.lead")}
        back={{ to: "/account", label: t("common:nav.account") }}
      />
      {saved && !answer ? (
        <Alert tone="success" role="status">
          <p>{t("choices.saved")}</p>
        </Alert>
      ) : null}
      <FormErrors
        failure={form.failure}
        labels={{
          timeZone: t("choices.timeZone"),
          quietFrom: t("choices.quietFrom"),
          quietUntil: t("choices.quietUntil"),
          digestHour: t("choices.digestHour"),
          digestWeekday: t("choices.digestWeekday"),
        }}
      />
      <Form method="post" noValidate className="grid items-start gap-6 lg:grid-cols-2">
        <Card title={t("choices.modes")}>
          {choices.topics.map(({ topic }) => (
            <SelectField
              key={topic}
              {...field(topic)}
              label={t(`topic.${topic}`)}
              hint={t(`topicHint.${topic}`)}
              options={MODES.map((mode) => ({ value: mode, label: t(`choices.mode.${mode}`) }))}
            />
          ))}
          <p className="max-w-text text-sm text-muted">{t("choices.security")}</p>
        </Card>
        <div className="grid min-w-0 gap-6">
          <Card title={t("choices.digest")}>
            <p className="mb-4 max-w-text">{t("choices.digestText")}</p>
            <div className="grid gap-x-6 sm:grid-cols-2">
              <SelectField
                {...field("digestHour")}
                label={t("choices.digestHour")}
                options={HOURS.map((hour) => ({ value: String(hour), label: clock(hour * 60) }))}
              />
              <SelectField
                {...field("digestWeekday")}
                label={t("choices.digestWeekday")}
                options={WEEKDAYS.map((day) => ({ value: day, label: t(`choices.weekday.${day}`) }))}
              />
            </div>
          </Card>
          <Card title={t("choices.quiet")}>
            <CheckboxField
              name="quietOn"
              value="on"
              label={t("choices.quietOn")}
              hint={t("choices.quietText")}
              defaultChecked={form.text("quietOn") === "on"}
            />
            <div className="grid grid-cols-2 gap-x-6">
              <TextField {...field("quietFrom")} type="time" label={t("choices.quietFrom")} />
              <TextField {...field("quietUntil")} type="time" label={t("choices.quietUntil")} />
            </div>
            <SelectField
              {...field("timeZone")}
              label={t("choices.timeZone")}
              options={choices.timeZones.map((zone, index) => ({
                value: zone,
                label: index === 0 ? t("choices.homeZone") : zone.replaceAll("_", " "),
              }))}
            />
          </Card>
        </div>
        <div className="lg:col-span-2">
          <SubmitRow>
            <Button>{t("choices.save")}</Button>
          </SubmitRow>
        </div>
      </Form>
    </>
  );
}
