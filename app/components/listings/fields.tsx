import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckboxGroup, SelectField, TextAreaField, TextField } from "~/components/forms";
import type { Draft } from "~/modules/listings/schemas";
import type { SectionProps } from "./form-data";

type TextName = { [Key in keyof Draft]: Draft[Key] extends string ? Key : never }[keyof Draft];
type ListName = { [Key in keyof Draft]: Draft[Key] extends string[] ? Key : never }[keyof Draft];

/** Label and hint of a form field: fields of the first form stand in "listings", those that came later in "posting". */
export function useFieldWords() {
  const { t, i18n } = useTranslation(["posting", "listings", "common"]);
  return (name: string) => {
    const first = ["posting", "listings"].find((ns) => i18n.exists(`${ns}:field.${name}.label`)) ?? "posting";
    const hint = `${first}:field.${name}.hint`;
    return { label: t(`${first}:field.${name}.label`), hint: i18n.exists(hint) ? t(hint) : undefined };
  };
}

type Own = Pick<SectionProps, "draft" | "errors">;
type FieldOptions = {
  name: TextName;
  /** key of its words when it is not its name */
  words?: string;
  required?: boolean;
  /** characters; counted while typing */
  max?: number;
  rows?: number;
  type?: string;
  autoComplete?: string;
  inputMode?: "decimal" | "numeric" | "text";
  list?: string;
};

/** Characters used out of those allowed: counted while typing, said to screen readers when it is nearly full. */
function Counter({ length, max }: { length: number; max: number }) {
  const { t } = useTranslation("posting");
  const over = length > max;
  return (
    <p className={`-mt-4 mb-5 text-right text-sm tabular-nums ${over ? "font-medium text-danger" : "text-muted"}`}>
      <span aria-hidden="true">
        {length} / {max}
      </span>
      <span role="status" className="sr-only">
        {over
          ? t("count.over", { count: length - max })
          : length > max * 0.9
            ? t("count.left", { count: max - length })
            : ""}
      </span>
    </p>
  );
}

/** One text of the form with its words, its errors and its limit. Nothing is cut: what is too long is said and kept. */
export function FormText({ draft, errors, name, words = name, max, rows, inputMode, ...rest }: Own & FieldOptions) {
  const { label, hint } = useFieldWords()(words);
  const [length, setLength] = useState(draft[name].length);
  const count = (event: FormEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    setLength(event.currentTarget.value.length);
  const shared = {
    label,
    hint,
    name,
    defaultValue: draft[name],
    error: errors[name],
    ...(max ? { onInput: count } : {}),
    ...rest,
  };
  return (
    <>
      {rows ? (
        <TextAreaField {...shared} rows={rows} />
      ) : (
        <TextField autoComplete="off" inputMode={inputMode} {...shared} />
      )}
      {max ? <Counter length={length} max={max} /> : null}
    </>
  );
}

type ChoiceOptions = Own & { name: TextName; words?: string; required?: boolean; none?: boolean };

/** One of a list. */
export function FormSelect({
  draft,
  errors,
  name,
  words = name,
  required,
  none,
  options,
}: ChoiceOptions & { options: readonly { value: string; label: string; group?: string }[] }) {
  const { t } = useTranslation("listings");
  return (
    <SelectField
      {...useFieldWords()(words)}
      name={name}
      defaultValue={draft[name]}
      error={errors[name]}
      required={required}
      options={options}
      placeholder={t(none ? "placeholder.none" : "placeholder.choose")}
    />
  );
}

/** Any number of a few; the hidden field tells the server that the list was there though nothing may be ticked. */
export function FormChecks({
  draft,
  errors,
  name,
  words = name,
  required,
  columns,
  options,
}: Own & {
  name: ListName;
  words?: string;
  required?: boolean;
  columns?: 1 | 2;
  options: readonly { value: string; label: string }[];
}) {
  const { label, hint } = useFieldWords()(words);
  return (
    <>
      <input type="hidden" name="has" value={name} />
      <CheckboxGroup
        legend={label}
        hint={hint}
        name={name}
        options={options}
        defaultValue={draft[name]}
        error={errors[name]}
        required={required}
        columns={columns}
      />
    </>
  );
}

/** Choices with their words from common:enum or posting:enum. */
export function useOptions() {
  const { t, i18n } = useTranslation(["posting", "common"]);
  return (group: string, values: readonly string[]) =>
    values.map((value) => ({
      value,
      label: i18n.exists(`posting:enum.${group}.${value}`)
        ? t(`posting:enum.${group}.${value}`)
        : t(`common:enum.${group}.${value}`),
    }));
}
