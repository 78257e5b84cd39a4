import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { formValues } from "~/components/accounts/form-values";
import { FormErrors, SelectField, SubmitRow, TextAreaField } from "~/components/forms";
import { Alert, Button, Card, LinkButton } from "~/components/ui";

type Props = {
  form: ReturnType<typeof formValues>;
  revision: number;
  brokers: { value: string; label: string }[];
  cancelTo: string;
  /** a note goes along */
  note?: boolean;
};

/** Gives one thing to another broker. */
export function HandOverForm({ form, revision, brokers, cancelTo, note = false }: Props) {
  const { t } = useTranslation("handover");
  if (brokers.length === 0) return <Alert>{t("nobody")}</Alert>;
  return (
    <>
      <FormErrors failure={form.failure} labels={{ toBrokerId: t("to"), note: t("note") }} />
      <Card>
        <Form method="post" noValidate>
          <input type="hidden" name="revision" value={revision} />
          <SelectField
            name="toBrokerId"
            label={t("to")}
            required
            placeholder={t("choose")}
            options={brokers}
            error={form.error("toBrokerId")}
            defaultValue={form.text("toBrokerId")}
          />
          {note ? (
            <TextAreaField
              name="note"
              label={t("note")}
              hint={t("noteHint")}
              required
              error={form.error("note")}
              defaultValue={form.text("note")}
              maxLength={2000}
            />
          ) : null}
          <SubmitRow>
            <Button>{t("submit")}</Button>
            <LinkButton to={cancelTo} variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
