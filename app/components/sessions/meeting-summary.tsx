import { useTranslation } from "react-i18next";
import { Badge } from "~/components/ui";
import type { SessionMeeting } from "~/modules/sessions/index.server";
import { MeetingBadge } from "./states";

/** How a meeting stands, in one badge: before it, whether both sides come; afterwards, what became of it. */
export function MeetingSummary({ meeting }: { meeting: SessionMeeting }) {
  const { t } = useTranslation("sessions");
  if (meeting.state !== "planned") return <MeetingBadge state={meeting.state} />;
  if (!meeting.invitedAt) return <Badge>{t("summary.notInvited")}</Badge>;
  if (meeting.participants.some((side) => side.response === "declined"))
    return <Badge tone="danger">{t("summary.declined")}</Badge>;
  const silent = meeting.participants.filter((side) => side.response === "none").length;
  return silent === 0 ? (
    <Badge tone="success">{t("summary.confirmed")}</Badge>
  ) : (
    <Badge tone="warning">{t("summary.waiting", { count: silent })}</Badge>
  );
}
