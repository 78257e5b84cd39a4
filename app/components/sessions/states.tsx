import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "~/components/ui";

const SESSION: Record<string, Tone> = {
  draft: "neutral",
  inviting: "warning",
  confirmed: "success",
  held: "info",
  closed: "neutral",
  cancelled: "danger",
};
const MEETING: Record<string, Tone> = { planned: "info", held: "success", no_show: "warning", cancelled: "neutral" };
const RESPONSE: Record<string, Tone> = { none: "warning", confirmed: "success", declined: "danger" };
const MINUTES: Record<string, Tone> = { draft: "neutral", sent: "warning", confirmed: "success", disputed: "danger" };

function StateBadge({ tones, group, state }: { tones: Record<string, Tone>; group: string; state: string }) {
  const { t } = useTranslation("sessions");
  return (
    <Badge tone={tones[state] ?? "neutral"}>
      <span className="whitespace-nowrap">{t(`${group}.${state}`)}</span>
    </Badge>
  );
}

export const SessionBadge = ({ state }: { state: string }) => (
  <StateBadge tones={SESSION} group="sessionState" state={state} />
);
export const MeetingBadge = ({ state }: { state: string }) => (
  <StateBadge tones={MEETING} group="meetingState" state={state} />
);
export const ResponseBadge = ({ response }: { response: string }) => (
  <StateBadge tones={RESPONSE} group="response" state={response} />
);
export const MinutesBadge = ({ state }: { state: string }) => (
  <StateBadge tones={MINUTES} group="minutesState" state={state} />
);
