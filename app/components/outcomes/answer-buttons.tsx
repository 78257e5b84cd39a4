import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, TextAreaField } from "~/components/forms";
import { Button } from "~/components/ui";
import { CHASE_ANSWERS } from "~/modules/deals/schemas";

/** What came of it: four buttons, one press. The message is for who wants to say more. Works without JavaScript. */
export function AnswerButtons({ form }: { form: FormValues }) {
  const { t } = useTranslation("outcomes");
  return (
    <Form method="post" noValidate id="answer">
      <FormErrors failure={form.failure} labels={{ note: t("page.note") }} />
      <details className="mb-4" open={form.text("note") !== "" || form.error("note") !== undefined}>
        <summary className="link flex min-h-11 cursor-pointer items-center">{t("page.noteSummary")}</summary>
        <div className="mt-2">
          <TextAreaField
            name="note"
            label={t("page.note")}
            hint={t("page.noteHint")}
            error={form.error("note")}
            defaultValue={form.text("note")}
            maxLength={1000}
            rows={3}
          />
        </div>
      </details>
      <div className="grid gap-3 sm:grid-cols-2">
        {CHASE_ANSWERS.map((answer) => (
          <Button
            key={answer}
            variant={answer === "stopped" ? "danger" : "secondary"}
            size="large"
            name="answer"
            value={answer}
          >
            <span className="flex flex-col">
              {t(`answer.${answer}`)}
              <span className="text-sm font-normal text-muted">{t(`answerHint.${answer}`)}</span>
            </span>
          </Button>
        ))}
      </div>
    </Form>
  );
}
