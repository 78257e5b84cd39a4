import { useTranslation } from "react-i18next";
import { provinceName } from "~/modules/accounts/schemas";
import type { ListingView } from "~/modules/listings/index.server";
import { formatDate, formatNumber } from "../format";
import { useLocale } from "../locale";
import { Card, DataTable, NotStated } from "../ui";

/** Holders, titles, references and tests as tables; nothing of it for readers from whom the owner is hidden. */
export function ListingDetailCards({ listing, level = 2 }: { listing: ListingView; level?: 2 | 3 }) {
  const { t } = useTranslation(["posting", "common"]);
  const locale = useLocale();
  const { details } = listing;
  if (!details) return null;
  const { owners, ipTitles, sites, tests } = details;
  const enumOf = (group: string, value: string) => t(`common:enum.${group}.${value}`);
  return (
    <>
      {owners ? (
        <Card level={level} title={t("owners.legend")}>
          <DataTable
            caption={t("owners.legend")}
            rows={owners}
            rowKey={(row) => `${row.type}.${row.name}`}
            columns={[
              { key: "name", header: t("owners.name"), cell: (row) => row.name },
              { key: "type", header: t("owners.type"), cell: (row) => t(`enum.ownerType.${row.type}`) },
              {
                key: "share",
                header: t("owners.share"),
                numeric: true,
                cell: (row) => `${formatNumber(row.share, locale)} %`,
              },
            ]}
          />
        </Card>
      ) : null}
      {ipTitles ? (
        <Card level={level} title={t("ip.legend")}>
          <DataTable
            caption={t("ip.legend")}
            rows={ipTitles}
            rowKey={(row, at) => `${row.type}.${row.number ?? at}`}
            columns={[
              { key: "type", header: t("ip.type"), cell: (row) => enumOf("ipType", row.type) },
              {
                key: "status",
                header: t("ip.status"),
                cell: (row) => (row.status ? enumOf("ipStatus", row.status) : <NotStated />),
              },
              { key: "number", header: t("ip.number"), cell: (row) => row.number ?? <NotStated /> },
            ]}
          />
        </Card>
      ) : null}
      {sites ? (
        <Card level={level} title={t("sites.legend")}>
          <DataTable
            caption={t("sites.legend")}
            rows={sites}
            rowKey={(row, at) => `${at}.${row.name}`}
            columns={[
              { key: "name", header: t("sites.name"), cell: (row) => row.name },
              {
                key: "province",
                header: t("sites.province"),
                cell: (row) => (row.provinceCode && provinceName(row.provinceCode, locale)) || <NotStated />,
              },
              { key: "year", header: t("sites.year"), cell: (row) => row.year ?? <NotStated /> },
              // a person at the reference: the owner and the brokers only
              ...(sites.some((site) => site.contact)
                ? [
                    {
                      key: "contact",
                      header: t("sites.contact"),
                      cell: (row: (typeof sites)[number]) => row.contact ?? <NotStated />,
                    },
                  ]
                : []),
            ]}
          />
        </Card>
      ) : null}
      {tests ? (
        <Card level={level} title={t("tests.legend")}>
          <DataTable
            caption={t("tests.legend")}
            rows={tests}
            rowKey={(row, at) => `${at}.${row.body}`}
            columns={[
              { key: "body", header: t("tests.body"), cell: (row) => row.body },
              { key: "number", header: t("tests.number"), cell: (row) => row.number ?? <NotStated /> },
              {
                key: "date",
                header: t("tests.date"),
                cell: (row) => (row.date ? formatDate(row.date) : <NotStated />),
              },
              { key: "result", header: t("tests.result"), cell: (row) => row.result ?? <NotStated /> },
            ]}
          />
        </Card>
      ) : null}
    </>
  );
}
