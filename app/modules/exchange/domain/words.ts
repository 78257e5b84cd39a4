import type { Locale } from "~/generated/prisma/enums";
import enCommon from "~/locales/en/common.json";
import enExchange from "~/locales/en/exchange.json";
import enImports from "~/locales/en/imports.json";
import enListings from "~/locales/en/listings.json";
import enPosting from "~/locales/en/posting.json";
import viCommon from "~/locales/vi/common.json";
import viExchange from "~/locales/vi/exchange.json";
import viImports from "~/locales/vi/imports.json";
import viListings from "~/locales/vi/listings.json";
import viPosting from "~/locales/vi/posting.json";

const WORDS: Record<Locale, Record<string, unknown>> = {
  vi: { common: viCommon, exchange: viExchange, imports: viImports, listings: viListings, posting: viPosting },
  en: { common: enCommon, exchange: enExchange, imports: enImports, listings: enListings, posting: enPosting },
};

/** A text that goes into a file: "namespace:key" with its placeholders filled. A key without a text comes back as it is. */
export function say(locale: Locale, key: string, params: Record<string, string | number> = {}): string {
  const [namespace = "", path = ""] = key.split(":");
  const found = path
    .split(".")
    .reduce<unknown>(
      (at, part) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined),
      WORDS[locale][namespace],
    );
  if (typeof found !== "string") return key;
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));
}
