import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "~/components/format";
import { useLocale } from "~/components/locale";
import { DataTable } from "~/components/ui";

type Step = { step: string; count: number };

/**
 * How far things came, one bar a step; each opens its records. Bars grow with the number, the number stands beside it, and
 * the same figures are a table below.
 */
export function FunnelChart({
  steps,
  hrefFor,
  current,
}: {
  steps: readonly Step[];
  hrefFor: (step: string) => string;
  current?: string;
}) {
  const { t } = useTranslation("reports");
  const locale = useLocale();
  const most = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <>
      <ol className="flex flex-col">
        {steps.map(({ step, count }) => (
          <li key={step}>
            <Link
              to={hrefFor(step)}
              aria-current={step === current ? "page" : undefined}
              className="group grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-md px-2 py-1.5 hover:bg-sunken aria-[current=page]:bg-primary-soft sm:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_3.5rem]"
            >
              <span className="link">{t(`funnel.steps.${step}`)}</span>
              <span
                aria-hidden="true"
                className="order-last col-span-2 block h-3 overflow-hidden rounded-full bg-sunken outline-1 outline-line sm:order-none sm:col-span-1"
              >
                <span
                  className="block h-full rounded-full bg-primary"
                  style={{ width: count === 0 ? 0 : `max(${(100 * count) / most}%, 0.75rem)` }}
                />
              </span>
              <strong className="text-right tabular-nums">{formatNumber(count, locale)}</strong>
            </Link>
          </li>
        ))}
      </ol>
      <details className="mt-3">
        <summary className="link flex min-h-11 cursor-pointer items-center">{t("funnel.tableShow")}</summary>
        <DataTable
          caption={t("funnel.table")}
          rows={steps}
          rowKey={(row) => row.step}
          columns={[
            {
              key: "step",
              header: t("funnel.step"),
              cell: (row) => (
                <Link className="link" to={hrefFor(row.step)}>
                  {t(`funnel.steps.${row.step}`)}
                </Link>
              ),
            },
            {
              key: "count",
              header: t("funnel.count"),
              numeric: true,
              cell: (row) => formatNumber(row.count, locale),
            },
          ]}
        />
      </details>
    </>
  );
}
