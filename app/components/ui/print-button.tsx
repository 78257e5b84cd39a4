import { useTranslation } from "react-i18next";
import { Button, type ButtonVariant } from "./button";

/** Opens the printer's dialogue; says what to press where scripts do not run. */
export function PrintButton({ variant }: { variant?: ButtonVariant }) {
  const { t } = useTranslation("sessions");
  return (
    <>
      <Button type="button" variant={variant} onClick={() => window.print()}>
        {t("sheet.print")}
      </Button>
      <noscript>
        <p className="no-print">{t("sheet.noScript")}</p>
      </noscript>
    </>
  );
}
