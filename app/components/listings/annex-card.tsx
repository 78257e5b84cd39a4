import { useTranslation } from "react-i18next";
import { FileField } from "~/components/forms";
import { Alert, Button, Card } from "~/components/ui";
import { MOST_ANNEXES } from "~/modules/listings/schemas";
import type { AnnexInfo } from "./form-data";

/** Confidential annexes in the form: apart from the pictures and the PDF that everybody reads, and kept at once. */
export function AnnexCard({ annexes, error }: { annexes: AnnexInfo[]; error?: string[] | undefined }) {
  const { t } = useTranslation(["annexes", "listings"]);
  return (
    <Card title={t("form.title", { most: MOST_ANNEXES })}>
      <div id="annex-card">
        <p className="mb-3 max-w-text">{t("form.text")}</p>
        <p className="mb-4 max-w-text text-sm text-muted">{t("form.atOnce")}</p>
        {annexes.length > 0 ? (
          <ul className="mb-5 flex flex-col gap-2">
            {annexes.map((annex) => (
              <li
                key={annex.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-line px-3 py-2"
              >
                <span className="min-w-0 flex-1 break-words">
                  <strong>{t("number", { number: annex.number })}</strong>
                  {annex.name ? ` · ${annex.name}` : ""} · {t("size", { kilobytes: Math.ceil(annex.bytes / 1024) })}
                </span>
                <Button
                  variant="quiet"
                  size="small"
                  name="intent"
                  value={`remove-annex.${annex.id}`}
                  aria-label={t("form.removeNumber", { number: annex.number })}
                  formNoValidate
                >
                  {t("form.remove")}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
        {annexes.length < MOST_ANNEXES ? (
          <>
            <FileField
              label={t("form.field")}
              hint={t("form.hint")}
              name="annex"
              accept="application/pdf"
              error={error}
            />
            <Button name="intent" value="save" variant="secondary">
              {t("form.upload")}
            </Button>
          </>
        ) : (
          <Alert>{t("form.full", { most: MOST_ANNEXES })}</Alert>
        )}
      </div>
    </Card>
  );
}
