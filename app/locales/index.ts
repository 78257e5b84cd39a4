import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

export const LOCALES = ["vi", "en"] as const;
export type AppLocale = (typeof LOCALES)[number];
/** One file per namespace and language: app/locales/<lang>/<namespace>.json. A test keeps both languages complete. */
export type Resources = Record<string, Record<string, unknown>>;

// the latest instance of each language: texts are the same in all of them
const instances: Partial<Record<AppLocale, i18n>> = {};

/** A text outside React (page titles). The language's instance is made before anything is rendered. */
export function translate(locale: AppLocale, key: string, params: Record<string, string | number> = {}): string {
  return instances[locale]?.t(key, params) ?? key;
}

/** An i18next instance for one language; texts are given, so it is ready at once. */
export function createI18n(locale: AppLocale, resources: Resources): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: resources },
    defaultNS: "common",
    ns: Object.keys(resources),
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  });
  instances[locale] = instance;
  return instance;
}
