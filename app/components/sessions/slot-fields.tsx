import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { SelectField, TextField } from "~/components/forms";

type SlotFieldsProps = { form: FormValues; day: string; tables: number; online: boolean };

/** From when to when on the session's day, and at which table. */
export function SlotFields({ form, day, tables, online }: SlotFieldsProps) {
  const { t } = useTranslation("sessions");
  const field = (name: string) => ({
    name,
    label: t(`field.${name}`),
    error: form.error(name),
    defaultValue: form.text(name),
  });
  const numbers = Array.from({ length: tables }, (_, index) => String(index + 1));
  return (
    <>
      <input type="hidden" name="date" value={day} />
      <div className="grid gap-x-6 sm:grid-cols-3">
        <TextField {...field("startTime")} type="time" required />
        <TextField {...field("endTime")} type="time" required />
        <SelectField
          {...field("tableNumber")}
          required
          options={[
            ...numbers.map((value) => ({ value, label: t("table.number", { number: value }) })),
            ...(online || tables === 0 ? [{ value: "0", label: t("table.online") }] : []),
          ]}
        />
      </div>
    </>
  );
}
