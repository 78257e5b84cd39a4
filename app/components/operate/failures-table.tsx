import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DataTable, DateText } from "~/components/ui";

type FailureData = {
  reason: string;
  kind: "job" | "mail";
  name: string | null;
  code: string;
  count: number;
  newest: Date;
};

/** What failed, grouped by cause, with the next step for each. */
export function FailuresTable({ failures }: { failures: readonly FailureData[] }) {
  const { t } = useTranslation("operate");
  return (
    <DataTable
      caption={t("failures")}
      rows={failures}
      rowKey={(row) => `${row.kind}.${row.name}.${row.code}`}
      empty={<p className="text-muted">{t("failuresEmpty")}</p>}
      columns={[
        {
          key: "reason",
          header: t("failure.reason"),
          cell: (row) => (
            <div className="max-w-text">
              <p className="font-medium">{t(`reason.${row.reason}.title`)}</p>
              <p className="text-muted">{t(`reason.${row.reason}.text`)}</p>
              <p className="text-sm text-muted">{t("failure.code", { code: row.code })}</p>
            </div>
          ),
        },
        {
          key: "what",
          header: t("failure.what"),
          cell: (row) => (row.name === null ? t("failure.mail") : t(`jobName.${row.name}`, row.name)),
        },
        {
          key: "count",
          header: t("failure.count"),
          numeric: true,
          cell: (row) =>
            row.name === null ? (
              row.count
            ) : (
              <Link
                className="link inline-flex min-h-11 items-center"
                to={`/broker/dead-letters?${new URLSearchParams({ job: row.name, code: row.code })}`}
              >
                {row.count}
              </Link>
            ),
        },
        { key: "newest", header: t("failure.newest"), cell: (row) => <DateText date={row.newest} time /> },
      ]}
    />
  );
}
