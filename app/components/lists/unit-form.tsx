import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Converted, DIMENSIONS, UNIT_LENGTH } from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { formatNumber } from "../format";
import { FormErrors, SelectField, TextAreaField, TextField } from "../forms";
import { useLocale } from "../locale";
import { Alert, Button } from "../ui";

export type UnitValues = Record<"code" | "dimension" | "factor" | "offset" | "aliases" | "note" | "revision", string>;

/** What was typed, to be given back with the message. */
export function typedUnit(typed: Record<string, string | string[]>): UnitValues {
  const text = (name: string) => [typed[name] ?? ""].flat().join("\n");
  return {
    code: text("code"),
    dimension: text("dimension"),
    factor: text("factor"),
    offset: text("offset"),
    aliases: text("aliases"),
    note: text("note"),
    revision: text("revision") || "0",
  };
}

/** "1 gallon/phút = 0,227 m³/h", a line each. */
export function Conversions({ shown }: { shown: readonly Converted[] }) {
  const { t } = useTranslation("units");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  return (
    <>
      {shown.map(({ value, unit, inBase, base }) => (
        <p key={value} className="font-medium tabular-nums">
          {t("equals", { value: number(value), unit, inBase: number(inBase), base })}
        </p>
      ))}
    </>
  );
}

type Props = {
  values: UnitValues;
  /** new: all of it; own: all but its name and quantity; supplied: further names only */
  of: "new" | "own" | "supplied";
  failure?: Failure | null;
  /** what the numbers just typed come to */
  preview?: readonly Converted[] | null;
};

/** A unit's name, quantity and factor, and the other ways in which people write it. */
export function UnitForm({ values, of, failure, preview }: Props) {
  const { t } = useTranslation(["units", "lists"]);
  const field = (name: keyof UnitValues) => ({
    name,
    label: t(`lists:field.${name}`),
    defaultValue: values[name],
    error: failure?.fields?.[name],
  });
  const names = ["code", "dimension", "factor", "offset", "aliases", "note"] as const;
  return (
    <Form method="post" className="max-w-text">
      <FormErrors
        failure={failure}
        labels={Object.fromEntries(names.map((name) => [name, t(`lists:field.${name}`)]))}
      />
      {preview ? (
        <Alert role="status" title={t("previewTitle")}>
          <Conversions shown={preview} />
        </Alert>
      ) : null}
      <input type="hidden" name="revision" value={values.revision} />
      {of === "new" ? (
        <>
          <TextField {...field("code")} label={t("edit")} hint={t("hint.code")} required maxLength={UNIT_LENGTH} />
          <SelectField
            {...field("dimension")}
            hint={t("hint.dimension")}
            required
            placeholder={t("error.dimension")}
            options={DIMENSIONS.map((value) => ({ value, label: t(`dimension.${value}`) }))}
          />
        </>
      ) : null}
      {of === "supplied" ? null : (
        <>
          <TextField {...field("factor")} hint={t("hint.factor")} required inputMode="text" maxLength={60} />
          <TextField {...field("offset")} hint={t("hint.offset")} maxLength={60} />
        </>
      )}
      <TextAreaField {...field("aliases")} hint={t("hint.aliases")} rows={4} />
      <TextField {...field("note")} hint={t("lists:noteHint")} maxLength={500} />
      <div className="flex flex-wrap gap-3">
        <Button name="intent" value="save">
          {t("lists:save")}
        </Button>
        {of === "supplied" ? null : (
          <Button name="intent" value="preview" variant="secondary">
            {t("preview")}
          </Button>
        )}
      </div>
    </Form>
  );
}
