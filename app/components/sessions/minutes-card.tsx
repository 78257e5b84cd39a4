import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, TextAreaField } from "~/components/forms";
import { Badge, Button, Card, DateText, LinkButton } from "~/components/ui";
import type { BrokerMeetingView } from "~/modules/sessions/index.server";
import { MinutesText } from "./minutes-text";
import { MinutesBadge } from "./states";

type MinutesCardProps = { view: BrokerMeetingView; formOf: (intent: string, side?: string) => FormValues };

/** The minutes as the broker works with them: text, every answer to every version, answers given by phone, the next step. */
export function MinutesCard({ view, formOf }: MinutesCardProps) {
  const { t } = useTranslation("sessions");
  const { minutesText: minutes, may } = view;
  const nameOf = (side: string) => view.participants.find((one) => one.side === side)?.organisation.name ?? "";
  const names = { need: nameOf("need"), offering: nameOf("offering"), broker: view.session.owner.fullName };
  const write = `/broker/meetings/${view.id}/minutes`;
  return (
    <Card
      id="minutes"
      title={
        <span className="flex flex-wrap items-center gap-3">
          {t("minutes.title")} {minutes ? <MinutesBadge state={minutes.state} /> : null}
        </span>
      }
      actions={
        may.writeMinutes && minutes ? (
          <LinkButton variant="secondary" size="small" to={write}>
            {t(minutes.state === "draft" ? "minutes.continue" : "minutes.newVersion")}
          </LinkButton>
        ) : null
      }
    >
      {minutes ? <MinutesText minutes={minutes} names={names} /> : <p>{t("minutes.none")}</p>}
      {minutes && view.remarks.length > 0 ? (
        <ul className="mt-4 flex flex-col gap-3 border-t border-line pt-4">
          {view.remarks.map((remark) => (
            <li key={`${remark.side} ${remark.revision}`}>
              <span className="flex flex-wrap items-center gap-2">
                <Badge tone={remark.confirmed ? "success" : "danger"}>
                  {t(remark.confirmed ? "minutes.confirmedBy" : "minutes.disputedBy")}
                </Badge>
                <span className="font-medium">{nameOf(remark.side)}</span>
              </span>
              <span className="block text-sm text-muted">
                {t("minutes.revision", { number: remark.revision })} · <DateText date={remark.at} time /> ·{" "}
                {t(`channel.${remark.channel}`)}
                {remark.by ? ` · ${remark.by}` : ""}
              </span>
              {remark.remark ? (
                <span className="mt-1 block max-w-text break-words whitespace-pre-line">{remark.remark}</span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {minutes
        ? may.phoneMinutes.map((side) => (
            <PhoneMinutes
              key={`${side} ${minutes.revision}`}
              form={formOf("phone-minutes", side)}
              side={side}
              name={nameOf(side)}
              revision={minutes.revision}
            />
          ))
        : null}
      {may.completeStep ? (
        <Form method="post" className="no-print mt-4 border-t border-line pt-4">
          <FormErrors failure={formOf("step").failure} />
          <p className="mb-3 max-w-text text-muted">{t("minutes.stepText")}</p>
          <Button variant="secondary" name="intent" value="step">
            {t("minutes.completeStep")}
          </Button>
        </Form>
      ) : null}
    </Card>
  );
}

type PhoneMinutesProps = { form: FormValues; side: string; name: string; revision: number };

/** What a side said about the minutes on the phone; the only way for those who have nobody on the exchange. */
function PhoneMinutes({ form, side, name, revision }: PhoneMinutesProps) {
  const { t } = useTranslation("sessions");
  const idOf = (field: string) => (form.failure ? field : `minutes-${side}-${field}`);
  return (
    <details className="no-print mt-3 border-t border-line pt-2" open={Boolean(form.failure)}>
      <summary className="link flex min-h-11 cursor-pointer items-center">
        {t("minutesAnswer.phoneTitle", { name })}
      </summary>
      <Form method="post" noValidate className="mt-2">
        <FormErrors
          failure={form.failure}
          labels={{ answer: t("phone.answer"), remark: t("minutesAnswer.phoneRemark") }}
        />
        <input type="hidden" name="side" value={side} />
        <input type="hidden" name="revision" value={revision} />
        <RadioGroup
          id={idOf("answer")}
          name="answer"
          legend={t("phone.answer")}
          required
          error={form.error("answer")}
          defaultValue={form.text("answer")}
          options={(["confirmed", "disputed"] as const).map((value) => ({
            value,
            label: t(`minutesAnswer.phone.${value}`),
          }))}
        />
        <TextAreaField
          id={idOf("remark")}
          name="remark"
          label={t("minutesAnswer.phoneRemark")}
          hint={t("minutesAnswer.phoneRemarkHint")}
          error={form.error("remark")}
          defaultValue={form.text("remark")}
          maxLength={4000}
          rows={3}
        />
        <Button variant="secondary" name="intent" value="phone-minutes">
          {t("phone.save")}
        </Button>
      </Form>
    </details>
  );
}
