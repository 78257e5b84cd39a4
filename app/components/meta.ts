import { type AppLocale, translate } from "~/locales";

type Matched = { id: string; data?: unknown } | undefined;

function localeOf(matches: readonly Matched[]): AppLocale {
  const data = matches.find((match) => match?.id === "root")?.data;
  return typeof data === "object" && data !== null && "locale" in data && data.locale === "en" ? "en" : "vi";
}

/** A title made of given words (a listing's own), not of a key. */
export function plainTitle(words: string): [{ title: string }] {
  return [{ title: `${words} – Cungcau` }];
}

/**
 * What a route's `meta` returns: the page's title in the page's language, then the exchange's name.
 * @param args what Remix hands to `meta` (or its `matches`)
 * @param key i18next key with namespace, e.g. "public:search.title"
 */
export function metaTitle(
  args: { matches: readonly Matched[] } | readonly Matched[],
  key: string,
  params: Record<string, string | number> = {},
): [{ title: string }] {
  const locale = localeOf("matches" in args ? args.matches : args);
  return plainTitle(translate(locale, key, params));
}
