import { useTranslation } from "react-i18next";
import { StackedFacts } from "~/components/brokering/states";
import { Card } from "~/components/ui";
import type { MeetingView } from "~/modules/sessions/index.server";
import { useTableName } from "./schedule-grid";
import { WhenText } from "./when";

/** When and where a party's meeting is, and whom it meets. */
export function WhereWhen({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  const { session, tableNumber } = meeting;
  const online = tableNumber === null;
  const url = session.onlineUrl ? (
    <a className="link break-all" href={session.onlineUrl} rel="noreferrer">
      {session.onlineUrl}
    </a>
  ) : null;
  return (
    <StackedFacts
      items={[
        {
          key: "when",
          term: t("party.when"),
          description: (
            <strong className="text-lg">
              <WhenText startsAt={meeting.startsAt} endsAt={meeting.endsAt} stacked />
            </strong>
          ),
        },
        {
          key: "where",
          term: t(online ? "party.online" : "party.where"),
          description: online ? (
            url
          ) : (
            <>
              <strong>{session.place}</strong>
              <span className="block">{tableName(tableNumber)}</span>
            </>
          ),
        },
        ...(!online && url ? [{ key: "online", term: t("party.alsoOnline"), description: url }] : []),
        { key: "with", term: t("party.with"), description: <strong>{meeting.other.organisation}</strong> },
        { key: "session", term: t("party.session"), description: session.title },
      ]}
    />
  );
}

/** What to bring, and the day's programme. */
export function PrepareCard({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation("sessions");
  const { agenda } = meeting.session;
  return (
    <Card title={t("party.bring")}>
      <ul className="list-disc pl-6">
        {(["papers", "person", "questions"] as const).map((key) => (
          <li key={key}>{t(`party.bringList.${meeting.mine.side}.${key}`)}</li>
        ))}
        <li>{t(meeting.tableNumber === null ? "party.bringList.online" : "party.bringList.early")}</li>
      </ul>
      {agenda ? (
        <div className="mt-4 border-t border-line pt-4">
          <h3 className="font-semibold">{t("field.agenda")}</h3>
          <p className="mt-1 break-words whitespace-pre-line">{agenda}</p>
        </div>
      ) : null}
    </Card>
  );
}
