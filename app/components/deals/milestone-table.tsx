import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { Badge, Card, DataTable, DateText, EmptyState, LinkButton } from "~/components/ui";
import type { DealView, MilestoneView } from "~/modules/deals/index.server";
import { formatAmount } from "./amounts";

export function MilestoneState({ row }: { row: MilestoneView }) {
  const { t } = useTranslation("deals");
  if (row.doneOn)
    return (
      <Badge tone="success">
        {t("milestone.done")} <DateText date={row.doneOn} />
      </Badge>
    );
  if (row.waivedOn) return <Badge>{t("milestone.waived")}</Badge>;
  return row.overdue ? <Badge tone="danger">{t("milestone.overdue")}</Badge> : <Badge>{t("milestone.open")}</Badge>;
}

/** How much of the plan is there, done, and how it stands to the contract's value. */
function Totals({ deal }: { deal: DealView }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const { currency, value } = deal.terms;
  const sum = (rows: readonly MilestoneView[]) => rows.reduce((total, row) => total + (row.amount ?? 0n), 0n);
  const counted = deal.milestones.filter((row) => !row.waivedOn);
  const planned = sum(counted);
  const done = sum(counted.filter((row) => row.doneOn));
  if (planned === 0n) return null;
  const differs = value !== null && planned !== value;
  return (
    <div className="mt-4 border-t-2 border-line-strong pt-3 tabular-nums">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {(
          [
            ["planned", planned],
            ["paid", done],
            ["left", planned - done],
          ] as const
        ).map(([key, amount]) => (
          <div key={key}>
            <dt className="text-sm text-muted">{t(`milestone.total.${key}`)}</dt>
            <dd className="font-semibold">{formatAmount(amount, currency, locale)}</dd>
          </div>
        ))}
      </dl>
      {differs && value !== null ? (
        <p className="mt-2 text-sm text-warning">
          {t("milestone.total.differs", { value: formatAmount(value, currency, locale) })}
        </p>
      ) : null}
    </div>
  );
}

/** Milestones and payments in their order, with what they add up to. */
export function MilestoneCard({ deal, plain = false }: { deal: DealView; plain?: boolean }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const to = `/deals/${deal.id}/milestones`;
  const edits = !plain && (deal.may.saveMilestones || deal.may.completeMilestone);
  return (
    <Card
      title={t("milestone.title")}
      id="milestones"
      actions={
        edits && deal.milestones.length > 0 ? (
          <Link className="link inline-flex min-h-11 items-center" to={to}>
            {t("milestone.edit")}
          </Link>
        ) : null
      }
    >
      <DataTable
        caption={t("milestone.title")}
        rows={deal.milestones}
        empty={
          plain ? (
            <p>{t("milestone.none")}</p>
          ) : (
            <EmptyState
              title={t("milestone.none")}
              action={
                deal.may.saveMilestones ? (
                  <LinkButton to={to} variant="secondary">
                    {t("milestone.add")}
                  </LinkButton>
                ) : null
              }
            >
              {t("milestone.noneText")}
            </EmptyState>
          )
        }
        columns={[
          {
            key: "label",
            header: t("milestone.label"),
            cell: (row) => (
              <>
                <span className="break-words">
                  {row.number}. {row.label}
                </span>
                {row.royalty ? (
                  <span className="ml-2">
                    <Badge>{t("milestone.royalty")}</Badge>
                  </span>
                ) : null}
                {row.waivedNote ? <span className="block text-sm text-muted">{row.waivedNote}</span> : null}
              </>
            ),
          },
          { key: "due", header: t("milestone.dueOn"), cell: (row) => <DateText date={row.dueOn} /> },
          {
            key: "amount",
            header: t("milestone.amount"),
            numeric: true,
            cell: (row) =>
              row.amount === null ? (
                <span className="text-muted">–</span>
              ) : (
                <span className="whitespace-nowrap">{formatAmount(row.amount, deal.terms.currency, locale)}</span>
              ),
          },
          {
            key: "state",
            header: t("common:state"),
            cell: (row) => (
              <span className="whitespace-nowrap">
                <MilestoneState row={row} />
              </span>
            ),
          },
        ]}
      />
      <Totals deal={deal} />
    </Card>
  );
}
