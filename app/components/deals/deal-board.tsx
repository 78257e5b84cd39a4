import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { Badge, DateText } from "~/components/ui";
import type { DealList, DealRow } from "~/modules/deals/index.server";
import { formatAmount } from "./amounts";
import { DealBadges, RegisterBadge } from "./badges";

/** "A → B", with what is not known yet said. */
export function PartyNames({ row }: { row: Pick<DealRow, "transferor" | "transferee"> }) {
  const { t } = useTranslation("deals");
  return (
    <>
      {row.transferor ?? t("party.missing")} <span aria-hidden="true">→</span>
      <span className="sr-only"> {t("card.to")} </span> {row.transferee ?? t("party.missing")}
    </>
  );
}

/** One deal on the board. */
export function DealCard({ row }: { row: DealRow }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  return (
    <article className="card min-w-0 p-3">
      <p className="text-xs text-muted tabular-nums">{row.reference}</p>
      <h4 className="font-medium">
        <Link className="link line-clamp-3 break-words" to={`/deals/${row.id}`}>
          {row.title}
        </Link>
      </h4>
      <p className="mt-1 line-clamp-3 text-sm break-words text-muted">
        <PartyNames row={row} />
      </p>
      {row.value === null ? null : (
        <p className="mt-1 text-sm font-semibold tabular-nums">{formatAmount(row.value, row.currency, locale)}</p>
      )}
      {row.deadline ? (
        <p className="mt-2">
          <RegisterBadge days={row.deadline.daysLeft} />
        </p>
      ) : null}
      {row.nextActionOn ? (
        <p className="mt-2 text-sm">
          {row.overdue ? <Badge tone="danger">{t("card.overdue")}</Badge> : null} <DateText date={row.nextActionOn} />:{" "}
          <span className="break-words">{row.nextAction}</span>
        </p>
      ) : null}
    </article>
  );
}

/** Stages a live deal can stand in, by the half of the way they belong to: a liquidated deal is closed. */
const HALVES = {
  beforeSigning: ["negotiation", "mou", "drafting", "signed"],
  afterSigning: ["registration_filed", "registered", "performing", "accepted"],
} as const;

function Column({ stage, rows }: { stage: string; rows: readonly DealRow[] }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const sum = rows.reduce((total, row) => total + (row.currency === "VND" ? (row.value ?? 0n) : 0n), 0n);
  return (
    <li className="min-w-0 rounded-lg bg-sunken p-3">
      <h3 className="flex items-baseline justify-between gap-2 font-semibold">
        {t(`stage.${stage}`)}
        <span className="rounded-full bg-surface px-2 text-sm tabular-nums">{rows.length}</span>
      </h3>
      <p className="text-sm text-muted tabular-nums">
        {rows.length === 0 ? t("board.empty") : sum > 0n ? formatAmount(sum, "VND", locale) : t("board.noValue")}
      </p>
      {rows.length > 0 ? (
        <ul className="mt-3 flex flex-col gap-3">
          {rows.map((row) => (
            <li key={row.id}>
              <DealCard row={row} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** Deals under way by stage, two rows of columns: until the contract is signed, and after. On a phone one under the other. */
export function DealBoard({ list }: { list: DealList }) {
  const { t } = useTranslation("deals");
  const aside = list.columns.flatMap((column) => column.rows.filter((row) => row.status !== "active"));
  return (
    <div className="flex flex-col gap-6">
      {(["beforeSigning", "afterSigning"] as const).map((half) => (
        <section key={half} aria-labelledby={half}>
          <h2 id={half} className="mb-3 text-lg font-semibold">
            {t(`board.${half}`)}
          </h2>
          <ol className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {HALVES[half].map((stage) => (
              <Column
                key={stage}
                stage={stage}
                rows={
                  list.columns
                    .find((column) => column.stage === stage)
                    ?.rows.filter((row) => row.status === "active") ?? []
                }
              />
            ))}
          </ol>
        </section>
      ))}
      {aside.length > 0 ? (
        <details>
          <summary className="link inline-flex min-h-11 items-center">
            {t("board.paused", { count: aside.length })}
          </summary>
          <ul className="mt-2 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {aside.map((row) => (
              <li key={row.id} className="min-w-0">
                <DealCard row={row} />
                <p className="mt-1">
                  <DealBadges stage={row.stage} status={row.status} />
                </p>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
