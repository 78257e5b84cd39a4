import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { CheckboxField, SelectField, TextAreaField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Button, Card } from "~/components/ui";
import type { ReviewView } from "~/modules/listings/index.server";
import { CHANGE_REASONS, REJECT_REASONS, type TypedChecklist } from "~/modules/listings/schemas";
import { ReviewChecklist } from "./review-checklist";

type DecisionFormProps = {
  review: Pick<ReviewView, "asked" | "hints" | "lists" | "second">;
  values?: { note: string; changeReason: string; rejectReason: string; askSecond: boolean; checklist: TypedChecklist };
  errors: Record<string, string[]>;
};

/** Approve, ask for changes, reject: each button stands beside what it needs. */
export function DecisionForm({ review, values, errors }: DecisionFormProps) {
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
