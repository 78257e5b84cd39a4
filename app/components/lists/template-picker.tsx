import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import type { TemplateView } from "~/modules/listings/index.server";
import { SelectField } from "../forms";
import { Button } from "../ui";

type Props = { templates: readonly TemplateView[]; error?: string[] | undefined };

/** Puts a template's words into the note of the form that it stands in; a press of a button, so no script is needed. */
export function TemplatePicker({ templates, error }: Props) {
  const { t } = useTranslation("lists");
  const locale = useLocale();
  return (
    <div className="mb-5 rounded-md bg-sunken p-4">
      {templates.length > 0 ? (
        <>
          <SelectField
            name="templateId"
            label={t("template.pick")}
            hint={t("template.pickHint")}
            placeholder={t("template.choose")}
            error={error}
            options={templates.map(({ id, purpose, nameVi, nameEn }) => ({
              value: id,
              group: t(`template.for.${purpose}`),
              label: locale === "en" ? nameEn : nameVi,
            }))}
          />
          <p className="flex flex-wrap gap-3">
            <Button name="intent" value="template.vi" variant="secondary">
              {t("template.insertVi")}
            </Button>
            <Button name="intent" value="template.en" variant="secondary">
              {t("template.insertEn")}
            </Button>
          </p>
        </>
      ) : (
        <p className="text-sm text-muted">{t("template.noneText")}</p>
      )}
      <Link to="/broker/templates" className="link inline-flex min-h-11 items-center text-sm">
        {t("template.keep")}
      </Link>
    </div>
  );
}
