import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, DataTable, DateText } from "~/components/ui";
import type { ParticipantView, SessionMeeting } from "~/modules/sessions/index.server";
import { useTableName } from "./schedule-grid";
import { MeetingBadge, MinutesBadge, ResponseBadge } from "./states";
import { spanOf } from "./when";

function Side({ side, meeting }: { side: ParticipantView | undefined; meeting: SessionMeeting }) {
  const { t } = useTranslation("sessions");
  if (!side) return null;
  const planned = meeting.state === "planned";
  return (
    <>
      <span className="block font-medium break-words">{side.organisation.name}</span>
      <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
        {planned && meeting.invitedAt ? <ResponseBadge response={side.response} /> : null}
        {planned && side.declineReason ? t(`declineReason.${side.declineReason}`) : null}
        {planned && side.response === "none" && side.remindedOn ? (
          <span>
            {t("meeting.reminded")} <DateText date={side.remindedOn} />
          </span>
        ) : null}
        {side.attended === null ? null : t(side.attended ? "meeting.came" : "meeting.didNotCome")}
      </span>
      {planned && side.response === "none" && side.organisation.members === 0 ? (
        <span className="mt-1 block text-sm font-medium">{t("meeting.noMembers")}</span>
      ) : null}
    </>
  );
}

/** Every meeting with both sides' answers; on a phone it is the timetable too. */
export function MeetingList({ meetings }: { meetings: SessionMeeting[] }) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  const side = (meeting: SessionMeeting, name: string) => meeting.participants.find((one) => one.side === name);
  return (
    <DataTable
      caption={t("session.meetings")}
      rows={meetings}
      columns={[
        {
          key: "when",
          header: t("list.column.when"),
          cell: (meeting) => (
            <Link className="link font-medium" to={`/broker/meetings/${meeting.id}`}>
              <span className="whitespace-nowrap tabular-nums">{spanOf(meeting.startsAt, meeting.endsAt)}</span>
              <span className="block text-sm">{tableName(meeting.tableNumber)}</span>
            </Link>
          ),
        },
        { key: "need", header: t("side.need"), cell: (row) => <Side side={side(row, "need")} meeting={row} /> },
        {
          key: "offering",
          header: t("side.offering"),
          cell: (row) => <Side side={side(row, "offering")} meeting={row} />,
        },
        {
          key: "state",
          header: t("common:state"),
          cell: (meeting) => (
            <span className="flex flex-wrap gap-2">
              <MeetingBadge state={meeting.state} />
              {meeting.minutes ? (
                <MinutesBadge state={meeting.minutes.state} />
              ) : meeting.state === "held" ? (
                <Badge tone="warning">{t("summary.toWrite")}</Badge>
              ) : null}
            </span>
          ),
        },
      ]}
    />
  );
}
