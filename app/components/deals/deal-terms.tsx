import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { Card, DateText, DefinitionList } from "~/components/ui";
import type { DealView } from "~/modules/deals/index.server";
import { formatAmount, formatPercent } from "./amounts";

export type Countries = { transferor: string | null; transferee: string | null };

/** The terms as words, also for the printed page. */
export function useTermItems(deal: DealView, countries: Countries) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const { terms } = deal;
  const list = (group: string, values: readonly string[]) =>
    values.length > 0 ? values.map((value) => t(`common:enum.${group}.${value}`)).join("; ") : null;
  const yesNo = (value: boolean | null) => (value === null ? null : t(value ? "common:yes" : "common:no"));
  const money = (value: bigint | null) => (value === null ? null : formatAmount(value, terms.currency, locale));
  const royalty = terms.royaltyBasisPoints
    ? [
        formatPercent(terms.royaltyBasisPoints, locale),
        terms.royaltyYears ? t("terms.years", { count: terms.royaltyYears }) : null,
        terms.royaltyMinimum ? `${t("terms.minimum")} ${money(terms.royaltyMinimum)}` : null,
        terms.royaltyCap ? `${t("terms.cap")} ${money(terms.royaltyCap)}` : null,
      ]
        .filter(Boolean)
        .join("; ")
    : null;
  const item = (key: string, description: React.ReactNode) => ({ key, term: t(`field.${key}`), description });
  return [
    item("technologyName", terms.technologyName),
    ...(terms.sectorMain ? [item("sectorMain", t(`sectors:${terms.sectorMain}`))] : []),
    item("value", terms.value === null ? null : <strong className="tabular-nums">{money(terms.value)}</strong>),
    item("paymentKinds", terms.paymentKinds.map((kind) => t(`paymentKind.${kind}`)).join("; ") || null),
    ...(royalty ? [item("royalty", royalty)] : []),
    item("objects", list("object", terms.objects)),
    item("form", terms.form ? t(`common:enum.form.${terms.form}`) : null),
    item("methods", list("method", terms.methods)),
    item("right", terms.right ? t(`common:enum.right.${terms.right}`) : null),
    ...(terms.scope ? [item("scope", terms.scope)] : []),
    ...(terms.improvementRights ? [item("improvementRights", terms.improvementRights)] : []),
    item("countries", [countries.transferor, countries.transferee].filter(Boolean).join(" → ") || null),
    item("stateMoney", yesNo(terms.stateMoney)),
    ...(terms.stateMoney === false ? [] : [item("taskCertificate", yesNo(terms.taskCertificate))]),
    item("restrictedList", yesNo(terms.restrictedList)),
    ...(deal.contractNumber ? [item("contractNumber", deal.contractNumber)] : []),
    ...(deal.signedOn ? [item("signedOn", <DateText key="signed" date={deal.signedOn} />)] : []),
  ];
}

/** Terms everybody asks for first; the others fold away. */
const MAIN: readonly string[] = [
  "technologyName",
  "value",
  "paymentKinds",
  "form",
  "right",
  "contractNumber",
  "signedOn",
];

/** What the two sides agree on, as far as it is known. */
export function DealTermsCard({ deal, countries }: { deal: DealView; countries: Countries }) {
  const { t } = useTranslation("deals");
  const items = useTermItems(deal, countries);
  return (
    <Card
      title={t("terms.title")}
      actions={
        deal.may.editTerms ? (
          <Link className="link inline-flex min-h-11 items-center" to={`/deals/${deal.id}/terms`}>
            {t("common:edit")}
          </Link>
        ) : null
      }
    >
      <DefinitionList items={items.filter((item) => MAIN.includes(item.key))} />
      <details>
        <summary className="link inline-flex min-h-11 items-center">{t("terms.all")}</summary>
        <DefinitionList items={items.filter((item) => !MAIN.includes(item.key))} />
      </details>
    </Card>
  );
}
