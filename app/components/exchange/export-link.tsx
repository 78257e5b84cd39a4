import FileSpreadsheet from "lucide-react/icons/file-spreadsheet";
import { useTranslation } from "react-i18next";
import { MOST_EXPORTED } from "~/modules/exchange/schemas";
import { formatNumber } from "../format";
import { useLocale } from "../locale";

/** The list above as a spreadsheet. A plain link: it is a file and no page. */
export function ExportLink({ to }: { to: string }) {
  const { t } = useTranslation("exchange");
  const locale = useLocale();
  return (
    <p className="no-print mt-4 text-sm">
      <a className="link inline-flex min-h-11 items-center gap-2" href={to}>
        <FileSpreadsheet size={16} aria-hidden="true" />
        {t("export.linkCap", { most: formatNumber(MOST_EXPORTED, locale) })}
      </a>
    </p>
  );
}
