import type { Locale } from "~/generated/prisma/enums";
import enAccounts from "~/locales/en/accounts.json";
import enListings from "~/locales/en/listings.json";
import viAccounts from "~/locales/vi/accounts.json";
import viListings from "~/locales/vi/listings.json";

type Labels = Record<string, string>;

/** The deciding context owns the words of its reasons; a mail says the same ones as its page. */
const LABELS: Record<Locale, { accounts: Labels; listings: Labels }> = {
  vi: { accounts: viAccounts.reason, listings: viListings.reason },
  en: { accounts: enAccounts.reason, listings: enListings.reason },
};

/** Label of a coded reason in the reader's language; null when the code has none. */
export function reasonLabel(locale: Locale, template: string, code: string): string | null {
  const labels = LABELS[locale][template.startsWith("listing-") ? "listings" : "accounts"];
  return Object.hasOwn(labels, code) ? (labels[code] ?? null) : null;
}
