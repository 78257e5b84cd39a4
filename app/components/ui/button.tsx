import { Link, type LinkProps } from "@remix-run/react";
import type { ComponentPropsWithoutRef } from "react";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "normal" | "large";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-primary text-on-primary border-primary hover:bg-primary-strong hover:border-primary-strong",
  secondary: "bg-surface text-primary border-primary hover:bg-primary-soft",
  quiet: "bg-transparent text-link border-transparent underline underline-offset-4 decoration-1 hover:bg-sunken",
  danger: "bg-surface text-danger border-danger hover:bg-danger-soft",
};
// every size keeps a touch target of 44 px; "small" is small in width and type only
const SIZES: Record<ButtonSize, string> = {
  small: "min-h-11 px-3 py-1.5 text-sm",
  normal: "min-h-11 px-4 py-2 text-base",
  large: "min-h-13 px-6 py-3 text-lg",
};

export function buttonClass(variant: ButtonVariant = "primary", size: ButtonSize = "normal", extra = ""): string {
  return `no-print inline-flex items-center justify-center gap-2 rounded-md border font-semibold text-center transition-colors disabled:cursor-not-allowed disabled:opacity-60 ${VARIANTS[variant]} ${SIZES[size]} ${extra}`;
}

type ButtonProps = ComponentPropsWithoutRef<"button"> & { variant?: ButtonVariant; size?: ButtonSize };

/** A button that does something. `type` is "submit" as in HTML; give `name="intent"` and a value when a form has several. */
export function Button({ variant, size, className, type = "submit", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(variant, size, className)} {...rest} />;
}

type LinkButtonProps = LinkProps & { variant?: ButtonVariant; size?: ButtonSize };

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link className={buttonClass(variant, size, className)} {...rest} />;
}
