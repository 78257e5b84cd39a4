import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

export const LOCALES = ["vi", "en"] as const;
export type AppLocale = (typeof LOCALES)[number];
/** One file per namespace and language: app/locales/<lang>/<namespace>.json. A test keeps both languages complete. */
export type Resources = Record<string, Record<string, unknown>>;

/** Words that administrators put in the place of the supplied ones, by namespace and key. */
export type Words = Record<string, WordGroup>;
type WordGroup = { [key: string]: string | WordGroup };

function overlaid(texts: Record<string, unknown>, words: WordGroup): Record<string, unknown> {
  const mixed = { ...texts };
  for (const [key, word] of Object.entries(words)) {
    const under = mixed[key];
    const group = typeof under === "object" && under !== null ? { ...under } : {};
    mixed[key] = typeof word === "string" ? word : overlaid(group, word);
  }
  return mixed;
}

const withWords = (resources: Resources, words: Words): Resources => ({
  ...resources,
  ...Object.fromEntries(Object.entries(words).map(([name, group]) => [name, overlaid(resources[name] ?? {}, group)])),
});

// the latest instance of each language: texts are the same in all of them
const instances: Partial<Record<AppLocale, i18n>> = {};

/** A text outside React (page titles). The language's instance is made before anything is rendered. */
export function translate(locale: AppLocale, key: string, params: Record<string, string | number> = {}): string {
  return instances[locale]?.t(key, params) ?? key;
}

/** An i18next instance for one language; texts are given, so it is ready at once. `words` go before them. */
export function createI18n(locale: AppLocale, resources: Resources, words: Words = {}): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: withWords(resources, words) },
    defaultNS: "common",
    ns: Object.keys(resources),
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
    // a page that is open draws itself anew when words were changed
    react: { bindI18nStore: "added" },
  });
  instances[locale] = instance;
  return instance;
}
