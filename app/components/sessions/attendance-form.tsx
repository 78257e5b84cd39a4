import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { FieldError, FormErrors } from "~/components/forms";
import { Button } from "~/components/ui";
import type { ParticipantView } from "~/modules/sessions/index.server";

type AttendanceFormProps = { form: FormValues; revision: number; sides: ParticipantView[] };

/** Who came: two large answers for each side, made for a thumb at the door of the hall. */
export function AttendanceForm({ form, revision, sides }: AttendanceFormProps) {
  const { t } = useTranslation("sessions");
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
      <p className="mb-4 max-w-text text-muted">{t("attendance.text")}</p>
      <Button size="large" name="intent" value="attendance">
        {t("attendance.save")}
      </Button>
    </Form>
  );
}
