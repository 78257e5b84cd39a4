import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, TextAreaField } from "~/components/forms";
import { Button } from "~/components/ui";

/** The minutes are right, or what is wrong with them. `revision` is the one on the screen. */
export function MinutesAnswerForm({ form, side, revision }: { form: FormValues; side: string; revision: number }) {
  const { t } = useTranslation("sessions");
  return (
    <Form method="post" noValidate id="answer">
      <FormErrors failure={form.failure} labels={{ remark: t("minutesAnswer.remark") }} />
      <input type="hidden" name="intent" value="minutes" />
      <input type="hidden" name="side" value={side} />
      <input type="hidden" name="revision" value={revision} />
      <p className="mb-4 max-w-text">{t("minutesAnswer.lead")}</p>
      <Button size="large" name="answer" value="confirmed">
        {t("minutesAnswer.confirm")}
      </Button>
      <details className="mt-6 border-t border-line pt-4" open={form.text("answer") === "disputed"}>
        <summary className="link flex min-h-11 cursor-pointer items-center font-medium">
          {t("minutesAnswer.wrong")}
        </summary>
        <div className="mt-3">
          <TextAreaField
            name="remark"
            label={t("minutesAnswer.remark")}
            hint={t("minutesAnswer.remarkHint")}
            error={form.error("remark")}
            defaultValue={form.text("remark")}
            required
            maxLength={4000}
            rows={5}
          />
          <Button variant="danger" name="answer" value="disputed">
            {t("minutesAnswer.dispute")}
          </Button>
        </div>
      </details>
    </Form>
  );
}
