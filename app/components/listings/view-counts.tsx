import { useTranslation } from "react-i18next";
import { formatNumber } from "../format";
import { useLocale } from "../locale";

/** How often a listing's page was opened, and what is not known of it. */
export function ViewCountsText({ views }: { views: { all: number; lately: number } }) {
  const { t } = useTranslation("listings");
  const locale = useLocale();
  return (
    <p className="mt-2">
      {t("own.views", { all: formatNumber(views.all, locale), lately: formatNumber(views.lately, locale) })}
      <span className="block text-sm text-muted">{t("own.viewsText")}</span>
    </p>
  );
}
