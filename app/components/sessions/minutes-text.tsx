import { useTranslation } from "react-i18next";
import { DateText, DefinitionList } from "~/components/ui";
import type { MinutesView } from "~/modules/sessions/index.server";

type MinutesTextProps = { minutes: MinutesView; names: Record<"need" | "offering" | "broker", string> };

/** The minutes as everybody concerned reads them. */
export function MinutesText({ minutes, names }: MinutesTextProps) {
  const { t } = useTranslation("sessions");
  return (
    <DefinitionList
      items={[
        {
          key: "decisions",
          term: t("minutes.decisions"),
          description: <span className="break-words whitespace-pre-line">{minutes.decisions}</span>,
        },
        { key: "outcome", term: t("minutes.outcome"), description: t(`outcome.${minutes.outcome}`) },
        ...(minutes.nextStep
          ? [
              {
                key: "step",
                term: t("minutes.nextStep"),
                description: (
                  <>
                    <span className="break-words">{minutes.nextStep}</span>
                    <span className="block text-sm text-muted">
                      {minutes.nextOwner ? names[minutes.nextOwner] : null}
                      {minutes.nextOn ? (
                        <>
                          {" · "}
                          {t("minutes.by")} <DateText date={minutes.nextOn} />
                        </>
                      ) : null}
                    </span>
                    {minutes.stepDoneAt ? (
                      <span className="block text-sm font-medium text-success">
                        {t("minutes.stepDone")} <DateText date={minutes.stepDoneAt} />
                        {minutes.stepDoneBy ? ` · ${minutes.stepDoneBy}` : ""}
                      </span>
                    ) : null}
                  </>
                ),
              },
            ]
          : []),
        {
          key: "written",
          term: t("minutes.written"),
          description: (
            <>
              {minutes.writtenBy ? `${minutes.writtenBy} · ` : ""}
              <DateText date={minutes.writtenAt} time />
              {minutes.revision > 1 ? ` · ${t("minutes.revision", { number: minutes.revision })}` : ""}
            </>
          ),
        },
      ]}
    />
  );
}
