import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors } from "~/components/forms";
import { Button, Card, DateText } from "~/components/ui";
import type { MeetingView } from "~/modules/sessions/index.server";
import { MinutesAnswerForm } from "./minutes-answer-form";
import { MinutesText } from "./minutes-text";
import { MinutesBadge } from "./states";

/** Names behind "who has the next step", as this side reads them. */
export function useOwnerNames(meeting: MeetingView): Record<"need" | "offering" | "broker", string> {
  const { t } = useTranslation("sessions");
  const { mine, other } = meeting;
  const names = { need: "", offering: "", broker: t("owner.brokerNamed", { name: meeting.broker.fullName }) };
  names[other.side] = other.organisation;
  names[mine.side] = t("owner.mine", { name: mine.organisation });
  return names;
}

type PartyMinutesProps = { meeting: MeetingView; answer: FormValues; step: FormValues };

/** The minutes for a party: read, confirm or say what is wrong, then its own next step. */
export function PartyMinutes({ meeting, answer, step }: PartyMinutesProps) {
  const { t } = useTranslation("sessions");
  const names = useOwnerNames(meeting);
  const { minutes, may, mine } = meeting;
  if (!minutes)
    return (
      <Card title={t("minutes.title")}>
        <p className="max-w-text">{t(meeting.minutesBeingRevised ? "party.minutesRevised" : "party.minutesComing")}</p>
      </Card>
    );
  return (
    <>
      <Card
        id="minutes"
        title={
          <span className="flex flex-wrap items-center gap-3">
            {t("minutes.title")} <MinutesBadge state={minutes.state} />
          </span>
        }
      >
        <MinutesText minutes={minutes} names={names} />
        {minutes.mine ? (
          <p className="mt-4 border-t border-line pt-4">
            {t(minutes.mine.confirmed ? "party.minutesConfirmed" : "party.minutesDisputed")}{" "}
            <span className="text-muted">
              <DateText date={minutes.mine.at} time />
              {minutes.mine.by ? ` · ${minutes.mine.by}` : ""}
            </span>
            {minutes.mine.remark ? (
              <span className="mt-1 block break-words whitespace-pre-line">{minutes.mine.remark}</span>
            ) : null}
            {minutes.mine.confirmed && !minutes.otherConfirmed ? (
              <span className="mt-1 block text-muted">{t("party.minutesOther")}</span>
            ) : null}
          </p>
        ) : null}
        {may.answerMinutes ? (
          <div className="no-print mt-4 border-t border-line pt-4">
            {minutes.confirmBy ? (
              <p className="mb-3 font-medium">
                {t("minutes.confirmUntil")} <DateText date={minutes.confirmBy} />
              </p>
            ) : null}
            <MinutesAnswerForm form={answer} side={mine.side} revision={minutes.revision} />
          </div>
        ) : (
          <FormErrors failure={answer.failure} />
        )}
      </Card>
      {may.completeStep && minutes.nextStep ? (
        <Card title={t("party.ourStep")}>
          <p className="text-lg font-semibold break-words">{minutes.nextStep}</p>
          <p className="mt-1">
            {t("minutes.by")} <DateText date={minutes.nextOn} />
          </p>
          <Form method="post" className="no-print mt-4">
            <FormErrors failure={step.failure} />
            <p className="mb-3 max-w-text text-muted">{t("party.stepText")}</p>
            <Button variant="secondary" name="intent" value="step">
              {t("party.stepDone")}
            </Button>
          </Form>
        </Card>
      ) : (
        <FormErrors failure={step.failure} />
      )}
    </>
  );
}
