import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TERM_KINDS, TERM_SOURCES } from "~/modules/matching/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors, SelectField, TextAreaField, TextField } from "../forms";
import { Button } from "../ui";

export type TermValues = { en: string; vi: string; kind: string; source: string; note: string; revision: number };

/** An entry's forms, one a line, and what they name. */
export function TermForm({ values, failure }: { values: TermValues; failure?: Failure | null }) {
  const { t } = useTranslation("dictionary");
  return (
    <Form method="post" className="max-w-text">
      <FormErrors failure={failure} labels={{ vi: t("vi"), en: t("en"), kind: t("kind"), source: t("source") }} />
      <input type="hidden" name="revision" value={values.revision} />
      <div className="grid gap-x-5 sm:grid-cols-2">
        <TextAreaField
          name="vi"
          label={t("vi")}
          hint={t("viHint")}
          lang="vi"
          rows={6}
          defaultValue={values.vi}
          error={failure?.fields?.vi}
        />
        <TextAreaField
          name="en"
          label={t("en")}
          hint={t("enHint")}
          lang="en"
          rows={6}
          defaultValue={values.en}
          error={failure?.fields?.en}
        />
        <SelectField
          name="kind"
          label={t("kind")}
          hint={t("kindHint")}
          required
          defaultValue={values.kind}
          error={failure?.fields?.kind}
          options={TERM_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <SelectField
          name="source"
          label={t("source")}
          required
          defaultValue={values.source}
          error={failure?.fields?.source}
          options={TERM_SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))}
        />
      </div>
      <TextField
        name="note"
        label={t("note")}
        hint={t("noteHint")}
        maxLength={500}
        defaultValue={values.note}
        error={failure?.fields?.note}
      />
      <p className="mb-4 text-sm text-muted">{t("effect")}</p>
      <Button name="intent" value="save">
        {t("save")}
      </Button>
    </Form>
  );
}
