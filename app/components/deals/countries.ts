import type { AppLocale } from "~/locales";
import { COUNTRIES } from "~/modules/deals/schemas";

/** Countries for a select. Made in loaders: browsers and servers may name a country differently. */
export function countryChoices(locale: AppLocale): { value: string; label: string }[] {
  return COUNTRIES.map((code) => ({ value: code, label: countryName(code, locale) }));
}

/** A country's name in the page's language. */
export function countryName(code: string, locale: AppLocale): string {
  return new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code;
}
