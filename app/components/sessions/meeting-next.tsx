import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { Card, LinkButton } from "~/components/ui";
import type { BrokerMeetingView } from "~/modules/sessions/index.server";

/** What a meeting asks of the broker now. */
function stepOf(view: BrokerMeetingView): string {
  const { state, minutesText: minutes, participants } = view;
  if (state === "cancelled" || state === "no_show") return state;
  if (state === "planned") {
    if (view.may.attendance) return "attendance";
    if (!view.invitedAt) return "draft";
    if (participants.some((side) => side.response === "declined")) return "declined";
    return participants.some((side) => side.response === "none") ? "unanswered" : "ready";
  }
  if (!minutes) return "write";
  if (minutes.state === "draft") return "send";
  if (minutes.state === "disputed") return "disputed";
  if (minutes.outcome === "not_suitable") return minutes.state === "sent" ? "sent" : "ended";
  return minutes.state === "sent" ? "sent" : "deal";
}

/** The one next step of a meeting with its button. */
export function MeetingNext({ view }: { view: BrokerMeetingView }) {
  const { t } = useTranslation("sessions");
  const step = stepOf(view);
  const minutes = `/broker/meetings/${view.id}/minutes`;
  const deal = `/deals/new?meeting=${view.id}`;
  const towardsDeal = view.state === "held" && view.minutesText && view.minutesText.outcome !== "not_suitable";
  const writes = step === "write" || step === "send" || step === "disputed";
  const due = view.minutesDue ? formatDate(view.minutesDue) : null;
  return (
    <Card title={t("next.title")} className="border-l-4 border-l-primary">
      <p className="text-lg font-semibold">{t(`meetingNext.${step}.title`)}</p>
      <p className="mt-1 max-w-text text-muted">{t(`meetingNext.${step}.text`)}</p>
      {due && view.state === "held" ? (
        <p className="mt-2 font-medium">
          {t(step === "sent" ? "minutes.confirmBy" : "minutes.writeBy", { date: due })}
        </p>
      ) : null}
      <div className="no-print mt-4 flex flex-wrap gap-3">
        {writes && view.may.writeMinutes ? (
          <LinkButton size="large" to={minutes}>
            {t(`meetingNext.${step}.button`)}
          </LinkButton>
        ) : null}
        {step === "declined" && view.may.move ? (
          <LinkButton size="large" to="#change">
            {t("meetingNext.declined.button")}
          </LinkButton>
        ) : null}
        {step === "attendance" ? (
          <LinkButton size="large" to="#attendance">
            {t("meetingNext.attendance.button")}
          </LinkButton>
        ) : null}
        {towardsDeal && !view.ownSide && view.contacts ? (
          <LinkButton
            size={step === "deal" ? "large" : "normal"}
            variant={step === "deal" ? "primary" : "secondary"}
            to={deal}
          >
            {t("meetingNext.deal.button")}
          </LinkButton>
        ) : null}
      </div>
    </Card>
  );
}
