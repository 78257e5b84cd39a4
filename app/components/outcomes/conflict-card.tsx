import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FormErrors, RadioGroup, TextAreaField } from "~/components/forms";
import { Badge, Button, Card, LinkButton } from "~/components/ui";
import { CHASE_ANSWERS } from "~/modules/deals/schemas";
import { type StepSide, StepSides } from "./step-sides";

type Conflict = {
  caseId: string;
  caseTitle: string;
  broker: string;
  mine: boolean;
  ownSide: boolean;
  step: { questionId: string; days: number; sides: readonly StepSide[] };
};

/** Two different stories beside each other, and the form for what the broker found out. */
export function ConflictCard({ conflict, form }: { conflict: Conflict; form: FormValues }) {
  const { t } = useTranslation("outcomes");
  const { step } = conflict;
  return (
    <Card
      level={3}
      id={`step-${step.questionId}`}
      title={<span className="break-words">{conflict.caseTitle}</span>}
      actions={
        <LinkButton variant="secondary" size="small" to={`/broker/cases/${conflict.caseId}`}>
          {t("broker.toCase")}
        </LinkButton>
      }
    >
      <p className="mb-4 flex flex-wrap items-center gap-2 text-muted">
        <Badge tone={conflict.mine ? "info" : "neutral"}>
          {conflict.mine ? t("broker.mine") : t("broker.of", { name: conflict.broker })}
        </Badge>
        {t("page.after", { count: step.days })}
      </p>
      <StepSides sides={step.sides} />
      {conflict.ownSide ? (
        <p className="mt-4">{t("broker.ownSide")}</p>
      ) : (
        <Form method="post" noValidate className="mt-6">
          {/* each message stands beside its field: several forms of one page share the fields' names */}
          <FormErrors failure={form.failure && { code: form.failure.code, params: form.failure.params }} />
          <input type="hidden" name="questionId" value={step.questionId} />
          <RadioGroup
            id={`resolution-${step.questionId}`}
            name="resolution"
            legend={t("broker.found")}
            columns={2}
            required
            error={form.error("resolution")}
            defaultValue={form.text("resolution")}
            options={CHASE_ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
          />
          <TextAreaField
            id={`note-${step.questionId}`}
            name="note"
            label={t("broker.note")}
            hint={t("broker.noteHint")}
            error={form.error("note")}
            defaultValue={form.text("note")}
            required
            maxLength={1000}
            rows={3}
          />
          <Button>{t("broker.resolve")}</Button>
        </Form>
      )}
    </Card>
  );
}
