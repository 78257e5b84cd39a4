import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, TextAreaField } from "~/components/forms";
import { Button } from "~/components/ui";

export const SCORES = ["5", "4", "3", "2", "1"] as const;

/** How useful the meeting was: a number with its word, and a free remark for the Department. */
export function FeedbackForm({ form, side }: { form: FormValues; side: string }) {
  const { t } = useTranslation("sessions");
  return (
    <Form method="post" noValidate>
      <FormErrors failure={form.failure} labels={{ score: t("feedback.score"), comment: t("feedback.comment") }} />
      <input type="hidden" name="side" value={side} />
      <RadioGroup
        name="score"
        legend={t("feedback.score")}
        required
        error={form.error("score")}
        defaultValue={form.text("score")}
        options={SCORES.map((value) => ({ value, label: t(`feedback.words.${value}`) }))}
      />
      <TextAreaField
        name="comment"
        label={t("feedback.comment")}
        hint={t("feedback.commentHint")}
        error={form.error("comment")}
        defaultValue={form.text("comment")}
        maxLength={2000}
        rows={3}
      />
      <Button variant="secondary" name="intent" value="feedback">
        {t("feedback.send")}
      </Button>
    </Form>
  );
}
