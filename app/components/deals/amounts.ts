import type { AppLocale } from "~/locales";
import { decimalsOf, writeAmount } from "~/modules/deals/schemas";
import { formatMoney, formatNumber } from "../format";

/** A sum in minor units of its currency, in words: "1,25 tỷ đồng", "120.000,5 USD" / "USD 120,000.5". */
export function formatAmount(minor: bigint, currency: string, locale: AppLocale): string {
  if (currency === "VND") return formatMoney(minor, locale);
  const digits = formatNumber(Number(minor) / 10 ** decimalsOf(currency), locale);
  return locale === "vi" ? `${digits} ${currency}` : `${currency} ${digits}`;
}

/** The same sum for a text field, readable and read back exactly: "1.250.000.000", "120000,50". */
export function typedAmount(minor: bigint | null, currency: string): string | null {
  if (minor === null) return null;
  return currency === "VND" ? formatNumber(minor, "vi") : writeAmount(minor, currency);
}

/** 250 basis points as "2,5 %" / "2.5%". */
export function formatPercent(basisPoints: number, locale: AppLocale): string {
  return `${formatNumber(basisPoints / 100, locale)}${locale === "vi" ? " %" : "%"}`;
}
