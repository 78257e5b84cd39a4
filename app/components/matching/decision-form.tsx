import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { DISMISS_REASONS } from "~/modules/matching/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors, SelectField, TextAreaField } from "../forms";
import { useReasons } from "../reasons";
import { Button, LinkButton } from "../ui";
import type { MatchData } from "./match-card";

export type DecisionTyped = { matchId: string; reasonCode: string; note: string };

/** Shortlist, dismiss with a coded reason, or take it back. Plain forms: they work without JavaScript. */
export function DecisionForm({
  match,
  failure,
  typed,
}: {
  match: MatchData;
  failure?: Failure | null;
  typed?: DecisionTyped | null;
}) {
  const { t } = useTranslation("matching");
  const reasons = useReasons("match.dismiss", DISMISS_REASONS);
  const id = <input type="hidden" name="matchId" value={match.id} />;
  const name = match.other.reference ?? match.other.title;
  return (
    <div id={`match-${match.id}`} className="no-print flex flex-col gap-3 border-t border-line pt-4">
      <FormErrors failure={failure} labels={{ note: t("dismiss.note"), reasonCode: t("dismiss.reason") }} />
      <div className="flex flex-wrap gap-3">
        {match.decision === "shortlisted" ? null : (
          <Form method="post" preventScrollReset>
            {id}
            <Button name="intent" value="shortlist" aria-label={t("shortlist.of", { name })}>
              {t("shortlist.button")}
            </Button>
          </Form>
        )}
        {match.decision === "shortlisted" ? (
          <LinkButton to={`/broker/cases/new?match=${match.id}`} aria-label={t("case.of", { name })}>
            {t("case.open")}
          </LinkButton>
        ) : null}
        {match.decision === "none" ? null : (
          <Form method="post" preventScrollReset>
            {id}
            <Button variant="secondary" name="intent" value="undo" aria-label={t("undo.of", { name })}>
              {t("undo.button")}
            </Button>
          </Form>
        )}
      </div>
      {match.decision === "dismissed" ? null : (
        <details open={failure ? true : undefined}>
          <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t("dismiss.open")}</summary>
          <Form method="post" preventScrollReset className="mt-2 rounded-md bg-sunken p-4">
            {id}
            <SelectField
              id={`reason-${match.id}`}
              name="reasonCode"
              label={t("dismiss.reason")}
              required
              placeholder={t("dismiss.choose")}
              defaultValue={typed?.reasonCode ?? ""}
              error={failure?.fields?.reasonCode}
              options={reasons.map((code) => ({ value: code, label: t(`reason.${code}`) }))}
            />
            <TextAreaField
              id={`note-${match.id}`}
              name="note"
              label={t("dismiss.note")}
              hint={t("dismiss.noteHint")}
              rows={2}
              defaultValue={typed?.note ?? ""}
              error={failure?.fields?.note}
            />
            <Button variant="danger" name="intent" value="dismiss" aria-label={t("dismiss.of", { name })}>
              {t("dismiss.button")}
            </Button>
          </Form>
        </details>
      )}
    </div>
  );
}
