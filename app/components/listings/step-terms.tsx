import { useTranslation } from "react-i18next";
import { CheckboxField } from "~/components/forms";
import { Card } from "~/components/ui";
import { FormChecks, FormSelect, FormText, useOptions } from "./fields";
import type { SectionProps } from "./form-data";

function Negotiable({ draft }: Pick<SectionProps, "draft">) {
  const { t } = useTranslation(["posting", "listings"]);
  return (
    <>
      <input type="hidden" name="has" value="moneyNegotiable" />
      <CheckboxField
        label={t("listings:field.moneyNegotiable.label")}
        name="moneyNegotiable"
        defaultChecked={draft.moneyNegotiable !== ""}
      />
    </>
  );
}

/** Need: kind of need, money, time and place. */
export function NeedTerms({ draft, errors, choices }: SectionProps) {
  const { t } = useTranslation(["posting", "listings"]);
  const options = useOptions();
  const own = { draft, errors };
  const { lists } = choices;
  return (
    <>
      <Card title={t("card.what")}>
        <FormChecks {...own} name="needTypes" required columns={2} options={options("needType", lists.needTypes)} />
      </Card>
      <Card title={t("card.money")}>
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormText {...own} name="moneyMin" words="budgetMin" required />
          <FormText {...own} name="moneyMax" />
        </div>
        <Negotiable draft={draft} />
        <FormChecks {...own} name="funding" required columns={2} options={options("funding", lists.funding)} />
      </Card>
      <Card title={t("card.when")}>
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormText {...own} name="neededBy" required />
          <FormSelect {...own} name="urgency" none options={options("urgency", lists.urgencies)} />
          <FormSelect {...own} name="provinceCode" words="provinceNeed" required options={choices.provinces} />
          <FormSelect {...own} name="communeCode" none options={choices.communes} />
        </div>
      </Card>
    </>
  );
}

/** Need: how the writer would like to work together; all of it may be left out. */
export function NeedWishes({ draft, errors, choices }: SectionProps) {
  const { t } = useTranslation(["posting", "listings"]);
  const options = useOptions();
  const own = { draft, errors };
  const { lists } = choices;
  return (
    <>
      <Card title={t("card.cooperation")}>
        <p className="mb-5 text-muted">{t("wishes.lead")}</p>
        <FormSelect {...own} name="supplyOrigin" none options={options("supplyOrigin", lists.supplyOrigins)} />
        <FormChecks {...own} name="forms" words="formsWanted" columns={2} options={options("form", lists.forms)} />
        <FormChecks
          {...own}
          name="methods"
          words="methodsWanted"
          columns={2}
          options={options("method", lists.methods)}
        />
        <FormChecks {...own} name="rights" words="rightsWanted" columns={2} options={options("right", lists.rights)} />
        <FormText {...own} name="ipWishes" max={choices.length.text} rows={3} />
      </Card>
      <Card title={t("card.help")}>
        <FormChecks {...own} name="helpWanted" columns={2} options={options("helpWanted", lists.helpWanted)} />
      </Card>
    </>
  );
}

/** Offering: object, form, method, right stay four questions (Luật 07/2017/QH14 Điều 4–7); price, cost, payback, warranty. */
export function OfferingTransfer({ draft, errors, choices }: SectionProps) {
  const { t } = useTranslation(["posting", "listings"]);
  const options = useOptions();
  const own = { draft, errors };
  const { lists, length } = choices;
  return (
    <>
      <Card title={t("card.transfer")}>
        <FormChecks {...own} name="objects" required options={options("object", lists.objects)} />
        <FormChecks {...own} name="forms" required columns={2} options={options("form", lists.forms)} />
        <FormChecks {...own} name="methods" required columns={2} options={options("method", lists.methods)} />
        <FormChecks {...own} name="rights" required columns={2} options={options("right", lists.rights)} />
        <FormText {...own} name="transferMonths" inputMode="numeric" />
      </Card>
      <Card title={t("card.price")}>
        <FormSelect {...own} name="priceModel" required options={options("priceModel", lists.priceModels)} />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormText {...own} name="moneyMin" words="priceMin" />
          <FormText {...own} name="moneyMax" />
        </div>
        <Negotiable draft={draft} />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <FormText {...own} name="unitCost" />
          <FormText {...own} name="unitCostPer" />
          <FormText {...own} name="paybackMonths" inputMode="numeric" />
          <FormSelect {...own} name="provinceCode" words="provinceOffering" options={choices.provinces} />
        </div>
      </Card>
      <Card title={t("card.after")}>
        <FormText {...own} name="warrantyMonths" inputMode="numeric" />
        <FormText {...own} name="support" max={length.text} rows={4} />
      </Card>
    </>
  );
}
