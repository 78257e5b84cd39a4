import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, SelectField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Button } from "~/components/ui";
import { CANCEL_REASONS } from "~/modules/sessions/schemas";

type CallOffProps = { form: FormValues; revision: number; what: "session" | "meeting" };

/** Calls a meeting or a whole session off, with the reason both sides will read. Folded away: it is rare. */
export function CallOff({ form, revision, what }: CallOffProps) {
  const { t } = useTranslation("sessions");
  const reasons = useReasons("meeting.cancel", CANCEL_REASONS);
  return (
    <details className="no-print" open={Boolean(form.failure)}>
      <summary className="link flex min-h-11 cursor-pointer items-center">{t(`callOff.${what}.title`)}</summary>
      <Form method="post" noValidate className="mt-2">
        <FormErrors failure={form.failure} labels={{ reasonCode: t("common:reason") }} />
        <p className="mb-3 max-w-text">{t(`callOff.${what}.text`)}</p>
        <input type="hidden" name="revision" value={revision} />
        <SelectField
          // the refused form owns the name that the error box links to; the others keep out of its way
          id={form.failure ? "reasonCode" : "cancel-reasonCode"}
          name="reasonCode"
          label={t("common:reason")}
          required
          placeholder={t("answer.reasonPlaceholder")}
          error={form.error("reasonCode")}
          defaultValue={form.text("reasonCode")}
          options={reasons.map((value) => ({ value, label: t(`cancelReason.${value}`) }))}
        />
        <Button variant="danger" name="intent" value="cancel">
          {t(`callOff.${what}.submit`)}
        </Button>
      </Form>
    </details>
  );
}
