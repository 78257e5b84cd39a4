import type { ComponentPropsWithoutRef } from "react";
import { ariaFor, Field, type FieldProps } from "./field";

type Own = keyof FieldProps;
type TextFieldProps = FieldProps & Omit<ComponentPropsWithoutRef<"input">, Own>;

/** One line of text (or e-mail, number, date, …). Further attributes go to the input. */
export function TextField({ label, hint, error, required, id, name, className = "", ...input }: TextFieldProps) {
  const fieldId = id ?? name;
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} required={required}>
      <input
        type="text"
        {...input}
        id={fieldId}
        name={name}
        className={`control ${className}`}
        {...ariaFor(fieldId, { hint, error, required })}
      />
    </Field>
  );
}

type TextAreaFieldProps = FieldProps & Omit<ComponentPropsWithoutRef<"textarea">, Own>;

/** Several lines of text. */
export function TextAreaField({ label, hint, error, required, id, name, rows = 5, ...area }: TextAreaFieldProps) {
  const fieldId = id ?? name;
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} required={required}>
      <textarea
        {...area}
        rows={rows}
        id={fieldId}
        name={name}
        className="control"
        {...ariaFor(fieldId, { hint, error, required })}
      />
    </Field>
  );
}

type FileFieldProps = FieldProps & Omit<ComponentPropsWithoutRef<"input">, Own | "type">;

/** A file to upload; the form needs encType="multipart/form-data". */
export function FileField({ label, hint, error, required, id, name, ...input }: FileFieldProps) {
  const fieldId = id ?? name;
  return (
    <Field id={fieldId} label={label} hint={hint} error={error} required={required}>
      <input
        {...input}
        type="file"
        id={fieldId}
        name={name}
        className="control file:mr-3 file:min-h-8 file:rounded-md file:border-0 file:bg-primary-soft file:px-3 file:font-medium file:text-ink"
        {...ariaFor(fieldId, { hint, error, required })}
      />
    </Field>
  );
}
