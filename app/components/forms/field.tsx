import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What every field shares. */
export type FieldProps = {
  label: ReactNode;
  name: string;
  /** default: the name. Give another one when a page holds two fields of one name. */
  id?: string;
  hint?: ReactNode;
  /** i18next keys */
  error?: readonly string[] | undefined;
  /**
   * Marks the field and tells assistive technology. The browser's own check stays off on purpose: the server
   * answers in the page's language and drafts may be incomplete.
   */
  required?: boolean;
};

/** Messages under one field. */
export function FieldError({ id, error }: { id: string; error?: readonly string[] | undefined }) {
  const { t } = useTranslation();
  if (!error?.length) return null;
  return (
    <p id={`${id}-error`} className="mt-1 font-medium text-danger">
      {error.map((key) => t(key)).join(" ")}
    </p>
  );
}

export function FieldHint({ id, hint }: { id: string; hint?: ReactNode }) {
  return hint ? (
    <p id={`${id}-hint`} className="mt-0.5 mb-1 text-sm text-muted">
      {hint}
    </p>
  ) : null;
}

/** The mark behind a label: whether the field must be filled in. */
export function RequiredMark({ required }: { required?: boolean }) {
  const { t } = useTranslation();
  if (!required) return null;
  return (
    <span className="text-danger">
      <span aria-hidden="true"> *</span>
      <span className="sr-only"> ({t("required")})</span>
    </span>
  );
}

/** Attributes that tie a control to its hint and errors. */
export function ariaFor(id: string, { hint, error, required }: Pick<FieldProps, "hint" | "error" | "required">) {
  const describedBy = [hint ? `${id}-hint` : null, error?.length ? `${id}-error` : null].filter(Boolean).join(" ");
  return {
    "aria-describedby": describedBy || undefined,
    "aria-invalid": error?.length ? (true as const) : undefined,
    "aria-required": required ? (true as const) : undefined,
  };
}

/** Label, hint, control, errors: the same order everywhere. */
export function Field({
  id,
  label,
  hint,
  error,
  required,
  children,
}: Omit<FieldProps, "name" | "id"> & { id: string; children: ReactNode }) {
  return (
    <div className="mb-5 min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
        <RequiredMark required={required} />
      </label>
      <FieldHint id={id} hint={hint} />
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}
