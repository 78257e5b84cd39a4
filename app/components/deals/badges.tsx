import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "~/components/ui";

const STATUS: Record<string, Tone> = {
  active: "info",
  paused: "warning",
  lost: "neutral",
  terminated: "danger",
  closed: "success",
};

/** How a deal stands: its stage while it is under way, otherwise how it ended and where. */
export function DealBadges({ stage, status }: { stage: string; status: string }) {
  const { t } = useTranslation("deals");
  return (
    <span className="inline-flex flex-wrap gap-2 md:whitespace-nowrap">
      {status === "active" ? null : <Badge tone={STATUS[status] ?? "neutral"}>{t(`status.${status}`)}</Badge>}
      {status === "closed" ? null : (
        <Badge tone={status === "active" ? "info" : "neutral"}>{t(`stage.${stage}`)}</Badge>
      )}
    </span>
  );
}

/** Days left until the registration file is due, or by how many days it is late. */
export function RegisterBadge({ days }: { days: number }) {
  const { t } = useTranslation("deals");
  const tone: Tone = days < 0 ? "danger" : days <= 14 ? "warning" : "neutral";
  return (
    <Badge tone={tone}>
      {t(`register.${days < 0 ? "over" : days === 0 ? "today" : "left"}`, { count: Math.abs(days) })}
    </Badge>
  );
}
