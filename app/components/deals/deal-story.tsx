import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { Timeline } from "~/components/ui";
import type { DealTimelineItem, DealView } from "~/modules/deals/index.server";

/** Entries in sight; the earlier ones fold away. */
const NEWEST = 6;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The deal's history as sentences with names and dates, newest first or in the order it happened. */
export function DealStory({ deal, oldestFirst = false }: { deal: DealView; oldestFirst?: boolean }) {
  const { t } = useTranslation("deals");
  const sentence = (item: DealTimelineItem): string => {
    const { params, command } = item;
    const by = item.by ? `${t(`role.${item.byRole}`)} ${item.by}` : t(`role.${item.byRole}`);
    const days = Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, DAY.test(value) ? formatDate(value) : value]),
    );
    const reasons = command === "return_registration" ? "returnReason" : "reason";
    const words = {
      ...days,
      by,
      milestone: deal.milestones.find((row) => String(row.number) === params.number)?.label ?? params.number ?? "",
      origin: params.origin ? t(`origin.${params.origin}`).toLowerCase() : "",
      kind: params.kind ? t(`documentKind.${params.kind}`).toLowerCase() : "",
      side: params.side ? t(`party.${params.side}`).toLowerCase() : "",
      reason: params.reasonCode ? t(`${reasons}.${params.reasonCode}`).toLowerCase() : "",
    };
    const told = [t(`timeline.${command}${params.outcome === "waived" ? "Waived" : ""}`, words)];
    if (command === "sign" && params.duty) {
      told.push(t(`timeline.duty.${params.duty}`));
      if (params.dueOn) told.push(t("timeline.fileBy", words));
    }
    if (command === "confirm_acceptance" && item.stage === "accepted") told.push(t("timeline.bothAccepted"));
    return told.join(" ");
  };
  const entries = (items: readonly DealTimelineItem[]) =>
    items.map((item) => ({
      key: item.id,
      at: item.at,
      title: <span className="block max-w-text font-normal">{sentence(item)}</span>,
      body: item.note ? <p className="max-w-text break-words whitespace-pre-line text-muted">{item.note}</p> : null,
    }));
  if (oldestFirst) return <Timeline items={entries([...deal.timeline].reverse())} />;
  const earlier = deal.timeline.slice(NEWEST);
  return (
    <>
      <Timeline items={entries(deal.timeline.slice(0, NEWEST))} />
      {earlier.length > 0 ? (
        <details className="mt-2">
          <summary className="link mb-2 inline-flex min-h-11 items-center">
            {t("story.earlier", { count: earlier.length })}
          </summary>
          <Timeline items={entries(earlier)} />
        </details>
      ) : null}
    </>
  );
}
