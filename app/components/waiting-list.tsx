import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { useLocale } from "~/components/locale";
import { Badge } from "~/components/ui";

/** One row of a work list as the loader sends it (dates survive single fetch). */
export type WaitingRow = {
  id: string;
  key: string;
  params: Record<string, string | number>;
  to: string;
  who: "you" | "broker" | "colleague";
  since: Date;
  dueOn: Date | null;
};

function DueBadge({ dueOn, since, today }: { dueOn: Date | null; since: Date; today: Date }) {
  const { t } = useTranslation("home");
  const locale = useLocale();
  if (!dueOn) return <Badge tone="neutral">{t("due.since", { date: formatDate(since, locale) })}</Badge>;
  const date = formatDate(dueOn, locale);
  const days = Math.round((dueOn.getTime() - today.getTime()) / 86_400_000);
  if (days < 0) return <Badge tone="danger">{t("due.overdue", { date })}</Badge>;
  if (days === 0) return <Badge tone="warning">{t("due.today")}</Badge>;
  return <Badge tone={days <= 2 ? "warning" : "info"}>{t("due.by", { date })}</Badge>;
}

/** Rows in sight; the list is sorted by urgency, and what comes later can be opened. */
const SHOWN = 20;

/**
 * What waits, whose move it is and by when. `today` is the local calendar day as UTC midnight, from the loader's clock,
 * so that server and browser agree. `own` words "your move" for the Department's staff.
 */
export function WaitingList({ items, today, own = false }: { items: WaitingRow[]; today: Date; own?: boolean }) {
  const { t } = useTranslation("home");
  const rest = items.slice(SHOWN);
  return (
    <>
      <Rows items={items.slice(0, SHOWN)} today={today} own={own} />
      {rest.length > 0 ? (
        <details className="border-t border-line pt-2">
          <summary className="link inline-flex min-h-11 items-center font-medium">
            {t("waiting.more", { count: rest.length })}
          </summary>
          <Rows items={rest} today={today} own={own} />
        </details>
      ) : null}
    </>
  );
}

function Rows({ items, today, own }: { items: WaitingRow[]; today: Date; own: boolean }) {
  const { t } = useTranslation("home");
  return (
    <ul className="divide-y divide-line">
      {items.map((item) => (
        <li
          key={item.id}
          className={`flex flex-col gap-2 py-3 ${own ? "sm:flex-row sm:items-center sm:justify-between sm:gap-6" : ""}`}
        >
          <Link to={item.to} className="link min-w-0 break-words font-medium">
            {t(`waiting.${item.key}`, item.params)}
          </Link>
          <span className="flex shrink-0 flex-wrap items-center gap-2">
            {own && item.who === "you" ? null : (
              <Badge tone={item.who === "you" ? "success" : "neutral"}>{t(`who.${item.who}`)}</Badge>
            )}
            <DueBadge dueOn={item.dueOn} since={item.since} today={today} />
          </span>
        </li>
      ))}
    </ul>
  );
}
