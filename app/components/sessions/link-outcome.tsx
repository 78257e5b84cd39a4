import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { Card, LinkButton, PageHeader } from "~/components/ui";
import type { Failure } from "~/platform/result";

type LinkOutcomeProps = {
  about: "meeting" | "minutes";
  /** wrong, over, answered.<answer> */
  outcome: string;
  meetingId: string | null;
  failure: Failure | null;
};

/** Behind a one-tap link when there is nothing to answer: thanks and what happens next, or why the link does nothing. */
export function LinkOutcome({ about, outcome, meetingId, failure }: LinkOutcomeProps) {
  const { t } = useTranslation("sessions");
  const key = outcome === "wrong" ? "link.wrong" : `link.${about}.${outcome}`;
  return (
    <>
      <PageHeader title={t(`${key}.title`)} />
      <FormErrors failure={failure} />
      <Card>
        <p className="mb-4 max-w-text">{t(`${key}.text`)}</p>
        {meetingId ? (
          <LinkButton variant="secondary" to={`/meetings/${meetingId}`}>
            {t("link.signIn")}
          </LinkButton>
        ) : (
          <LinkButton to="/">{t("common:error.toHome")}</LinkButton>
        )}
      </Card>
    </>
  );
}
