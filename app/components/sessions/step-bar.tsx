import Check from "lucide-react/icons/check";
import { useTranslation } from "react-i18next";

const STEPS: readonly string[] = ["draft", "inviting", "confirmed", "held", "closed"];

/** How far a session has come: five steps, the current one marked for eyes and for screen readers. */
export function StepBar({ state }: { state: string }) {
  const { t } = useTranslation("sessions");
  const now = STEPS.indexOf(state);
  if (now < 0) return null;
  return (
    <ol aria-label={t("session.steps")} className="no-print mb-6 grid gap-1.5 sm:grid-cols-5">
      {STEPS.map((step, index) => {
        const done = index < now || state === "closed";
        const current = index === now;
        return (
          <li
            key={step}
            aria-current={current ? "step" : undefined}
            className={`flex items-center gap-2 border-l-4 py-0.5 pl-3 sm:border-t-4 sm:border-l-0 sm:pt-2 sm:pl-0 ${
              done || current ? "border-primary" : "border-line"
            } ${current ? "font-semibold" : done ? "" : "text-muted"}`}
          >
            {done ? <Check size={18} aria-hidden="true" className="shrink-0 text-primary" /> : null}
            <span className="min-w-0">
              {t(`sessionState.${step}`)}
              {done ? <span className="sr-only"> ({t("session.stepDone")})</span> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
