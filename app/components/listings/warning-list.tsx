import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslation } from "react-i18next";
import type { ReviewWarning } from "~/modules/listings/index.server";

/** What a broker should look at before approving. */
export function WarningList({ warnings, kind }: { warnings: readonly ReviewWarning[]; kind: "need" | "offering" }) {
  const { t } = useTranslation("listings");
  if (warnings.length === 0) return <p className="text-muted">{t("warning.none")}</p>;
  const where = (field: string) => {
    const name = field.replace(/Other$/, "");
    if (name === "trl" || name === "moneyMax" || name === "objects" || name === "ipNumber") return null;
    return t("warning.where", {
      field: t(`field.${name === "description" && kind === "need" ? "problem" : name}.label`),
    });
  };
  return (
    <ul className="flex flex-col gap-3">
      {warnings.map((warning) => (
        <li key={`${warning.code}.${warning.field}.${warning.found}`} className="flex gap-2">
          <TriangleAlert size={20} aria-hidden="true" className="mt-0.5 shrink-0 text-warning" />
          <span className="min-w-0 break-words">
            {t(`warning.${warning.code}`, { found: warning.found })}
            {where(warning.field) ? <span className="text-muted"> ({where(warning.field)})</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
