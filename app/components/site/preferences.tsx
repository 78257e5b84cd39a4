import { useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { LOCALES } from "~/locales";
import { useLocale } from "../locale";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** This page's address with one parameter set; the answer to it carries the cookie. */
function useHrefWith(): (name: "lang" | "theme", value: string) => string {
  const { pathname, search } = useLocation();
  return (name, value) => {
    const params = new URLSearchParams(search);
    params.delete("lang");
    params.delete("theme");
    params.set(name, value);
    return `${pathname}?${params}`;
  };
}

const LINK =
  "inline-flex min-h-11 items-center px-2 underline-offset-4 hover:underline aria-[current=true]:font-semibold aria-[current=true]:underline aria-[current=true]:decoration-2";

/** Choice of language as plain links: a whole new page, so that texts, titles and dates change together. */
export function LanguageLinks() {
  const { t } = useTranslation();
  const locale = useLocale();
  const hrefWith = useHrefWith();
  return (
    <ul aria-label={t("language.label")} className="flex flex-wrap">
      {LOCALES.map((lang) => (
        <li key={lang}>
          <a
            href={hrefWith("lang", lang)}
            lang={lang}
            hrefLang={lang}
            rel="nofollow"
            aria-current={lang === locale ? "true" : undefined}
            className={LINK}
          >
            {t(`language.${lang}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Choice of light, dark, or what the device says. */
export function ThemeLinks({ theme }: { theme: Theme }) {
  const { t } = useTranslation();
  const hrefWith = useHrefWith();
  return (
    <ul aria-label={t("theme.label")} className="flex flex-wrap">
      {THEMES.map((choice) => (
        <li key={choice}>
          <a
            href={hrefWith("theme", choice)}
            rel="nofollow"
            aria-current={choice === theme ? "true" : undefined}
            className={LINK}
          >
            {t(`theme.${choice}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
