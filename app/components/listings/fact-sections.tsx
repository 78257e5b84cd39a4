import { useTranslation } from "react-i18next";
import { CheckboxField, CheckboxGroup, SelectField, TextField } from "~/components/forms";
import { Card } from "~/components/ui";
import type { SectionProps } from "./form-data";

const TRL = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

function useOptions() {
  const { t } = useTranslation(["listings", "common"]);
  return (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`common:enum.${group}.${value}`) }));
}

function TrlField({ kind, draft, errors }: SectionProps) {
  const { t } = useTranslation(["listings", "common"]);
  const words = kind === "need" ? "trlNeed" : "trlOffering";
  return (
    <SelectField
      label={t(`field.${words}.label`)}
      hint={t(`field.${words}.hint`)}
      name="trl"
      defaultValue={draft.trl}
      error={errors.trl}
      required={kind === "offering"}
      placeholder={t(kind === "need" ? "placeholder.none" : "placeholder.choose")}
      options={TRL.map((value) => ({ value, label: `TRL ${value} – ${t(`common:trl.${value}`)}` }))}
    />
  );
}

function ProvinceField({ kind, draft, errors, choices }: SectionProps) {
  const { t } = useTranslation("listings");
  return (
    <SelectField
      label={t(kind === "need" ? "field.provinceNeed.label" : "field.provinceOffering.label")}
      name="provinceCode"
      defaultValue={draft.provinceCode}
      options={choices.provinces}
      placeholder={t("placeholder.choose")}
      error={errors.provinceCode}
      required={kind === "need"}
    />
  );
}

/** Needs: kind of need, money, time and place. */
export function NeedSections(props: SectionProps) {
  const { draft, errors, choices } = props;
  const { t } = useTranslation("listings");
  const options = useOptions();
  return (
    <>
      <Card title={t("section.needFacts")}>
        <CheckboxGroup
          legend={t("field.needTypes.label")}
          name="needTypes"
          options={options("needType", choices.lists.needTypes)}
          defaultValue={draft.needTypes}
          error={errors.needTypes}
          required
          columns={2}
        />
        <TrlField {...props} />
      </Card>
      <Card title={t("section.budget")}>
        <div className="grid gap-x-6 sm:grid-cols-2">
          <TextField
            label={t("field.budgetMin.label")}
            hint={t("field.budgetMin.hint")}
            name="moneyMin"
            defaultValue={draft.moneyMin}
            error={errors.moneyMin}
            required
          />
          <TextField
            label={t("field.moneyMax.label")}
            name="moneyMax"
            defaultValue={draft.moneyMax}
            error={errors.moneyMax}
          />
        </div>
        <CheckboxField
          label={t("field.moneyNegotiable.label")}
          name="moneyNegotiable"
          defaultChecked={draft.moneyNegotiable !== ""}
        />
        <CheckboxGroup
          legend={t("field.funding.label")}
          hint={t("field.funding.hint")}
          name="funding"
          options={options("funding", choices.lists.funding)}
          defaultValue={draft.funding}
          error={errors.funding}
          required
          columns={2}
        />
        <TextField
          label={t("field.neededBy.label")}
          hint={t("field.neededBy.hint")}
          name="neededBy"
          defaultValue={draft.neededBy}
          error={errors.neededBy}
          required
          autoComplete="off"
        />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <ProvinceField {...props} />
          <SelectField
            label={t("field.communeCode.label")}
            hint={t("field.communeCode.hint")}
            name="communeCode"
            defaultValue={draft.communeCode}
            options={choices.communes}
            placeholder={t("placeholder.none")}
            error={errors.communeCode}
          />
        </div>
      </Card>
    </>
  );
}

/** Offerings: transfer (object, form, method, right stay four questions), price, intellectual property. */
export function OfferingSections(props: SectionProps) {
  const { draft, errors, choices } = props;
  const { t } = useTranslation("listings");
  const options = useOptions();
  return (
    <>
      <Card title={t("section.transfer")}>
        <TrlField {...props} />
        <CheckboxGroup
          legend={t("field.objects.label")}
          hint={t("field.objects.hint")}
          name="objects"
          options={options("object", choices.lists.objects)}
          defaultValue={draft.objects}
          error={errors.objects}
          required
        />
        <CheckboxGroup
          legend={t("field.forms.label")}
          name="forms"
          options={options("form", choices.lists.forms)}
          defaultValue={draft.forms}
          error={errors.forms}
          required
          columns={2}
        />
        <CheckboxGroup
          legend={t("field.methods.label")}
          name="methods"
          options={options("method", choices.lists.methods)}
          defaultValue={draft.methods}
          error={errors.methods}
          required
          columns={2}
        />
        <CheckboxGroup
          legend={t("field.rights.label")}
          name="rights"
          options={options("right", choices.lists.rights)}
          defaultValue={draft.rights}
          error={errors.rights}
          required
          columns={2}
        />
      </Card>
      <Card title={t("section.price")}>
        <SelectField
          label={t("field.priceModel.label")}
          name="priceModel"
          defaultValue={draft.priceModel}
          options={options("priceModel", choices.lists.priceModels)}
          placeholder={t("placeholder.choose")}
          error={errors.priceModel}
          required
        />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <TextField
            label={t("field.priceMin.label")}
            hint={t("field.priceMin.hint")}
            name="moneyMin"
            defaultValue={draft.moneyMin}
            error={errors.moneyMin}
          />
          <TextField
            label={t("field.moneyMax.label")}
            name="moneyMax"
            defaultValue={draft.moneyMax}
            error={errors.moneyMax}
          />
        </div>
        <CheckboxField
          label={t("field.moneyNegotiable.label")}
          name="moneyNegotiable"
          defaultChecked={draft.moneyNegotiable !== ""}
        />
        <ProvinceField {...props} />
      </Card>
      <Card title={t("section.ip")}>
        <div className="grid gap-x-6 sm:grid-cols-2">
          <SelectField
            label={t("field.ipType.label")}
            name="ipType"
            defaultValue={draft.ipType}
            options={options("ipType", choices.lists.ipTypes)}
            placeholder={t("placeholder.choose")}
            error={errors.ipType}
            required
          />
          <SelectField
            label={t("field.ipStatus.label")}
            name="ipStatus"
            defaultValue={draft.ipStatus}
            options={options("ipStatus", choices.lists.ipStatuses)}
            placeholder={t("placeholder.none")}
            error={errors.ipStatus}
          />
        </div>
        <TextField
          label={t("field.ipNumber.label")}
          hint={t("field.ipNumber.hint")}
          name="ipNumber"
          defaultValue={draft.ipNumber}
          error={errors.ipNumber}
          maxLength={choices.length.line}
        />
        <TextField
          label={t("field.originTaskCode.label")}
          hint={t("field.originTaskCode.hint")}
          name="originTaskCode"
          defaultValue={draft.originTaskCode}
          error={errors.originTaskCode}
          maxLength={choices.length.line}
        />
      </Card>
    </>
  );
}
