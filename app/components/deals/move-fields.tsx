import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { CheckboxField, RadioGroup, TextAreaField, TextField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import type { DealView } from "~/modules/deals/index.server";
import type { MoveCommand } from "~/modules/deals/schemas";
import { RETURN_REASONS } from "~/modules/deals/schemas";
import type { ReasonList } from "~/platform/lists/reason-lists";

type FieldsProps = { command: MoveCommand; deal: DealView; form: FormValues };

/** A coded reason and a note, as every way back or out asks for. */
export function ReasonFields({
  form,
  list,
  supplied,
  group,
}: {
  form: FormValues;
  list: ReasonList;
  supplied: readonly string[];
  group: "reason" | "returnReason";
}) {
  const { t } = useTranslation("deals");
  const reasons = useReasons(list, supplied);
  return (
    <>
      <RadioGroup
        name="reasonCode"
        legend={t("common:reason")}
        required
        columns={2}
        error={form.error("reasonCode")}
        defaultValue={form.text("reasonCode")}
        options={reasons.map((value) => ({ value, label: t(`${group}.${value}`) }))}
      />
      <TextAreaField
        name="note"
        label={t("common:note")}
        hint={t(`hint.${group}Note`)}
        error={form.error("note")}
        defaultValue={form.text("note")}
        maxLength={2000}
        rows={4}
      />
    </>
  );
}

/** What one step asks for; the steps without a question ask for a yes alone. */
export function MoveFields({ command, deal, form }: FieldsProps) {
  const { t } = useTranslation("deals");
  const text = (name: string) => ({
    name,
    error: form.error(name),
    defaultValue: form.text(name),
    autoComplete: "off",
  });
  const day = (name: string, hint?: string) => (
    <TextField {...text(name)} type="date" label={t(`field.${name}`)} hint={hint} required={name !== "effectiveOn"} />
  );
  switch (command) {
    case "sign": {
      const duty = deal.duty && "answer" in deal.duty ? deal.duty.answer.duty : null;
      return (
        <>
          <div className="grid gap-x-6 sm:grid-cols-2">
            <TextField
              {...text("contractNumber")}
              label={t("field.contractNumber")}
              hint={t("hint.contractNumber")}
              required
              maxLength={100}
            />
            {day("signedOn", t("hint.signedOn"))}
          </div>
          {duty === "mandatory" ? (
            <p className="mb-5 max-w-text">{t("hint.effectiveByCertificate")}</p>
          ) : (
            day("effectiveOn", t("hint.effectiveOn"))
          )}
          {duty === "voluntary" ? (
            <CheckboxField
              name="wishToRegister"
              label={t("field.wishToRegister")}
              hint={t("hint.wishToRegister")}
              value="true"
              defaultChecked={form.text("wishToRegister") === "true"}
            />
          ) : null}
        </>
      );
    }
    case "file_registration":
      return day("filedOn", t("hint.filedOn"));
    case "register":
      return (
        <div className="grid gap-x-6 sm:grid-cols-2">
          <TextField
            {...text("certificateNumber")}
            label={t("field.certificateNumber")}
            hint={t("hint.certificateNumber")}
            required
            maxLength={100}
          />
          {day("certificateOn", t("hint.certificateOn"))}
        </div>
      );
    case "return_registration":
      return <ReasonFields form={form} list="registration.return" supplied={RETURN_REASONS} group="returnReason" />;
    case "liquidate":
      return day("liquidatedOn", t("hint.liquidatedOn"));
    default:
      return null;
  }
}
