import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, TextAreaField } from "~/components/forms";
import { Button, Card } from "~/components/ui";
import { NOTE_KINDS } from "~/modules/brokering/schemas";

/** The form of a new entry of a case's log. */
export function CaseLog({ form }: { form: FormValues }) {
  const { t } = useTranslation("brokering");
  return (
    <Card title={t("case.log")}>
      <Form method="post" noValidate>
        <FormErrors failure={form.failure} labels={{ body: t("field.noteBody") }} />
        <RadioGroup
          name="kind"
          legend={t("field.noteKind")}
          columns={2}
          error={form.error("kind")}
          defaultValue={form.text("kind")}
          options={NOTE_KINDS.map((value) => ({ value, label: t(`noteKind.${value}`) }))}
        />
        <TextAreaField
          name="body"
          label={t("field.noteBody")}
          hint={t("field.noteHint")}
          error={form.error("body")}
          defaultValue={form.text("body")}
          required
          maxLength={5000}
          rows={4}
        />
        <Button variant="secondary" name="intent" value="note">
          {t("case.addNote")}
        </Button>
      </Form>
    </Card>
  );
}
