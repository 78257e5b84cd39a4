import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { SelectField, TextField } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { COMMUNES, PROVINCES } from "~/modules/accounts/schemas";

/** Where the need is. Communes are known for the Department's own province. */
export function PlaceFields({ form }: { form: FormValues }) {
  const { t } = useTranslation("brokering");
  const locale = useLocale();
  return (
    <div className="grid gap-x-6 sm:grid-cols-2">
      <SelectField
        name="provinceCode"
        label={t("field.province")}
        error={form.error("provinceCode")}
        defaultValue={form.text("provinceCode")}
        placeholder={t("common:notStated")}
        options={PROVINCES.map((province) => ({
          value: province.code,
          label: locale === "en" ? province.nameEn : province.nameVi,
        }))}
      />
      <SelectField
        name="communeCode"
        label={t("field.commune")}
        error={form.error("communeCode")}
        defaultValue={form.text("communeCode")}
        placeholder={t("common:notStated")}
        options={COMMUNES.map((commune) => ({ value: commune.code, label: commune.fullNameVi }))}
      />
    </div>
  );
}

/** What happens next and when: always both. */
export function NextActionFields({ form }: { form: FormValues }) {
  const { t } = useTranslation("brokering");
  return (
    <div className="grid gap-x-6 sm:grid-cols-[minmax(0,1fr)_12rem]">
      <TextField
        name="nextAction"
        label={t("field.nextAction")}
        error={form.error("nextAction")}
        defaultValue={form.text("nextAction")}
        required
        maxLength={300}
        autoComplete="off"
      />
      <TextField
        name="nextActionOn"
        type="date"
        label={t("field.nextActionOn")}
        error={form.error("nextActionOn")}
        defaultValue={form.text("nextActionOn")}
        required
      />
    </div>
  );
}
