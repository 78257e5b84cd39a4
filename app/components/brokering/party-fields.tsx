import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { RadioGroup, TextField } from "~/components/forms";
import { Button } from "~/components/ui";

export type Choice = { id: string; name: string; taxCode: string | null };

type PartyFieldsProps = {
  /** "need." for a form with both sides, "" for one side alone */
  prefix: string;
  /** part of the controls' ids when a page holds two such forms */
  id?: string;
  form: FormValues;
  choices: readonly Choice[];
  /** what was searched for without finding anything */
  nothingFound: boolean;
  /** chosen by the link this form came from: shown, not asked */
  fixed?: { name: string | null; listing: string | null };
};

/** One side of a case: the organisation (found by name or tax code) or a listing's reference, and whom to talk to. */
export function PartyFields({ prefix, id, form, choices, nothingFound, fixed }: PartyFieldsProps) {
  const { t } = useTranslation("brokering");
  const field = (name: string) => ({
    name: `${prefix}${name}`,
    id: id ? `${id}-${name}` : undefined,
    error: form.error(`${prefix}${name}`),
    defaultValue: form.text(`${prefix}${name}`),
  });
  return (
    <>
      {fixed ? (
        <p className="mb-4">
          <strong>{fixed.name ?? t("party.nobody")}</strong>
          {fixed.listing ? <span className="block text-muted">{fixed.listing}</span> : null}
        </p>
      ) : (
        <>
          <div className="flex flex-wrap items-end gap-x-3">
            <div className="min-w-0 grow basis-60">
              <TextField {...field("find")} label={t("party.find")} hint={t("party.findHint")} maxLength={200} />
            </div>
            <Button variant="secondary" name="intent" value="find" className="mb-5">
              {t("common:search")}
            </Button>
          </div>
          {nothingFound ? <p className="mb-4 font-medium">{t("party.nothingFound")}</p> : null}
          {choices.length > 0 || form.error(`${prefix}organisationId`) ? (
            <RadioGroup
              {...field("organisationId")}
              legend={t("party.organisation")}
              options={choices.map((choice) => ({
                value: choice.id,
                label: choice.name,
                hint: choice.taxCode ?? undefined,
              }))}
            />
          ) : null}
          <TextField
            {...field("reference")}
            label={t("party.reference")}
            hint={t("party.referenceHint")}
            maxLength={40}
          />
        </>
      )}
      <TextField
        {...field("contactName")}
        label={t("party.contactName")}
        hint={t("party.contactHint")}
        maxLength={200}
        autoComplete="off"
      />
      <div className="grid gap-x-6 sm:grid-cols-2">
        <TextField
          {...field("contactPhone")}
          label={t("common:phone")}
          maxLength={30}
          inputMode="tel"
          autoComplete="off"
        />
        <TextField
          {...field("contactEmail")}
          label={t("common:email")}
          maxLength={254}
          inputMode="email"
          autoComplete="off"
        />
      </div>
    </>
  );
}
