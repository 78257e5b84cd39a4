import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "~/components/ui";

const ANSWER: Record<string, Tone> = { talking: "info", agreed: "success", signed: "success", stopped: "neutral" };

/** What a side said came of it; without an answer, that it is silent. */
export function OutcomeBadge({ answer }: { answer: string | null }) {
  const { t } = useTranslation("outcomes");
  return answer ? (
    <Badge tone={ANSWER[answer] ?? "neutral"}>{t(`answer.${answer}`)}</Badge>
  ) : (
    <Badge tone="warning">{t("broker.silent")}</Badge>
  );
}
