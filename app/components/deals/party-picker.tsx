import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FieldError, RadioGroup, TextField } from "~/components/forms";
import { Button } from "~/components/ui";

export type PartyChoice = { id: string; name: string; taxCode: string | null };
type PartyPickerProps = {
  side: "transferor" | "transferee";
  form: FormValues;
  choices: readonly PartyChoice[];
  nothingFound: boolean;
};

/** One party of a deal: found by name or tax code, chosen from what was found. The search button submits, so no script is needed. */
export function PartyPicker({ side, form, choices, nothingFound }: PartyPickerProps) {
  const { t } = useTranslation("deals");
  const name = `${side}Id`;
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-end gap-x-3">
        <div className="min-w-0 grow basis-60">
          <TextField
            name={`find.${side}`}
            label={t("picker.find", { side: t(`party.${side}`).toLowerCase() })}
            hint={t("picker.hint")}
            defaultValue={form.text(`find.${side}`)}
            maxLength={200}
            autoComplete="off"
          />
        </div>
        <Button variant="secondary" name="intent" value="find" className="mb-5">
          {t("common:search")}
        </Button>
      </div>
      {nothingFound ? <p className="mb-4 font-medium">{t("picker.nothing")}</p> : null}
      {choices.length > 0 ? (
        <RadioGroup
          name={name}
          legend={t(`party.${side}`)}
          error={form.error(name)}
          defaultValue={form.text(name)}
          options={[
            ...choices.map((choice) => ({
              value: choice.id,
              label: choice.name,
              hint: choice.taxCode ? t("picker.taxCode", { code: choice.taxCode }) : undefined,
            })),
          ]}
        />
      ) : (
        <FieldError id={name} error={form.error(name)} />
      )}
    </div>
  );
}
