import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SECTOR_NAME_LENGTH } from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors, TextAreaField, TextField } from "../forms";
import { Button } from "../ui";

export type SectorValues = {
  /** null: it has one and keeps it */
  code: string | null;
  nameVi: string;
  nameEn: string;
  keywordsVi: string;
  keywordsEn: string;
  relatedCodes: string;
  note: string;
  revision: number;
};

/** What was typed, to be given back with the message. */
export function typedSector(typed: Record<string, string | string[]>, isNew: boolean): SectorValues {
  const text = (name: string) => [typed[name] ?? ""].flat().join("\n");
  return {
    code: isNew ? text("code") : null,
    nameVi: text("nameVi"),
    nameEn: text("nameEn"),
    keywordsVi: text("keywordsVi"),
    keywordsEn: text("keywordsEn"),
    relatedCodes: text("relatedCodes"),
    note: text("note"),
    revision: Number(typed.revision) || 0,
  };
}

const WORDS = ["keywordsVi", "keywordsEn", "relatedCodes"] as const;

/** A sector's names, the words it is suggested by and its official classes. */
export function SectorForm({ values, failure }: { values: SectorValues; failure?: Failure | null }) {
  const { t } = useTranslation("lists");
  const names = ["code", "nameVi", "nameEn", ...WORDS, "note"];
  return (
    <Form method="post" className="max-w-text">
      <FormErrors failure={failure} labels={Object.fromEntries(names.map((name) => [name, t(`field.${name}`)]))} />
      <input type="hidden" name="revision" value={values.revision} />
      {values.code === null ? null : (
        <TextField
          name="code"
          label={t("field.code")}
          hint={t("sector.codeHint")}
          required
          maxLength={6}
          autoCapitalize="characters"
          defaultValue={values.code}
          error={failure?.fields?.code}
        />
      )}
      {(["nameVi", "nameEn"] as const).map((name) => (
        <TextField
          key={name}
          name={name}
          label={t(`field.${name}`)}
          lang={name === "nameVi" ? "vi" : "en"}
          required
          maxLength={SECTOR_NAME_LENGTH}
          defaultValue={values[name]}
          error={failure?.fields?.[name]}
        />
      ))}
      {WORDS.map((name) => (
        <TextAreaField
          key={name}
          name={name}
          label={t(`field.${name}`)}
          hint={t(`sector.${name}Hint`)}
          rows={5}
          defaultValue={values[name]}
          error={failure?.fields?.[name]}
        />
      ))}
      <TextField
        name="note"
        label={t("field.note")}
        hint={t("noteHint")}
        maxLength={500}
        defaultValue={values.note}
        error={failure?.fields?.note}
      />
      <Button name="intent" value="save">
        {t("save")}
      </Button>
    </Form>
  );
}
