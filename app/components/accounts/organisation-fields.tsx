import { useTranslation } from "react-i18next";
import { SelectField, TextAreaField, TextField } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { COMMUNES, ORGANISATION_TYPES, PROVINCES } from "~/modules/accounts/schemas";
import type { FormValues } from "./form-values";

/** Fields of an organisation's profile, for founding and for editing. */
export function OrganisationFields({ form, withTaxCode }: { form: FormValues; withTaxCode: boolean }) {
  const { t } = useTranslation("accounts");
  const locale = useLocale();
  const collator = new Intl.Collator("vi");
  const field = (name: string) => ({ name, error: form.error(name), defaultValue: form.text(name) });
  return (
    <>
      <fieldset className="min-w-0">
        <legend className="mb-4 text-lg font-semibold">{t("found.sectionNames")}</legend>
        <TextField
          {...field("nameVi")}
          label={t("organisation.nameVi")}
          required
          maxLength={200}
          autoComplete="organization"
        />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <TextField {...field("nameEn")} label={t("organisation.nameEn")} maxLength={200} />
          <TextField {...field("shortName")} label={t("organisation.shortName")} maxLength={60} />
          <SelectField
            {...field("type")}
            label={t("organisation.type")}
            required
            placeholder={t("organisation.typePlaceholder")}
            options={ORGANISATION_TYPES.map((value) => ({ value, label: t(`organisationType.${value}`) }))}
          />
        </div>
        {withTaxCode ? (
          <TextField
            {...field("taxCode")}
            label={t("organisation.taxCode")}
            hint={t("organisation.taxCodeHint")}
            inputMode="numeric"
            maxLength={30}
            className="max-w-xs"
          />
        ) : null}
      </fieldset>
      <fieldset className="mt-4 min-w-0 border-t border-line pt-6">
        <legend className="sr-only">{t("found.sectionPlace")}</legend>
        <p aria-hidden="true" className="mb-4 text-lg font-semibold">
          {t("found.sectionPlace")}
        </p>
        <div className="grid gap-x-6 sm:grid-cols-2">
          <SelectField
            {...field("provinceCode")}
            label={t("organisation.province")}
            placeholder={t("organisation.provincePlaceholder")}
            autoComplete="address-level1"
            options={[...PROVINCES]
              .map((row) => ({ value: row.code, label: locale === "en" ? row.nameEn : row.nameVi }))
              .sort((a, b) => collator.compare(a.label, b.label))}
          />
          <SelectField
            {...field("communeCode")}
            label={t("organisation.commune")}
            placeholder={t("organisation.communePlaceholder")}
            options={[...COMMUNES]
              .map((row) => ({ value: row.code, label: row.fullNameVi }))
              .sort((a, b) => collator.compare(a.label, b.label))}
          />
          <TextField
            {...field("address")}
            label={t("organisation.address")}
            maxLength={300}
            autoComplete="street-address"
          />
          <TextField
            {...field("countryCode")}
            defaultValue={form.text("countryCode") || "VN"}
            label={t("organisation.country")}
            maxLength={2}
          />
        </div>
      </fieldset>
      <fieldset className="mt-4 min-w-0 border-t border-line pt-6">
        <legend className="sr-only">{t("found.sectionAbout")}</legend>
        <p aria-hidden="true" className="mb-4 text-lg font-semibold">
          {t("found.sectionAbout")}
        </p>
        <TextField
          {...field("website")}
          label={t("organisation.website")}
          maxLength={200}
          inputMode="url"
          autoComplete="url"
        />
        <TextAreaField
          {...field("about")}
          label={t("organisation.about")}
          hint={t("organisation.aboutHint")}
          maxLength={2000}
          rows={4}
        />
      </fieldset>
    </>
  );
}
