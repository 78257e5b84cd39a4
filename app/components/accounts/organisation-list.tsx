import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { Badge, LinkButton } from "~/components/ui";
import { provinceName } from "~/modules/accounts/schemas";

export type ListedOrganisation = {
  id: string;
  nameVi: string;
  shortName: string | null;
  taxCode: string | null;
  type: string | null;
  provinceCode: string | null;
  state: string;
};

/** Kind · province · tax code in one quiet line. */
export function OrganisationFacts({ row }: { row: Pick<ListedOrganisation, "type" | "provinceCode" | "taxCode"> }) {
  const { t } = useTranslation("accounts");
  const locale = useLocale();
  const facts = [
    row.type ? t(`organisationType.${row.type}`) : null,
    provinceName(row.provinceCode, locale),
    row.taxCode ? `${t("organisation.taxCode")}: ${row.taxCode}` : null,
  ].filter(Boolean);
  return <p className="text-sm text-muted">{facts.join(" · ")}</p>;
}

/** Organisations to choose one's own from; brokers go to the page where they decide. */
export function OrganisationList({ rows, forBroker }: { rows: ListedOrganisation[]; forBroker: boolean }) {
  const { t } = useTranslation("accounts");
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => {
        const to = forBroker ? `/broker/organisations/${row.id}` : `/organisations/${row.id}`;
        return (
          <li key={row.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                <Link className="link" to={to}>
                  {row.nameVi}
                </Link>
                {row.state === "verified" ? null : <Badge tone="warning">{t(`organisationState.${row.state}`)}</Badge>}
              </p>
              <OrganisationFacts row={row} />
            </div>
            <LinkButton
              to={to}
              variant="secondary"
              size="small"
              aria-label={`${t(forBroker ? "broker.open" : "found.openOrganisation")}: ${row.nameVi}`}
            >
              {t(forBroker ? "broker.open" : "found.openOrganisation")}
            </LinkButton>
          </li>
        );
      })}
    </ul>
  );
}
