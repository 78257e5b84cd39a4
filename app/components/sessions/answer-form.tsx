import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, SelectField, TextAreaField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Button } from "~/components/ui";
import { MEETING_DECLINE_REASONS } from "~/modules/sessions/schemas";

type AnswerFormProps = {
  form: FormValues;
  side: string;
  /** SEQUENCE of the invitation on the screen */
  sequence: number;
  /** what was answered before; the answer may change until the meeting starts */
  response: string;
};

/** "We shall come" by one press, or "we cannot" with a coded reason. Two forms, so that each keeps its own words. */
export function MeetingAnswerForm({ form, side, sequence, response }: AnswerFormProps) {
  const { t } = useTranslation("sessions");
  const reasons = useReasons("meeting.decline", MEETING_DECLINE_REASONS);
  const typed = form.text("answer");
  const hidden = (
    <>
      <input type="hidden" name="side" value={side} />
      <input type="hidden" name="sequence" value={sequence} />
    </>
  );
  const declining = (
    <>
      <p className="mb-3 max-w-text text-muted">{t("answer.declineText")}</p>
      <SelectField
        name="reasonCode"
        label={t("answer.reason")}
        required
        placeholder={t("answer.reasonPlaceholder")}
        error={form.error("reasonCode")}
        defaultValue={form.text("reasonCode")}
        options={reasons.map((value) => ({ value, label: t(`declineReason.${value}`) }))}
      />
      <TextAreaField
        name="note"
        label={t("answer.declineNote")}
        hint={t("answer.declineNoteHint")}
        error={typed === "declined" ? form.error("note") : undefined}
        defaultValue={typed === "declined" ? form.text("note") : ""}
        maxLength={1000}
        rows={3}
      />
      <Button variant="danger" name="answer" value="declined">
        {t("answer.decline")}
      </Button>
    </>
  );
  return (
    <>
      <FormErrors failure={form.failure} labels={{ reasonCode: t("answer.reason"), note: t("common:note") }} />
      {response === "confirmed" ? null : (
        <Form method="post" noValidate>
          {hidden}
          <input type="hidden" name="intent" value="respond" />
          <TextAreaField
            id="confirm-note"
            name="note"
            label={t("answer.confirmNote")}
            hint={t("answer.confirmNoteHint")}
            error={typed === "confirmed" ? form.error("note") : undefined}
            defaultValue={typed === "confirmed" ? form.text("note") : ""}
            maxLength={1000}
            rows={2}
          />
          <Button size="large" name="answer" value="confirmed">
            {t(response === "declined" ? "answer.confirmAfterAll" : "answer.confirm")}
          </Button>
        </Form>
      )}
      {response === "declined" ? null : (
        <details className="mt-6 border-t border-line pt-4" open={typed === "declined"}>
          <summary className="link flex min-h-11 cursor-pointer items-center font-medium">
            {t(response === "confirmed" ? "answer.cannotAfterAll" : "answer.cannot")}
          </summary>
          <Form method="post" noValidate className="mt-3">
            {hidden}
            <input type="hidden" name="intent" value="respond" />
            {declining}
          </Form>
        </details>
      )}
    </>
  );
}
