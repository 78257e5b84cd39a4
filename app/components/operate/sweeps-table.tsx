import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { Badge, DataTable, DateText } from "~/components/ui";
import { everyWords, tookWords } from "./words";

type SweepData = {
  name: string;
  everyMs: number;
  succeededAt: Date | null;
  durationMs: number | null;
  found: number;
  foundAt: Date | null;
  errorCode: string | null;
  failures: number;
  health: "fine" | "failing" | "late";
};
const TONES = { fine: "success", failing: "danger", late: "warning" } as const;

/** The regular tasks with their last run. */
export function SweepsTable({ sweeps }: { sweeps: readonly SweepData[] }) {
  const { t } = useTranslation("operate");
  return (
    <DataTable
      caption={t("sweeps")}
      rows={sweeps}
      rowKey={(row) => row.name}
      empty={<p className="text-muted">{t("sweepsEmpty")}</p>}
      columns={[
        {
          key: "name",
          header: t("sweep.name"),
          cell: (row) => (
            <>
              {t(`sweepName.${row.name}`, row.name)}{" "}
              <span className="text-sm text-muted">({everyWords(t, row.everyMs)})</span>
            </>
          ),
        },
        {
          key: "state",
          header: t("sweep.state"),
          cell: (row) => (
            <Badge tone={TONES[row.health]}>
              {t(`sweep.${row.health}`, { code: row.errorCode ?? "", count: row.failures })}
            </Badge>
          ),
        },
        {
          key: "last",
          header: t("sweep.last"),
          cell: (row) => (row.succeededAt ? <DateText date={row.succeededAt} time /> : t("sweep.never")),
        },
        { key: "took", header: t("sweep.took"), numeric: true, cell: (row) => tookWords(t, row.durationMs) },
        {
          key: "found",
          header: t("sweep.found"),
          numeric: true,
          cell: (row) => (
            <>
              {row.found}
              {row.foundAt ? (
                <span className="block text-sm text-muted">
                  {t("sweep.foundAt", { at: formatDateTime(row.foundAt) })}
                </span>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
