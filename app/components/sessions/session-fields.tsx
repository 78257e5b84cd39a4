import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { TextAreaField, TextField } from "~/components/forms";

/** Words of the links from the error box to the fields. */
export function useSessionLabels(): Record<string, string> {
  const { t } = useTranslation("sessions");
  return Object.fromEntries(
    ["title", "date", "startTime", "endTime", "place", "onlineUrl", "tables", "slotMinutes", "agenda"].map((name) => [
      name,
      t(`field.${name}`),
    ]),
  );
}

/** What a session is: name, day and hours, where, tables, agenda. */
export function SessionFields({ form }: { form: FormValues }) {
  const { t } = useTranslation("sessions");
  const field = (name: string) => ({
    name,
    label: t(`field.${name}`),
    error: form.error(name),
    defaultValue: form.text(name),
  });
  return (
    <>
      <TextField {...field("title")} hint={t("field.titleHint")} required maxLength={200} autoComplete="off" />
      <div className="grid gap-x-6 sm:grid-cols-3">
        <TextField {...field("date")} type="date" required />
        <TextField {...field("startTime")} type="time" required />
        <TextField {...field("endTime")} type="time" required />
      </div>
      <TextField {...field("place")} hint={t("field.placeHint")} maxLength={300} autoComplete="off" />
      <TextField
        {...field("onlineUrl")}
        hint={t("field.onlineUrlHint")}
        type="url"
        maxLength={500}
        autoComplete="off"
        placeholder="https://"
      />
      <div className="grid gap-x-6 sm:grid-cols-2">
        <TextField
          {...field("tables")}
          hint={t("field.tablesHint")}
          type="number"
          inputMode="numeric"
          min={0}
          required
        />
        <TextField
          {...field("slotMinutes")}
          hint={t("field.slotMinutesHint")}
          type="number"
          inputMode="numeric"
          min={5}
          step={5}
          required
        />
      </div>
      <TextAreaField {...field("agenda")} hint={t("field.agendaHint")} maxLength={5000} rows={6} />
    </>
  );
}
