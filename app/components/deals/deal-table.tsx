import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { Badge, DataTable, DateText } from "~/components/ui";
import type { DealRow } from "~/modules/deals/index.server";
import { formatAmount } from "./amounts";
import { DealBadges, RegisterBadge } from "./badges";
import { PartyNames } from "./deal-board";

/** Whose move it is, in general; the deal's page knows it to the person. */
function WhoseMove({ row }: { row: DealRow }) {
  const { t } = useTranslation("deals");
  const key =
    row.status !== "active" ? row.status : row.stage === "signed" && row.deadline ? "signedToRegister" : row.stage;
  return <>{t(`whose.${key}`, { broker: row.broker })}</>;
}

type DealTableProps = {
  rows: readonly DealRow[];
  reader: "staff" | "member";
  empty: ReactNode;
  yours?: readonly string[];
};

/** Deals as rows; members read whose move it is where staff read the Department's next action. `yours`: ids that wait for the reader. */
export function DealTable({ rows, reader, empty, yours = [] }: DealTableProps) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const staff = reader === "staff";
  return (
    <DataTable
      caption={t("list.title")}
      rows={rows}
      empty={empty}
      columns={[
        {
          key: "deal",
          header: t("list.column.deal"),
          cell: (row) => (
            <>
              <Link className="link font-medium break-words" to={`/deals/${row.id}`}>
                {row.title}
              </Link>
              <span className="block text-sm text-muted">
                <span className="tabular-nums">{row.reference}</span> · <PartyNames row={row} />
              </span>
            </>
          ),
        },
        {
          key: "stage",
          header: t("list.column.stage"),
          cell: (row) => (
            <>
              <DealBadges stage={row.stage} status={row.status} />
              {row.reasonCode ? (
                <span className="block text-sm text-muted">{t(`reason.${row.reasonCode}`)}</span>
              ) : null}
            </>
          ),
        },
        {
          key: "value",
          header: t("list.column.value"),
          numeric: true,
          cell: (row) =>
            row.value === null ? (
              <span className="text-muted">–</span>
            ) : (
              <span className="whitespace-nowrap">{formatAmount(row.value, row.currency, locale)}</span>
            ),
        },
        {
          key: "register",
          header: t("list.column.register"),
          cell: (row) =>
            row.deadline ? (
              <span className="flex flex-wrap items-center gap-2">
                <DateText date={row.deadline.dueOn} /> <RegisterBadge days={row.deadline.daysLeft} />
              </span>
            ) : (
              <span className="text-muted">{row.registrationDuty ? t(`dutyShort.${row.registrationDuty}`) : "–"}</span>
            ),
        },
        staff
          ? {
              key: "next",
              header: t("list.column.next"),
              cell: (row: DealRow) =>
                row.nextActionOn ? (
                  <>
                    <span className="flex flex-wrap items-center gap-2">
                      <strong>
                        <DateText date={row.nextActionOn} />
                      </strong>
                      {row.overdue ? <Badge tone="danger">{t("card.overdue")}</Badge> : null}
                    </span>
                    <span className="block break-words">{row.nextAction}</span>
                    <span className="block text-sm text-muted">{row.mine ? t("list.me") : row.broker}</span>
                  </>
                ) : (
                  <span className="text-sm text-muted">{row.mine ? t("list.me") : row.broker}</span>
                ),
            }
          : {
              key: "move",
              header: t("list.column.move"),
              cell: (row: DealRow) =>
                yours.includes(row.id) ? <Badge tone="success">{t("list.yours")}</Badge> : <WhoseMove row={row} />,
            },
      ]}
    />
  );
}
