import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { StackedFacts } from "~/components/brokering/states";
import { Card } from "~/components/ui";
import type { SessionFacts } from "~/modules/sessions/index.server";
import { WhenText } from "./when";

/** Where and when, who runs it, how the room is set. */
export function SessionFactsCard({ session }: { session: SessionFacts }) {
  const { t } = useTranslation("sessions");
  return (
    <Card title={t("session.facts")}>
      <StackedFacts
        items={[
          {
            key: "when",
            term: t("session.when"),
            description: <WhenText startsAt={session.startsAt} endsAt={session.endsAt} stacked />,
          },
          { key: "place", term: t("field.place"), description: session.place },
          ...(session.onlineUrl
            ? [
                {
                  key: "online",
                  term: t("field.onlineUrl"),
                  description: (
                    <a className="link break-all" href={session.onlineUrl} rel="noreferrer">
                      {session.onlineUrl}
                    </a>
                  ),
                },
              ]
            : []),
          {
            key: "tables",
            term: t("session.room"),
            description: t(session.tables === 0 ? "session.roomOnline" : "session.roomText", {
              tables: session.tables,
              minutes: session.slotMinutes,
            }),
          },
          {
            key: "owner",
            term: t("list.column.owner"),
            description: [session.owner.fullName, session.owner.phone].filter(Boolean).join(" · "),
          },
          ...(session.agenda
            ? [
                {
                  key: "agenda",
                  term: t("field.agenda"),
                  description: <span className="whitespace-pre-line">{session.agenda}</span>,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

export const PAPERS = ["invitations", "agenda", "pairs"] as const;
export type Paper = (typeof PAPERS)[number];

/** What is printed and what goes into calendars. */
export function SessionPapers({ session }: { session: SessionFacts }) {
  const { t } = useTranslation("sessions");
  const link = "link inline-flex min-h-11 items-center";
  return (
    <Card title={t("papers.title")} className="no-print">
      <ul>
        {PAPERS.map((paper) => (
          <li key={paper}>
            <Link className={link} to={`/broker/sessions/${session.id}/print/${paper}`}>
              {t(`papers.${paper}`)}
            </Link>
          </li>
        ))}
        <li>
          <Link className={link} reloadDocument to={`/broker/sessions/${session.id}/calendar.ics`}>
            {t("papers.calendar")}
          </Link>
        </li>
      </ul>
    </Card>
  );
}
