import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Failure } from "~/platform/result";
import { FormErrors } from "../forms";
import { Button, Card, DateText } from "../ui";

type Props = { since: Date | null; isPublic: boolean; failure?: Failure | null };

/** A broker makes a public need a challenge of the province, or ends it. */
export function ChallengeCard({ since, isPublic, failure }: Props) {
  const { t } = useTranslation("challenges");
  if (!since && !isPublic) return null;
  return (
    <Card title={t("mark.title")} className="no-print mb-6">
      <FormErrors failure={failure} />
      <p className="mb-4 max-w-text text-muted">
        {since ? (
          <>
            {t("mark.is")} <DateText date={since} />
          </>
        ) : (
          t("mark.text")
        )}
      </p>
      <Form method="post">
        <Button variant="secondary" name="intent" value={since ? "challenge-off" : "challenge-on"}>
          {t(since ? "mark.off" : "mark.on")}
        </Button>
      </Form>
    </Card>
  );
}
