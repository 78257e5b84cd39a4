import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CheckboxField, SelectField, TextAreaField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Button, Card } from "~/components/ui";
import type { InsertedTemplate, ReviewView, TemplateView } from "~/modules/listings/index.server";
import { CHANGE_REASONS, REJECT_REASONS, type TypedChecklist } from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { TemplatePicker } from "../lists/template-picker";
import { ReviewChecklist } from "./review-checklist";

/** What was typed. */
export type DecisionValues = {
  note: string;
  changeReason: string;
  rejectReason: string;
  askSecond: boolean;
  checklist: TypedChecklist;
};

/** The same with a template's words behind the note and its reason chosen. */
export function withTemplate(values: DecisionValues, { note, purpose, reasonCode }: InsertedTemplate): DecisionValues {
  const reason = purpose === "reject" ? "rejectReason" : "changeReason";
  return { ...values, note, ...(reasonCode ? { [reason]: reasonCode } : {}) };
}

/** The reason's message beside the list that it was missing from. */
export function besideReason(failure: Failure, name: "changeReason" | "rejectReason"): Failure {
  const { reasonCode, ...fields } = failure.fields ?? {};
  return { ...failure, fields: { ...fields, ...(reasonCode ? { [name]: reasonCode } : {}) } };
}

type DecisionFormProps = {
  review: Pick<ReviewView, "asked" | "hints" | "lists" | "second">;
  values?: DecisionValues;
  errors: Record<string, string[]>;
  /** answer templates in use */
  templates: readonly TemplateView[];
};

/** Approve, ask for changes, reject: each button stands beside what it needs. */
export function DecisionForm({ review, values, errors, templates }: DecisionFormProps) {
  const { t } = useTranslation(["listings", "review"]);
  const rejections = useReasons("review.reject", REJECT_REASONS);
  const changes = useReasons("review.change", CHANGE_REASONS);
  const { second } = review;
  const half = second.needed && second.first === null;
  const options = (codes: readonly string[]) => codes.map((value) => ({ value, label: t(`reason.${value}`) }));
  return (
    <Card title={t("review.decide")}>
      <Form method="post" noValidate>
        <h3 className="mb-1 font-semibold">{t("review:title")}</h3>
        <ReviewChecklist review={review} typed={values?.checklist ?? {}} errors={errors} />
        {half ? (
          <p className="mb-2 text-sm">{t(second.always ? "review:second.always" : "review:second.needed")}</p>
        ) : null}
        {half || second.first ? null : (
          <CheckboxField
            name="askSecond"
            value="yes"
            label={t("review:second.ask")}
            hint={t("review:second.askHint")}
            defaultChecked={values?.askSecond === true}
          />
        )}
        {half ? null : <p className="text-sm text-muted">{t("review.approveNote")}</p>}
        <p className="mt-2">
          <Button name="intent" value="approve">
            {t(half ? "review:second.approve" : "review.approve")}
          </Button>
        </p>
        <div className="mt-5 border-t border-line pt-4">
          <TemplatePicker templates={templates} error={errors.templateId} />
          <TextAreaField
            label={t("review.note")}
            hint={t("review.noteHint")}
            name="note"
            defaultValue={values?.note}
            error={errors.note}
            rows={4}
            maxLength={2000}
          />
        </div>
        <div className="mt-5 border-t border-line pt-4">
          <SelectField
            label={t("review.changeReason")}
            name="changeReason"
            defaultValue={values?.changeReason}
            options={options(changes)}
            placeholder={t("placeholder.choose")}
            error={errors.changeReason}
          />
          <Button name="intent" value="changes" variant="secondary">
            {t("review.requestChanges")}
          </Button>
        </div>
        <div className="mt-5 border-t border-line pt-4">
          <SelectField
            label={t("review.rejectReason")}
            hint={t("review.confirmReject")}
            name="rejectReason"
            defaultValue={values?.rejectReason}
            options={options(rejections)}
            placeholder={t("placeholder.choose")}
            error={errors.rejectReason}
          />
          <Button name="intent" value="reject" variant="danger">
            {t("review.reject")}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
