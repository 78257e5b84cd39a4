import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DealBadges } from "~/components/deals/badges";
import { formatDate } from "~/components/format";
import { CaseOutcomes } from "~/components/outcomes/case-outcomes";
import { MeetingBadge, MinutesBadge } from "~/components/sessions/states";
import { Card, DateText, EmptyState, LinkButton } from "~/components/ui";
import type { CaseFile } from "~/modules/reports/index.server";

type Part = Pick<CaseFile, "meetings" | "deals" | "outcomes" | "next"> & { caseId: string; mayResolve: boolean };

/** What came of a case after its introduction: meetings, deals, what both sides said later; each with its next step. */
export function CaseProgress({ caseId, meetings, deals, outcomes, next, mayResolve }: Part) {
  return (
    <>
      <Meetings meetings={meetings} arrange={next.arrange} />
      <Deals deals={deals} openTo={next.openDeal ? `/deals/new?case=${caseId}` : null} />
      {outcomes.steps.length > 0 || outcomes.next ? <CaseOutcomes outcomes={outcomes} mayResolve={mayResolve} /> : null}
    </>
  );
}

function Meetings({ meetings, arrange }: { meetings: Part["meetings"]; arrange: boolean }) {
  const { t } = useTranslation("reports");
  const button = arrange ? <LinkButton to="/broker/sessions">{t("case.arrange")}</LinkButton> : null;
  if (meetings.length === 0)
    return arrange ? (
      <EmptyState title={t("case.noMeeting")} action={button}>
        {t("case.noMeetingText")}
      </EmptyState>
    ) : null;
  return (
    <Card title={t("case.meetings")} actions={button}>
      <ul className="divide-y divide-line">
        {meetings.map((meeting) => (
          <li key={meeting.id} className="py-3 first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-center gap-2">
              <Link
                className="link inline-flex min-h-11 items-center font-medium"
                to={`/broker/meetings/${meeting.id}`}
              >
                <DateText date={meeting.startsAt} time />
              </Link>
              <MeetingBadge state={meeting.state} />
              {meeting.minutes ? <MinutesBadge state={meeting.minutes.state} /> : null}
            </p>
            <p className="text-muted break-words">
              {[
                meeting.sessionTitle,
                meeting.place,
                meeting.tableNumber === null ? null : t("case.table", { number: meeting.tableNumber }),
                meeting.online ? t("case.online") : null,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
            {meeting.minutes?.nextStep ? (
              <p className="mt-1 break-words">
                {t("case.nextStep")}: <strong>{meeting.minutes.nextStep}</strong> ·{" "}
                {meeting.minutes.stepDoneAt ? t("case.stepDone") : <DateText date={meeting.minutes.nextOn} />}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Deals({ deals, openTo }: { deals: Part["deals"]; openTo: string | null }) {
  const { t } = useTranslation("reports");
  const button = openTo ? (
    <LinkButton variant="secondary" to={openTo}>
      {t("case.openDeal")}
    </LinkButton>
  ) : null;
  if (deals.length === 0)
    return button ? (
      <EmptyState title={t("case.noDeal")} action={button}>
        {t("case.noDealText")}
      </EmptyState>
    ) : null;
  return (
    <Card title={t("case.deals")} actions={button}>
      <ul className="divide-y divide-line">
        {deals.map((deal) => (
          <li key={deal.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 first:pt-0 last:pb-0">
            <Link className="link inline-flex min-h-11 items-center font-medium break-words" to={`/deals/${deal.id}`}>
              {deal.title}
            </Link>
            <DealBadges stage={deal.stage} status={deal.status} />
            <span className="basis-full text-sm text-muted tabular-nums">
              {deal.reference} · {t("case.since", { date: formatDate(deal.createdAt) })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
