import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Badge, DateText, EmptyState, LinkButton } from "~/components/ui";
import type { MeetingChoice } from "~/modules/sessions/index.server";
import { timeOf } from "./slots";

type IntroductionChoiceProps = { choices: MeetingChoice[]; to: (introductionId: string) => string };

/** Pairs that have agreed to meet and have no meeting yet; one is picked by going to its form. */
export function IntroductionChoice({ choices, to }: IntroductionChoiceProps) {
  const { t } = useTranslation("sessions");
  if (choices.length === 0)
    return (
      <EmptyState
        title={t("add.nothing")}
        action={
          <LinkButton variant="secondary" to="/broker/cases">
            {t("add.toCases")}
          </LinkButton>
        }
      >
        {t("add.nothingText")}
      </EmptyState>
    );
  return (
    <ul className="flex flex-col gap-4">
      {choices.map((choice) => (
        <li key={choice.introductionId} className="card flex flex-wrap items-center justify-between gap-4 p-4">
          <div className="min-w-0">
            <p className="font-semibold break-words">
              {choice.need.name} <span aria-hidden="true">↔</span>
              <span className="sr-only"> {t("add.and")} </span> {choice.offering.name}
            </p>
            <p className="mt-1 text-sm text-muted">
              <Link className="link" to={`/broker/cases/${choice.caseId}`}>
                {choice.caseTitle}
              </Link>{" "}
              · {t("add.agreedOn")} <DateText date={choice.acceptedAt} />
              {choice.slots[0] ? ` · ${t("add.firstFree", { time: timeOf(choice.slots[0].startsAt) })}` : ""}
            </p>
            {choice.lastMet ? (
              <p className="mt-1 text-sm font-medium">
                {t("add.lastMet")} <DateText date={choice.lastMet} />
              </p>
            ) : null}
            {choice.ownSide ? (
              <p className="mt-2">
                <Badge tone="warning">{t("add.ownSide")}</Badge>
              </p>
            ) : null}
          </div>
          {choice.ownSide ? null : (
            <LinkButton variant="secondary" to={to(choice.introductionId)}>
              {t("add.choose")}
            </LinkButton>
          )}
        </li>
      ))}
    </ul>
  );
}
