import { Form } from "@remix-run/react";
import CircleDashed from "lucide-react/icons/circle-dashed";
import { useTranslation } from "react-i18next";
import { Button, Card, LinkButton } from "~/components/ui";
import type { SessionView } from "~/modules/sessions/index.server";

type Way = { to: string; label: string };

/** Where the broker goes to remove what stands in the way; null when only time does. */
function wayTo(view: SessionView): Way | null {
  const link = (path: string) => `/broker/sessions/${view.id}/${path}`;
  for (const { code } of view.blockers) {
    if (code.endsWith("placeNeeded") && view.may.edit) return { to: link("edit"), label: "session.setPlace" };
    if (/(meetingNeeded|plannedNeeded)$/.test(code) && view.may.addMeeting)
      return { to: link("meetings/new"), label: "session.addMeeting" };
    if (/(declinedOpen|attendanceOpen|minutesMissing)$/.test(code))
      return { to: "#meetings", label: "session.toMeetings" };
  }
  return null;
}

/** The one next step of a session: what it does, what is missing before it, and the button once nothing is. */
export function NextStepCard({ view }: { view: SessionView }) {
  const { t } = useTranslation("sessions");
  const { next, blockers, may } = view;
  if (!next) return null;
  const ready = blockers.length === 0;
  const way = wayTo(view);
  const silent = view.meetings
    .filter((meeting) => meeting.state === "planned" && meeting.invitedAt)
    .flatMap((meeting) => meeting.participants.filter((side) => side.response === "none")).length;
  return (
    <Card title={t("next.title")} className="border-l-4 border-l-primary">
      <p className="text-lg font-semibold">{t(`next.${next}.title`)}</p>
      <p className="mt-1 max-w-text text-muted">{t(`next.${next}.text`)}</p>
      {next === "confirm" && ready && silent > 0 ? (
        <p className="mt-3 font-medium">{t("next.silent", { count: silent })}</p>
      ) : null}
      {ready ? null : (
        <div className="mt-4">
          <p className="font-medium">{t("next.missing")}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {blockers.map((blocker) => (
              <li key={`${blocker.code} ${JSON.stringify(blocker.params ?? {})}`} className="flex items-start gap-2">
                <CircleDashed size={20} aria-hidden="true" className="mt-1 shrink-0 text-warning" />
                <span className="min-w-0">{t(blocker.code, blocker.params ?? {})}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {may.work && (ready || way) ? (
        <div className="no-print mt-5 flex flex-wrap gap-3">
          {ready ? (
            <Form method="post">
              <input type="hidden" name="revision" value={view.revision} />
              <Button size="large" name="intent" value={next}>
                {t(`next.${next}.button`)}
              </Button>
            </Form>
          ) : way ? (
            <LinkButton size="large" to={way.to}>
              {t(way.label)}
            </LinkButton>
          ) : null}
        </div>
      ) : null}
    </Card>
  );
}
