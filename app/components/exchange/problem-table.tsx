import { useTranslation } from "react-i18next";
import type { CheckReport, KeptProblem } from "~/modules/exchange/schemas";
import { Badge, type Column, DataTable } from "../ui";

/** What was found in a sheet, a row of the table for each cell: where, what it says, what to do. */
export function ProblemTable({ problems, headings }: { problems: KeptProblem[]; headings: CheckReport["headings"] }) {
  const { t } = useTranslation("exchange");
  const columns: Column<KeptProblem>[] = [
    { key: "row", header: t("result.row"), cell: ({ row }) => row, numeric: true },
    {
      key: "column",
      header: t("result.column"),
      cell: ({ field }) => (field ? headings[field] || t(`field.${field}`) : ""),
    },
    {
      key: "typed",
      header: t("result.typed"),
      cell: ({ typed }) => <span className="break-words">{typed}</span>,
    },
    {
      key: "what",
      header: t("result.what"),
      cell: ({ code, params, severity }) => (
        <>
          {severity === "note" ? <Badge tone="warning">{t("result.warnings")}</Badge> : null} {t(code, params ?? {})}
        </>
      ),
    },
  ];
  return <DataTable columns={columns} rows={problems} caption={t("result.problems")} rowKey={(_, at) => String(at)} />;
}
