import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { ariaFor, Field, FieldError, FieldHint, type FieldProps, RequiredMark } from "./field";

export type Option = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };
type Own = keyof FieldProps;

type SelectFieldProps = FieldProps &
  Omit<ComponentPropsWithoutRef<"select">, Own | "children"> & {
    options: readonly { value: string; label: string; disabled?: boolean; group?: string }[];
    /** text of the empty choice; without it the first option is chosen */
    placeholder?: string;
  };

/** One of a list. Options with the same `group` that follow each other stand under its name. */
export function SelectField({
  label,
  hint,
  error,
  required,
  id,
  name,
  options,
  placeholder,
  ...select
}: SelectFieldProps) {
  const fieldId = id ?? name;
  const groups: { name: string | undefined; options: typeof options }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.name === option.group) last.options = [...last.options, option];
    else groups.push({ name: option.group, options: [option] });
  }
  const draw = (list: typeof options) =>
    list.map((option) => (
      <option key={option.value} value={option.value} disabled={option.disabled}>
        {option.label}
      </option>
    ));
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} required={required}>
      <select {...select} id={fieldId} name={name} className="control" {...ariaFor(fieldId, { hint, error, required })}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {groups.map((group) =>
          group.name ? (
            <optgroup key={group.name} label={group.name}>
              {draw(group.options)}
            </optgroup>
          ) : (
            draw(group.options)
          ),
        )}
      </select>
    </Field>
  );
}

const ROW = "flex min-h-11 cursor-pointer items-start gap-3 rounded-md py-2";
const BOX = "mt-1 size-5 shrink-0 accent-(--primary)";

type GroupProps = Omit<FieldProps, "label"> & { legend: ReactNode; options: readonly Option[]; columns?: 1 | 2 };

function ChoiceGroup({
  type,
  chosen,
  legend,
  name,
  id,
  options,
  hint,
  error,
  required,
  columns = 1,
}: GroupProps & { type: "checkbox" | "radio"; chosen: readonly string[] }) {
  const groupId = id ?? name;
  return (
    <fieldset id={groupId} tabIndex={-1} className="mb-5 min-w-0" {...ariaFor(groupId, { hint, error })}>
      <legend className="mb-1 font-medium">
        {legend}
        <RequiredMark required={required} />
      </legend>
      <FieldHint id={groupId} hint={hint} />
      <div className={columns === 2 ? "grid gap-x-6 sm:grid-cols-2" : ""}>
        {options.map((option) => (
          <label key={option.value} className={ROW}>
            <input
              type={type}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              disabled={option.disabled}
              className={BOX}
            />
            <span className="min-w-0">
              {option.label}
              {option.hint ? <span className="block text-sm text-muted">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={groupId} error={error} />
    </fieldset>
  );
}

/** Any number of a few. */
export function CheckboxGroup({ defaultValue = [], ...group }: GroupProps & { defaultValue?: readonly string[] }) {
  return <ChoiceGroup type="checkbox" chosen={defaultValue} {...group} />;
}

/** One of a few, all of them in sight. */
export function RadioGroup({ defaultValue, ...group }: GroupProps & { defaultValue?: string | null }) {
  return <ChoiceGroup type="radio" chosen={defaultValue ? [defaultValue] : []} {...group} />;
}

type CheckboxFieldProps = FieldProps & Omit<ComponentPropsWithoutRef<"input">, Own | "type">;

/** A single yes or no. */
export function CheckboxField({ label, hint, error, required, id, name, ...input }: CheckboxFieldProps) {
  const fieldId = id ?? name;
  return (
    <div className="mb-5">
      <label htmlFor={fieldId} className={ROW}>
        <input
          {...input}
          type="checkbox"
          id={fieldId}
          name={name}
          className={BOX}
          {...ariaFor(fieldId, { hint, error, required })}
        />
        <span className="min-w-0">
          {label}
          <RequiredMark required={required} />
        </span>
      </label>
      <FieldHint id={fieldId} hint={hint} />
      <FieldError id={fieldId} error={error} />
    </div>
  );
}
