import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { REASON_LENGTH } from "~/modules/operations/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors, TextField } from "../forms";
import { Button } from "../ui";

type Values = Record<string, string | string[]>;

/** A reason's words in both languages and its place in the list. */
export function ReasonForm({ values, failure }: { values: Values; failure?: Failure | null }) {
  const { t } = useTranslation("lists");
  const field = (name: string) => ({
    name,
    label: t(`field.${name}`),
    defaultValue: String(values[name] ?? ""),
    error: failure?.fields?.[name],
  });
  return (
    <Form method="post" className="max-w-text">
      <FormErrors
        failure={failure}
        labels={Object.fromEntries(
          ["labelVi", "labelEn", "position", "note"].map((name) => [name, t(`field.${name}`)]),
        )}
      />
      <input type="hidden" name="revision" value={String(values.revision ?? 0)} />
      <TextField {...field("labelVi")} lang="vi" required maxLength={REASON_LENGTH} />
      <TextField {...field("labelEn")} lang="en" required maxLength={REASON_LENGTH} />
      <TextField {...field("position")} hint={t("reason.positionHint")} required inputMode="numeric" />
      <TextField {...field("note")} hint={t("noteHint")} maxLength={500} />
      <Button name="intent" value="save">
        {t("save")}
      </Button>
    </Form>
  );
}
