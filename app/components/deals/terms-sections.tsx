import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { CheckboxGroup, RadioGroup, SelectField, TextAreaField, TextField } from "~/components/forms";
import { Card } from "~/components/ui";
import {
  CHECKLIST_ITEMS,
  CHECKLIST_OPTIONAL,
  CURRENCIES,
  PAYMENT_KINDS,
  TRANSFER_FORMS,
  TRANSFER_METHODS,
  TRANSFER_OBJECTS,
  TRANSFER_RIGHTS,
} from "~/modules/deals/schemas";

type Choice = { value: string; label: string; group?: string };
export type SectionProps = { form: FormValues; ticked: (name: string) => readonly string[] };

function useField({ form }: SectionProps) {
  return (name: string) => ({ name, error: form.error(name), defaultValue: form.text(name) });
}

/** The technology and the four separate questions about its transfer: what, in what form, by what method, with what right. */
export function TransferSection({ sectors, ...props }: SectionProps & { sectors: readonly Choice[] }) {
  const { t } = useTranslation("deals");
  const field = useField(props);
  const options = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`common:enum.${group}.${value}`) }));
  return (
    <Card title={t("section.transfer")}>
      <TextField
        {...field("technologyName")}
        label={t("field.technologyName")}
        hint={t("hint.technologyName")}
        maxLength={300}
        autoComplete="off"
      />
      <SelectField
        {...field("sectorMain")}
        label={t("field.sectorMain")}
        placeholder={t("common:notStated")}
        options={sectors}
      />
      <CheckboxGroup
        name="objects"
        legend={t("field.objects")}
        hint={t("hint.objects")}
        error={props.form.error("objects")}
        defaultValue={props.ticked("objects")}
        options={options("object", TRANSFER_OBJECTS)}
      />
      <RadioGroup
        {...field("form")}
        legend={t("field.form")}
        hint={t("hint.form")}
        options={options("form", TRANSFER_FORMS)}
        columns={2}
      />
      <CheckboxGroup
        name="methods"
        legend={t("field.methods")}
        hint={t("hint.methods")}
        error={props.form.error("methods")}
        defaultValue={props.ticked("methods")}
        options={options("method", TRANSFER_METHODS)}
        columns={2}
      />
      <RadioGroup
        {...field("right")}
        legend={t("field.right")}
        hint={t("hint.right")}
        options={options("right", TRANSFER_RIGHTS)}
        columns={2}
      />
      <TextAreaField {...field("scope")} label={t("field.scope")} hint={t("hint.scope")} maxLength={1000} rows={3} />
      <TextAreaField
        {...field("improvementRights")}
        label={t("field.improvementRights")}
        hint={t("hint.improvementRights")}
        maxLength={1000}
        rows={3}
      />
    </Card>
  );
}

/** Price and way of payment (Luật 07/2017/QH14 Điều 27): money as people type it. */
export function MoneySection(props: SectionProps) {
  const { t } = useTranslation("deals");
  const field = useField(props);
  return (
    <Card title={t("section.money")}>
      <div className="grid gap-x-6 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <TextField
          {...field("value")}
          label={t("field.value")}
          hint={t("hint.value")}
          maxLength={60}
          autoComplete="off"
        />
        <SelectField
          {...field("currency")}
          label={t("field.currency")}
          hint={t("hint.currency")}
          options={CURRENCIES.map((value) => ({ value, label: value }))}
        />
      </div>
      <CheckboxGroup
        name="paymentKinds"
        legend={t("field.paymentKinds")}
        hint={t("hint.paymentKinds")}
        error={props.form.error("paymentKinds")}
        defaultValue={props.ticked("paymentKinds")}
        options={PAYMENT_KINDS.map((value) => ({ value, label: t(`paymentKind.${value}`) }))}
        columns={2}
      />
      <fieldset>
        <legend className="font-medium">{t("section.royalty")}</legend>
        <p className="mb-3 text-sm text-muted">{t("hint.royalty")}</p>
        <div className="grid gap-x-6 sm:grid-cols-2">
          <TextField
            {...field("royaltyPercent")}
            label={t("field.royaltyPercent")}
            hint={t("hint.royaltyPercent")}
            maxLength={10}
            inputMode="decimal"
            autoComplete="off"
          />
          <TextField
            {...field("royaltyYears")}
            label={t("field.royaltyYears")}
            hint={t("hint.royaltyYears")}
            maxLength={3}
            inputMode="numeric"
            autoComplete="off"
          />
          <TextField {...field("royaltyMinimum")} label={t("field.royaltyMinimum")} maxLength={60} autoComplete="off" />
          <TextField {...field("royaltyCap")} label={t("field.royaltyCap")} maxLength={60} autoComplete="off" />
        </div>
      </fieldset>
    </Card>
  );
}

/** The facts that decide whether the contract must be registered (Luật 07/2017/QH14 Điều 31). */
export function DutySection({ countries, ...props }: SectionProps & { countries: readonly Choice[] }) {
  const { t } = useTranslation("deals");
  const field = useField(props);
  const yesNo = [
    { value: "yes", label: t("common:yes") },
    { value: "no", label: t("common:no") },
  ];
  return (
    <Card title={t("section.duty")}>
      <p className="mb-4 max-w-text text-muted">{t("section.dutyLead")}</p>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {(["transferorCountry", "transfereeCountry"] as const).map((name) => (
          <SelectField
            key={name}
            {...field(name)}
            label={t(`field.${name}`)}
            placeholder={t("field.notKnown")}
            options={countries}
          />
        ))}
      </div>
      {(["stateMoney", "taskCertificate", "restrictedList"] as const).map((name) => (
        <SelectField
          key={name}
          {...field(name)}
          label={t(`field.${name}`)}
          hint={t(`hint.${name}`)}
          placeholder={t("field.notKnown")}
          options={yesNo}
        />
      ))}
    </Card>
  );
}

/** The fourteen items a contract says (Luật 07/2017/QH14 Điều 23), each ticked when it was looked at. */
export function ChecklistSection(props: SectionProps) {
  const { t } = useTranslation("deals");
  return (
    <Card title={t("section.checklist")}>
      <CheckboxGroup
        name="checklist"
        legend={t("checklist.legend")}
        hint={t("checklist.hint")}
        error={props.form.error("checklist")}
        defaultValue={props.ticked("checklist")}
        options={CHECKLIST_ITEMS.map((item) => ({
          value: String(item),
          label: `${item}. ${t(`checklistItem.${item}`)}`,
          hint: CHECKLIST_OPTIONAL.includes(item) ? t("checklist.optional") : undefined,
        }))}
      />
    </Card>
  );
}
