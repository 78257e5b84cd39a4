import { useTranslation } from "react-i18next";
import type { CaseFigures } from "~/modules/matching/schemas";
import { useLocale } from "../locale";
import { Badge, DataTable } from "../ui";
import { rangeText, scoreText, shareText } from "./figures";

export type CaseRow = CaseFigures & { target: number | null; baseline: number | null };

const at = (value: number) => `${100 * Math.min(1, Math.max(0, value))}%`;

/** One bar from 0 to 1 with its interval, its target and what keyword search reaches. For eyes only: the words stand beside it. */
function Track({ row }: { row: CaseRow }) {
  const { value, low, high } = row.ndcg10;
  return (
    <span aria-hidden="true" className="relative block h-6">
      <span className="absolute inset-x-0 top-2 block h-2.5 rounded-full bg-sunken outline-1 outline-line" />
      <span className="absolute top-2 left-0 block h-2.5 rounded-full bg-primary" style={{ width: at(value) }} />
      <span
        className="absolute top-[0.7rem] block h-1 rounded-full bg-ink/70 outline-1 outline-surface"
        style={{ left: at(low), width: `max(${100 * (high - low)}%, 2px)` }}
      />
      {row.target === null ? null : (
        <span className="absolute top-0 block h-6 w-0.5 bg-accent-ink" style={{ left: at(row.target) }} />
      )}
      {row.baseline === null ? null : (
        <span
          className="absolute top-[0.55rem] block size-2.5 -translate-x-1/2 rounded-full border-2 border-ink bg-surface"
          style={{ left: at(row.baseline) }}
        />
      )}
    </span>
  );
}

/** The order score by kind of need as bars, and the same as a table. */
export function CaseChart({ rows }: { rows: readonly CaseRow[] }) {
  const { t } = useTranslation("quality");
  const locale = useLocale();
  const text = (value: number) => scoreText(value, locale);
  const met = (row: CaseRow) => row.target !== null && row.ndcg10.value >= row.target;
  return (
    <>
      <ul className="flex flex-col gap-4">
        {rows.map((row) => (
          <li
            key={row.case}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,17rem)_minmax(0,1fr)_3.5rem]"
          >
            <span className="min-w-0">
              {t(`cases.name.${row.case}`)}
              <span className="block text-sm text-muted">
                {t("cases.count", { count: row.needs })}
                {row.target === null ? null : ` · ${t(met(row) ? "cases.met" : "cases.missed")}`}
              </span>
            </span>
            <span className="order-last col-span-2 sm:order-none sm:col-span-1">
              <Track row={row} />
            </span>
            <strong className="text-right text-lg tabular-nums">{text(row.ndcg10.value)}</strong>
          </li>
        ))}
      </ul>
      <details className="mt-4">
        <summary className="link flex min-h-11 cursor-pointer items-center">{t("cases.table")}</summary>
        <DataTable
          caption={t("cases.caption")}
          rows={rows}
          rowKey={(row) => row.case}
          columns={[
            { key: "case", header: t("cases.case"), cell: (row) => t(`cases.name.${row.case}`) },
            { key: "needs", header: t("cases.needs"), numeric: true, cell: (row) => row.needs },
            { key: "value", header: t("cases.value"), numeric: true, cell: (row) => text(row.ndcg10.value) },
            { key: "interval", header: t("cases.interval"), numeric: true, cell: (row) => rangeText(row.ndcg10, text) },
            {
              key: "target",
              header: t("cases.target"),
              numeric: true,
              cell: (row) =>
                row.target === null ? (
                  <span className="text-muted">{t("cases.noTarget")}</span>
                ) : (
                  <span className="inline-flex flex-wrap items-center gap-2 md:justify-end">
                    ≥ {text(row.target)}
                    <Badge tone={met(row) ? "success" : "warning"}>{t(met(row) ? "cases.met" : "cases.missed")}</Badge>
                  </span>
                ),
            },
            {
              key: "baseline",
              header: t("cases.baseline"),
              numeric: true,
              cell: (row) => (row.baseline === null ? "–" : text(row.baseline)),
            },
            {
              key: "first",
              header: t("cases.first"),
              numeric: true,
              cell: (row) => shareText(row.first.value, locale),
            },
            {
              key: "five",
              header: t("cases.firstFive"),
              numeric: true,
              cell: (row) => shareText(row.firstFive.value, locale),
            },
          ]}
        />
      </details>
    </>
  );
}
