import type { AppLocale } from "~/locales";
import { formatNumber } from "../format";

export type Figure = { value: number; low: number; high: number };

/** A share of 0–1 in whole per cent, as the language writes it. */
export function shareText(value: number, locale: AppLocale): string {
  const digits = formatNumber(Math.round(100 * value), locale);
  return locale === "vi" ? `${digits}\u00a0%` : `${digits}%`;
}

/** A score of 0–1 with two decimals. */
export function scoreText(value: number, locale: AppLocale): string {
  const digits = value.toFixed(2);
  return locale === "vi" ? digits.replace(".", ",") : digits;
}

export const rangeText = ({ low, high }: Figure, text: (value: number) => string): string =>
  `${text(low)}–${text(high)}`;
