import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useReasons } from "~/components/reasons";
import {
  CHANGE_REASONS,
  REJECT_REASONS,
  TEMPLATE_LENGTH,
  TEMPLATE_NAME_LENGTH,
  TEMPLATE_PURPOSES,
} from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors, RadioGroup, SelectField, TextAreaField, TextField } from "../forms";
import { Button } from "../ui";

type Values = Record<string, string | string[] | number | null | undefined>;

/** What a template is for, its reason and its words in both languages. */
export function TemplateForm({ values, failure }: { values: Values; failure?: Failure | null }) {
  const { t } = useTranslation(["lists", "listings"]);
  const reasons = {
    changes: useReasons("review.change", CHANGE_REASONS),
    reject: useReasons("review.reject", REJECT_REASONS),
  };
  const names = ["purpose", "reasonCode", "nameVi", "nameEn", "bodyVi", "bodyEn"];
  const labels = Object.fromEntries(names.map((name) => [name, t(`template.${name}`)]));
  const field = (name: string) => ({
    name,
    label: labels[name],
    defaultValue: String(values[name] ?? ""),
    error: failure?.fields?.[name],
  });
  // a code that both lists have stands under each; either way the same one is meant
  const options = TEMPLATE_PURPOSES.flatMap((purpose) =>
    reasons[purpose].map((code) => ({
      value: code,
      group: t(`template.for.${purpose}`),
      label: t(`listings:reason.${code}`),
    })),
  );
  return (
    <Form method="post" className="max-w-text">
      <FormErrors failure={failure} labels={labels} />
      <input type="hidden" name="revision" value={String(values.revision ?? 0)} />
      <RadioGroup
        name="purpose"
        legend={labels.purpose}
        required
        defaultValue={String(values.purpose ?? "changes")}
        error={failure?.fields?.purpose}
        options={TEMPLATE_PURPOSES.map((value) => ({ value, label: t(`template.for.${value}`) }))}
      />
      <SelectField
        {...field("reasonCode")}
        hint={t("template.reasonHint")}
        placeholder={t("template.noReason")}
        options={options}
      />
      <TextField {...field("nameVi")} lang="vi" required maxLength={TEMPLATE_NAME_LENGTH} />
      <TextAreaField {...field("bodyVi")} lang="vi" required rows={6} maxLength={TEMPLATE_LENGTH} />
      <TextField {...field("nameEn")} lang="en" required maxLength={TEMPLATE_NAME_LENGTH} />
      <TextAreaField {...field("bodyEn")} lang="en" required rows={6} maxLength={TEMPLATE_LENGTH} />
      <Button name="intent" value="save">
        {t("save")}
      </Button>
    </Form>
  );
}
