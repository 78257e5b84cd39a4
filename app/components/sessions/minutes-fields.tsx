import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { RadioGroup, SelectField, TextAreaField, TextField } from "~/components/forms";
import { MEETING_OUTCOMES, STEP_OWNERS } from "~/modules/sessions/schemas";

type MinutesFieldsProps = { form: FormValues; names: Record<"need" | "offering" | "broker", string> };

/** What was decided, how it ended, and the next step with its owner and date. */
export function MinutesFields({ form, names }: MinutesFieldsProps) {
  const { t } = useTranslation("sessions");
  return (
    <>
      <TextAreaField
        name="decisions"
        label={t("minutes.decisions")}
        hint={t("minutes.decisionsHint")}
        error={form.error("decisions")}
        defaultValue={form.text("decisions")}
        required
        maxLength={10000}
        rows={8}
      />
      <RadioGroup
        name="outcome"
        legend={t("minutes.outcome")}
        required
        error={form.error("outcome")}
        defaultValue={form.text("outcome")}
        options={MEETING_OUTCOMES.map((value) => ({
          value,
          label: t(`outcome.${value}`),
          hint: t(`outcomeHint.${value}`),
        }))}
      />
      <fieldset className="min-w-0 border-t border-line pt-5">
        <legend className="sr-only">{t("minutes.nextStep")}</legend>
        <TextField
          name="nextStep"
          label={t("minutes.nextStep")}
          hint={t("minutes.nextStepHint")}
          error={form.error("nextStep")}
          defaultValue={form.text("nextStep")}
          maxLength={500}
          autoComplete="off"
        />
        <div className="grid gap-x-6 sm:grid-cols-[minmax(0,1fr)_14rem]">
          <SelectField
            name="nextOwner"
            label={t("minutes.nextOwner")}
            placeholder={t("minutes.chooseOwner")}
            error={form.error("nextOwner")}
            defaultValue={form.text("nextOwner")}
            options={STEP_OWNERS.map((value) => ({
              value,
              label: t("minutes.ownerOption", { role: t(`owner.${value}`), name: names[value] }),
            }))}
          />
          <TextField
            name="nextOn"
            type="date"
            label={t("minutes.nextOn")}
            error={form.error("nextOn")}
            defaultValue={form.text("nextOn")}
          />
        </div>
      </fieldset>
    </>
  );
}
