import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, SelectField, TextAreaField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Button } from "~/components/ui";
import type { FormValues } from "./form-values";

type DecisionFormProps = {
  /** "organisation" or "claim": the intent the action reads */
  intent: string;
  /** of the claim, when a page holds several */
  id: string;
  list: "organisation.reject" | "claim.reject";
  /** supplied ones */
  reasons: readonly string[];
  form: FormValues;
  approveLabel: string;
  rejectLabel: string;
};

/** Approve with one press, or open the refusal, choose its reason and add a note. Works without JavaScript. */
export function DecisionForm({ intent, id, list, reasons, form, approveLabel, rejectLabel }: DecisionFormProps) {
  const { t } = useTranslation("accounts");
  const choices = useReasons(list, reasons);
  const field = (name: string) => ({
    name,
    id: `${name}-${id}`,
    error: form.error(name),
    defaultValue: form.text(name),
  });
  return (
    <>
      <FormErrors failure={form.failure} />
      <Form method="post" noValidate>
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="claimId" value={id} />
        <Button name="decision" value="approve">
          {approveLabel}
        </Button>
        <details className="mt-4" open={form.failure !== null}>
          <summary className="link flex min-h-11 cursor-pointer items-center font-medium">
            {t("broker.rejectTitle")}
          </summary>
          <div className="mt-3">
            <SelectField
              {...field("reasonCode")}
              label={t("broker.reasonCode")}
              required
              placeholder={t("broker.reasonPlaceholder")}
              options={choices.map((value) => ({ value, label: t(`reason.${value}`) }))}
            />
            <TextAreaField
              {...field("note")}
              label={t("broker.note")}
              hint={t("broker.noteHint")}
              maxLength={1000}
              rows={3}
            />
            <Button variant="danger" name="decision" value="reject">
              {rejectLabel}
            </Button>
          </div>
        </details>
      </Form>
    </>
  );
}
