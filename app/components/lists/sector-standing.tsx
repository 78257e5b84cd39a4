import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import type { SectorView } from "~/modules/listings/index.server";
import type { Failure } from "~/platform/result";
import { FormErrors, SelectField, TextField } from "../forms";
import { Button, Card } from "../ui";

type Props = { sector: SectorView; failure?: Failure | null; values?: Record<string, string | string[]> | null };

/** Takes a sector out of use, alone or into another one, or brings it back. */
export function SectorStanding({ sector, failure, values }: Props) {
  const { t } = useTranslation(["lists", "sectors"]);
  const locale = useLocale();
  if (!sector.active)
    return (
      <Card title={t("sector.restore")}>
        <FormErrors failure={failure} />
        <p className="mb-4 text-muted">
          {sector.replacedBy
            ? t("sector.mergedText", { name: `${sector.replacedBy} · ${t(`sectors:${sector.replacedBy}`)}` })
            : t("sector.retiredText")}
        </p>
        <Form method="post">
          <input type="hidden" name="revision" value={sector.revision} />
          <Button variant="secondary" name="intent" value="restore">
            {t("sector.restore")}
          </Button>
        </Form>
      </Card>
    );
  return (
    <Card title={t("sector.retire")}>
      <FormErrors failure={failure} labels={{ replacedBy: t("field.replacedBy") }} />
      <p className="mb-4 text-muted">
        {t(sector.parentCode === null ? "sector.retireFieldText" : "sector.retireText")}
      </p>
      <Form method="post">
        <input type="hidden" name="revision" value={sector.revision} />
        {sector.parentCode === null ? null : (
          <SelectField
            name="replacedBy"
            label={t("field.replacedBy")}
            hint={t("sector.replacedByHint")}
            placeholder={t("sector.nobody")}
            defaultValue={String(values?.replacedBy ?? "")}
            error={failure?.fields?.replacedBy}
            options={sector.others.map(({ code, field, nameVi, nameEn }) => ({
              value: code,
              group: t(`sectors:${field}`),
              label: `${code} · ${locale === "en" ? nameEn : nameVi}`,
            }))}
          />
        )}
        <TextField
          name="note"
          id="retire-note"
          label={t("field.note")}
          hint={t("noteHint")}
          maxLength={500}
          defaultValue={String(values?.note ?? "")}
        />
        <Button variant="danger" name="intent" value="retire">
          {t("sector.retire")}
        </Button>
      </Form>
    </Card>
  );
}
