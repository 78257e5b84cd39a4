import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDate, formatDateTime, formatNumber, formatRange, isoDay } from "../format";
import { useLocale } from "../locale";

/** "chưa nêu": the source does not say. Never a guess, never an empty cell. */
export function NotStated() {
  const { t } = useTranslation();
  return <span className="text-muted italic">{t("notStated")}</span>;
}

/** Facts as term and description; null or empty becomes "not stated". */
export function DefinitionList({ items }: { items: { term: ReactNode; description: ReactNode; key?: string }[] }) {
  return (
    <dl className="divide-y divide-line">
      {items.map(({ term, description, key }, index) => (
        <div
          key={key ?? (typeof term === "string" ? term : index)}
          className="grid gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(9rem,30%)_1fr]"
        >
          <dt className="text-sm text-muted sm:pt-0.5">{term}</dt>
          <dd className="min-w-0">
            {description === null || description === undefined || description === "" ? <NotStated /> : description}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** numbers stand right so that digits line up */
  numeric?: boolean;
};
type DataTableProps<Row> = {
  columns: Column<Row>[];
  rows: readonly Row[];
  /** names the table for screen readers; shown when `showCaption` */
  caption: string;
  showCaption?: boolean;
  rowKey?: (row: Row, index: number) => string;
  empty?: ReactNode;
};

function keyOf(row: unknown, index: number): string {
  if (typeof row === "object" && row !== null && "id" in row && typeof row.id === "string") return row.id;
  return String(index);
}

/** A real table on wide screens; on a phone each row is a card whose cells carry their column's name. */
export function DataTable<Row>({ columns, rows, caption, showCaption, rowKey = keyOf, empty }: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <table className="block w-full text-left md:table md:border-collapse">
      <caption className={showCaption ? "mb-2 block text-left font-semibold md:table-caption" : "sr-only"}>
        {caption}
      </caption>
      <thead className="sr-only md:not-sr-only md:table-header-group">
        <tr className="border-b-2 border-line-strong">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              className={`px-3 py-2 text-sm font-semibold text-muted first:pl-0 last:pr-0 ${column.numeric ? "text-right" : ""}`}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="flex flex-col gap-3 md:table-row-group">
        {rows.map((row, index) => (
          <tr
            key={rowKey(row, index)}
            className="block rounded-lg border border-line bg-surface px-4 py-2 md:table-row md:rounded-none md:border-0 md:border-b md:bg-transparent"
          >
            {columns.map((column) => (
              <td
                key={column.key}
                className={`grid grid-cols-[minmax(6rem,34%)_minmax(0,1fr)] gap-x-3 py-1.5 align-top md:table-cell md:px-3 md:py-3 md:first:pl-0 md:last:pr-0 ${column.numeric ? "tabular-nums md:text-right" : ""}`}
              >
                <span aria-hidden="true" className="pt-0.5 text-sm text-muted md:hidden">
                  {column.header}
                </span>
                <div className="min-w-0">{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type StatTileProps = { label: ReactNode; value: number | string; to?: string; hint?: ReactNode };

/** One number people look for; with `to` it opens its records. */
export function StatTile({ label, value, to, hint }: StatTileProps) {
  const locale = useLocale();
  const body = (
    <>
      <span className="block text-3xl font-bold text-primary tabular-nums">
        {typeof value === "number" ? formatNumber(value, locale) : value}
      </span>
      <span className={`block font-medium ${to ? "underline decoration-1 underline-offset-4" : ""}`}>{label}</span>
      {hint ? <span className="mt-0.5 block text-sm text-muted">{hint}</span> : null}
    </>
  );
  const box = "card block h-full min-w-0 p-4";
  return to ? (
    <Link to={to} className={`${box} hover:border-primary`}>
      {body}
    </Link>
  ) : (
    <div className={box}>{body}</div>
  );
}

type MoneyProps = {
  min?: number | bigint | string | null;
  max?: number | bigint | string | null;
  negotiable?: boolean | null;
  /** the source's own words, shown as they are when there are no numbers */
  text?: string | null;
};

/** Money in đồng, a span of it, "by agreement", or "not stated". */
export function Money({ min, max, negotiable, text }: MoneyProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const range = formatRange(min, max, locale);
  if (!range && !negotiable) return text || <NotStated />;
  return (
    <span className="tabular-nums">{[range, negotiable ? t("negotiable") : null].filter(Boolean).join("; ")}</span>
  );
}

/** dd/mm/yyyy in Vietnam, with the hour on demand. */
export function DateText({ date, time }: { date: Date | string | null | undefined; time?: boolean }) {
  if (!date) return <NotStated />;
  return (
    <time dateTime={isoDay(date)} className="whitespace-nowrap tabular-nums">
      {time ? formatDateTime(date) : formatDate(date)}
    </time>
  );
}

/** A score of 0–100 as a number and a bar. */
export function ScoreBar({ score, label }: { score: number; label?: string }) {
  const { t } = useTranslation();
  // no score reaches 100, so none is shown as if it did
  const shown = score < 100 ? Math.min(99, Math.round(Math.max(0, score))) : 100;
  return (
    <span className="inline-flex items-center gap-2.5">
      <span className="sr-only">{label ?? t("score")}: </span>
      <span
        aria-hidden="true"
        className="block h-2 w-24 overflow-hidden rounded-full bg-sunken outline-1 outline-line-strong"
      >
        <span className="block h-full rounded-full bg-primary" style={{ width: `${shown}%` }} />
      </span>
      <span className="font-semibold tabular-nums">
        {shown}
        <span className="text-sm font-normal text-muted">/100</span>
      </span>
    </span>
  );
}

export type TimelineItem = { at: Date | string; title: ReactNode; body?: ReactNode; key?: string };

/** What happened, in the order given. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  return (
    <ol className="border-l-2 border-primary-line pl-5">
      {items.map((item, index) => (
        <li key={item.key ?? index} className="relative pb-5 last:pb-0">
          <span
            aria-hidden="true"
            className="absolute top-2 -left-[1.7rem] size-3 rounded-full border-2 border-primary bg-surface"
          />
          <p className="text-sm text-muted">
            <DateText date={item.at} time />
          </p>
          <p className="font-medium">{item.title}</p>
          {item.body ? <div className="mt-1">{item.body}</div> : null}
        </li>
      ))}
    </ol>
  );
}
