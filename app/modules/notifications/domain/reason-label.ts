import type { Locale } from "~/generated/prisma/enums";
import enAccounts from "~/locales/en/accounts.json";
import enDeals from "~/locales/en/deals.json";
import enListings from "~/locales/en/listings.json";
import enSessions from "~/locales/en/sessions.json";
import viAccounts from "~/locales/vi/accounts.json";
import viDeals from "~/locales/vi/deals.json";
import viListings from "~/locales/vi/listings.json";
import viSessions from "~/locales/vi/sessions.json";

type Labels = Record<string, string>;
type List = "accounts" | "listings" | "cancelled" | "declined" | "deals" | "returned";

/** The deciding context owns the words of its reasons; a mail says the same ones as its page. */
const LABELS: Record<Locale, Record<List, Labels>> = {
  vi: {
    accounts: viAccounts.reason,
    listings: viListings.reason,
    cancelled: viSessions.cancelReason,
    declined: viSessions.declineReason,
    deals: viDeals.reason,
    returned: viDeals.returnReason,
  },
  en: {
    accounts: enAccounts.reason,
    listings: enListings.reason,
    cancelled: enSessions.cancelReason,
    declined: enSessions.declineReason,
    deals: enDeals.reason,
    returned: enDeals.returnReason,
  },
};

function listOf(template: string): List {
  if (template.startsWith("listing-")) return "listings";
  if (template.startsWith("deal-returned")) return "returned";
  if (template.startsWith("deal-")) return "deals";
  if (template === "meeting-cancelled") return "cancelled";
  return template === "meeting-declined" ? "declined" : "accounts";
}

/** Which list's words a mail says, for those that administrators changed. */
const WORDS = {
  accounts: "accounts/reason",
  listings: "listings/reason",
  cancelled: "sessions/cancelReason",
  declined: "sessions/declineReason",
  deals: "deals/reason",
  returned: "deals/returnReason",
} as const satisfies Record<List, string>;
export const reasonWords = (template: string) => WORDS[listOf(template)];

/** Supplied label of a coded reason in the reader's language; null when the code has none. */
export function reasonLabel(locale: Locale, template: string, code: string): string | null {
  const labels = LABELS[locale][listOf(template)];
  return Object.hasOwn(labels, code) ? (labels[code] ?? null) : null;
}
