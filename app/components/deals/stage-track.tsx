import Check from "lucide-react/icons/check";
import { useTranslation } from "react-i18next";
import { DateText } from "~/components/ui";
import type { TrackItem, TrackState } from "./track";

const DOT: Record<TrackState, string> = {
  done: "border-primary bg-primary text-on-primary",
  current: "border-accent bg-accent-soft text-accent-ink",
  next: "border-primary bg-surface text-primary",
  optional: "border-dashed border-line-strong bg-surface text-muted",
  ahead: "border-line-strong bg-surface text-muted",
  skipped: "border-dashed border-line-strong bg-surface text-muted",
};

function Step({ item, number }: { item: TrackItem; number: number }) {
  const { t } = useTranslation("deals");
  const { state } = item;
  const reached = state === "done" || state === "current";
  return (
    <>
      <span
        aria-hidden="true"
        className={`relative z-1 flex size-7 shrink-0 items-center justify-center rounded-full border-2 text-xs font-semibold tabular-nums ${DOT[state]}`}
      >
        {state === "done" ? <Check size={16} /> : state === "skipped" ? "–" : number}
      </span>
      <span
        className={`min-w-0 text-sm ${state === "current" ? "font-semibold" : state === "done" || state === "next" ? "" : "text-muted"}`}
      >
        <span className="sr-only">{t(`track.${state}`)}: </span>
        {t(`stage.${item.stage}`)}
        {reached && item.on ? (
          <span className="block text-xs font-normal text-muted">
            <DateText date={item.on} />
          </span>
        ) : state === "skipped" || state === "next" || state === "optional" ? (
          <span aria-hidden="true" className="block text-xs font-normal text-muted">
            {t(`track.${state}`)}
          </span>
        ) : null}
      </span>
    </>
  );
}

/** The way of a deal from negotiation to liquidation: a row on wide screens, folded under the current step on a phone. */
export function StageTrack({ items }: { items: readonly TrackItem[] }) {
  const { t } = useTranslation("deals");
  const current = items.find((item) => item.state === "current") ?? items.findLast((item) => item.state === "done");
  return (
    <>
      <ol aria-label={t("track.label")} className="hidden auto-cols-fr grid-flow-col gap-x-2 lg:grid">
        {items.map((item, index) => (
          <li
            key={item.stage}
            aria-current={item.state === "current" ? "step" : undefined}
            className={`relative flex min-w-0 flex-col gap-2 after:absolute after:top-3.5 after:left-7 after:h-0.5 after:w-[calc(100%-1.25rem)] last:after:hidden ${item.state === "done" ? "after:bg-primary" : "after:bg-line"}`}
          >
            <Step item={item} number={index + 1} />
          </li>
        ))}
      </ol>
      <details className="group lg:hidden">
        <summary className="flex min-h-11 flex-col justify-center gap-2">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <strong>{current ? t(`stage.${current.stage}`) : null}</strong>
            <span className="link text-sm">
              <span className="group-open:hidden">{t("track.show")}</span>
              <span className="hidden group-open:inline">{t("track.hide")}</span>
            </span>
          </span>
          <span aria-hidden="true" className="flex gap-1">
            {items.map((item) => (
              <span
                key={item.stage}
                className={`h-2 grow rounded-full ${item.state === "done" ? "bg-primary" : item.state === "current" ? "bg-accent" : "bg-sunken outline-1 outline-line-strong"}`}
              />
            ))}
          </span>
        </summary>
        <ol aria-label={t("track.label")} className="mt-4 flex flex-col gap-3">
          {items.map((item, index) => (
            <li
              key={item.stage}
              aria-current={item.state === "current" ? "step" : undefined}
              className="flex min-w-0 items-start gap-3"
            >
              <Step item={item} number={index + 1} />
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}
