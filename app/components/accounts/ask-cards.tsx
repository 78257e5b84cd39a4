import { Form, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { FormErrors, TextAreaField } from "~/components/forms";
import { Alert, Button, Card, LinkButton } from "~/components/ui";
import type { FormValues } from "./form-values";

export type Standing = {
  membership: { id: string; role: string; state: string } | null;
  claim: { state: string; reasonCode: string | null; note: string | null; createdAt: Date } | null;
} | null;

/** How somebody outside comes in: asks to join, or claims the organisation as its representative. */
export function AskCards({ standing, join, claim }: { standing: Standing; join: FormValues; claim: FormValues }) {
  const { t } = useTranslation("accounts");
  const asked = standing?.membership?.state === "requested";
  const claimed = standing?.claim?.state === "pending";
  return (
    <>
      <Card title={t("organisation.joinTitle")} id="join">
        {asked ? (
          <p>{t("organisation.joinWaiting")}</p>
        ) : (
          <>
            <p className="mb-4 text-muted">
              {t(standing?.membership?.state === "declined" ? "organisation.joinDeclined" : "organisation.joinText")}
            </p>
            <FormErrors failure={join.failure} />
            <Form method="post">
              <TextAreaField
                name="note"
                label={t("organisation.joinNote")}
                error={join.error("note")}
                defaultValue={join.text("note")}
                maxLength={500}
                rows={3}
              />
              <Button name="intent" value="join">
                {t("organisation.join")}
              </Button>
            </Form>
          </>
        )}
      </Card>
      <Card title={t("organisation.claimTitle")} id="claim">
        {claimed ? (
          <p>{t("organisation.claimWaiting", { date: formatDate(standing.claim?.createdAt ?? new Date(0)) })}</p>
        ) : (
          <>
            {standing?.claim?.reasonCode ? (
              <Alert tone="warning">
                <p>{t("organisation.claimRejected", { reason: t(`reason.${standing.claim.reasonCode}`) })}</p>
                {standing.claim.note ? <p className="mt-1 whitespace-pre-line">{standing.claim.note}</p> : null}
              </Alert>
            ) : null}
            <p className="mb-4 text-muted">{t("organisation.claimText")}</p>
            <FormErrors failure={claim.failure} labels={{ evidence: t("organisation.evidence") }} />
            <Form method="post" noValidate>
              <TextAreaField
                name="evidence"
                label={t("organisation.evidence")}
                hint={t("organisation.evidenceHint")}
                error={claim.error("evidence")}
                defaultValue={claim.text("evidence")}
                required
                maxLength={2000}
                rows={4}
              />
              <Button variant="secondary" name="intent" value="claim">
                {t("organisation.claim")}
              </Button>
            </Form>
          </>
        )}
      </Card>
    </>
  );
}

/** A visitor who may belong here is shown the way in. */
export function SignInToAsk() {
  const { t } = useTranslation("accounts");
  const { pathname } = useLocation();
  return (
    <Card title={t("organisation.askTitle")}>
      <LinkButton to={`/sign-in?next=${encodeURIComponent(pathname)}`} variant="secondary">
        {t("organisation.signInToAsk")}
      </LinkButton>
    </Card>
  );
}
