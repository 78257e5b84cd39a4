import { useTranslation } from "react-i18next";
import { CheckboxGroup } from "~/components/forms";
import { CONSENT_PURPOSES } from "~/modules/accounts/schemas";

/** One box per purpose, unticked unless the person ticked it (or agreed before): silence is not consent. */
export function ConsentFields({
  chosen,
  error,
  legend,
  hint,
}: {
  chosen: string[];
  error?: string[];
  legend: string;
  hint: string;
}) {
  const { t } = useTranslation("accounts");
  return (
    <CheckboxGroup
      legend={legend}
      name="consents"
      hint={hint}
      error={error}
      defaultValue={chosen}
      options={CONSENT_PURPOSES.map((value) => ({
        value,
        label: t(`consent.${value}`),
        hint: t(`consent.${value}Hint`),
      }))}
    />
  );
}
