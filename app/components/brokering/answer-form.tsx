import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, SelectField, TextAreaField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Button } from "~/components/ui";
import { DECLINE_REASONS } from "~/modules/brokering/schemas";

/** Yes with EEN's three questions, or no with a coded reason. One press is enough for a yes; works without JavaScript. */
export function AnswerForm({ form, side }: { form: FormValues; side: string }) {
  const { t } = useTranslation("brokering");
  const reasons = useReasons("introduction.decline", DECLINE_REASONS);
  const area = (name: string) => ({
    name,
    error: form.error(name),
    defaultValue: form.text(name),
    maxLength: 2000,
    rows: 3,
  });
  const declining = form.text("answer") === "declined";
  return (
    <Form method="post" noValidate id="answer">
      <FormErrors failure={form.failure} labels={{ reasonCode: t("answer.reason"), note: t("common:note") }} />
      <input type="hidden" name="side" value={side} />
      <p className="mb-4 max-w-text">{t("answer.lead")}</p>
      <TextAreaField {...area("cooperation")} label={t("question.cooperation")} hint={t("question.cooperationHint")} />
      <TextAreaField {...area("unclear")} label={t("question.unclear")} hint={t("question.unclearHint")} />
      <TextAreaField {...area("about")} label={t("question.about")} hint={t("question.aboutHint")} />
      <p className="mb-3 max-w-text text-muted">{t("answer.consent")}</p>
      <Button size="large" name="answer" value="accepted">
        {t("answer.accept")}
      </Button>
      <details className="mt-6 border-t border-line pt-4" open={declining}>
        <summary className="link flex min-h-11 cursor-pointer items-center font-medium">
          {t("answer.declineTitle")}
        </summary>
        <div className="mt-3">
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
          <TextAreaField {...area("note")} label={t("answer.note")} hint={t("answer.noteHint")} />
          <Button variant="danger" name="answer" value="declined">
            {t("answer.decline")}
          </Button>
        </div>
      </details>
    </Form>
  );
}
