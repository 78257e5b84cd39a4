import { Form } from "@remix-run/react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { SelectField, TextField } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { Button, Card } from "~/components/ui";
import type { DealView } from "~/modules/deals/index.server";
import { MAX_MILESTONES, ROYALTY_PERIODS } from "~/modules/deals/schemas";
import { formatPercent } from "./amounts";

const agreed = ({ terms }: DealView): boolean =>
  terms.royaltyBasisPoints !== null || terms.paymentKinds.some((kind) => kind.startsWith("royalty_"));

/** First values: yearly, for the years of the terms. */
export function royaltyDefaults(deal: DealView, t: TFunction<"deals">): Record<string, string> {
  const years = Math.min(deal.terms.royaltyYears ?? 1, MAX_MILESTONES);
  return { label: t("milestone.royalties.labelValue"), everyMonths: "12", times: String(years) };
}

/** Puts the periods of a royalty into the plan; only where the terms know one. */
export function RoyaltyPlan({ deal, form }: { deal: DealView; form: FormValues }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  if (!agreed(deal)) return null;
  const { royaltyBasisPoints: points, royaltyYears: years } = deal.terms;
  const terms = [
    points === null ? null : formatPercent(points, locale),
    years === null ? null : t("milestone.royalties.years", { years }),
  ];
  const field = (name: string) => ({ name, error: form.error(name), defaultValue: form.text(name) });
  return (
    <Card title={t("milestone.royalties.title")} id="royalties">
      <p className="mb-4 max-w-text text-muted">
        {terms.some(Boolean) ? `${t("milestone.royalties.agreed", { terms: terms.filter(Boolean).join(", ") })} ` : ""}
        {t("milestone.royalties.text")}
      </p>
      <Form method="post" noValidate key={deal.revision}>
        <input type="hidden" name="revision" value={deal.revision} />
        <div className="grid gap-x-6 sm:grid-cols-2">
          <TextField
            {...field("label")}
            label={t("milestone.royalties.label")}
            required
            maxLength={150}
            autoComplete="off"
          />
          <TextField {...field("firstOn")} type="date" label={t("milestone.royalties.firstOn")} required />
          <SelectField
            {...field("everyMonths")}
            label={t("milestone.royalties.everyMonths")}
            required
            options={ROYALTY_PERIODS.map((value) => ({ value, label: t(`milestone.royalties.every.${value}`) }))}
          />
          <TextField
            {...field("times")}
            inputMode="numeric"
            label={t("milestone.royalties.times")}
            required
            maxLength={2}
            autoComplete="off"
          />
        </div>
        <Button variant="secondary" name="intent" value="royalties">
          {t("milestone.royalties.save")}
        </Button>
      </Form>
    </Card>
  );
}
