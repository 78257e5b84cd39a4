import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FieldError, FormErrors } from "~/components/forms";
import { Button } from "~/components/ui";
import type { ParticipantView } from "~/modules/sessions/index.server";

type AttendanceFormProps = {
  form: FormValues;
  revision: number;
  sides: ParticipantView[];
  /** puts right what was recorded by mistake */
  correcting?: boolean;
};

/** Who came: two large answers for each side, made for a thumb at the door of the hall. */
export function AttendanceForm({ form, revision, sides, correcting = false }: AttendanceFormProps) {
  const { t } = useTranslation("sessions");
  const words = correcting ? "attendance.correct" : "attendance";
  return (
    <Form method="post" noValidate>
      <FormErrors failure={form.failure} labels={{ need: t("side.need"), offering: t("side.offering") }} />
      <input type="hidden" name="revision" value={revision} />
      <div className="grid gap-x-6 sm:grid-cols-2">
        {sides.map((side) => (
          <fieldset key={side.id} id={side.side} tabIndex={-1} className="mb-5 min-w-0">
            <legend className="mb-2 font-medium break-words">{side.organisation.name}</legend>
            <div className="grid grid-cols-2 gap-3">
              {(["yes", "no"] as const).map((value) => (
                <label
                  key={value}
                  className="flex min-h-16 cursor-pointer items-center justify-center gap-2 rounded-lg border-2 border-line-strong px-2 py-2 text-center font-semibold hover:border-primary has-checked:border-primary has-checked:bg-primary-soft"
                >
                  <input
                    type="radio"
                    name={side.side}
                    value={value}
                    defaultChecked={form.text(side.side) === value}
                    className="size-5 shrink-0 accent-(--primary)"
                  />
                  {t(`attendance.${value}`)}
                </label>
              ))}
            </div>
            <FieldError id={side.side} error={form.error(side.side)} />
          </fieldset>
        ))}
      </div>
      <p className="mb-4 max-w-text text-muted">{t(`${words}.text`)}</p>
      <Button
        size={correcting ? "normal" : "large"}
        variant={correcting ? "secondary" : "primary"}
        name="intent"
        value={correcting ? "correct" : "attendance"}
      >
        {t(`${words}.save`)}
      </Button>
    </Form>
  );
}

/** The same for a mistake about who came. Folded away: it is rare. */
export function CorrectAttendance(props: Omit<AttendanceFormProps, "correcting">) {
  const { t } = useTranslation("sessions");
  return (
    <details className="no-print" open={Boolean(props.form.failure)}>
      <summary className="link flex min-h-11 cursor-pointer items-center">{t("attendance.correct.title")}</summary>
      <div className="mt-2">
        <AttendanceForm {...props} correcting />
      </div>
    </details>
  );
}
