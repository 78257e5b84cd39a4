import { useTranslation } from "react-i18next";
import type { EvalRun } from "~/modules/matching/schemas";
import { useLocale } from "../locale";
import { DataTable } from "../ui";
import { shareText } from "./figures";

/** Share of fitting suggestions by score: bars, those above the threshold in full colour, and the same as a table. */
export function ScoreChart({ bands, threshold }: { bands: EvalRun["byScore"]; threshold: number }) {
  const { t } = useTranslation("quality");
  const locale = useLocale();
  const share = (value: number | null) => (value === null ? "–" : shareText(value, locale));
  return (
    <>
      <ul className="flex flex-col gap-3">
        {bands.map(({ from, to, pairs, relevant }) => (
          <li
            key={from}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 sm:grid-cols-[minmax(0,9rem)_minmax(0,1fr)_10rem]"
          >
            <span className="tabular-nums">{t("score.range", { from, to })}</span>
            <span
              aria-hidden="true"
              className="order-last col-span-2 block h-3 overflow-hidden rounded-full bg-sunken outline-1 outline-line sm:order-none sm:col-span-1"
            >
              <span
                className={`block h-full rounded-full ${from >= threshold ? "bg-primary" : "bg-line-strong"}`}
                style={{ width: `${100 * (relevant ?? 0)}%` }}
              />
            </span>
            <span className="text-right sm:text-left">
              <strong className="tabular-nums">{share(relevant)}</strong>{" "}
              <span className="text-sm text-muted">{t("score.of", { count: pairs })}</span>
            </span>
          </li>
        ))}
      </ul>
      <details className="mt-3">
        <summary className="link flex min-h-11 cursor-pointer items-center">{t("cases.table")}</summary>
        <DataTable
          caption={t("score.caption")}
          rows={bands}
          rowKey={(row) => String(row.from)}
          columns={[
            { key: "band", header: t("score.band"), cell: ({ from, to }) => t("score.range", { from, to }) },
            { key: "relevant", header: t("score.relevant"), numeric: true, cell: (row) => share(row.relevant) },
            { key: "pairs", header: t("score.pairs"), numeric: true, cell: (row) => row.pairs },
          ]}
        />
      </details>
    </>
  );
}
