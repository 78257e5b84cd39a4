import { useTranslation } from "react-i18next";
import type { AppLocale } from "~/locales";

/** Language the page is shown in. It always agrees with the texts, also on error pages. */
export function useLocale(): AppLocale {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? "en" : "vi";
}
