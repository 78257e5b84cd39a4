import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { isoDay } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { Button } from "~/components/ui";
import type { BrokerMeetingView } from "~/modules/sessions/index.server";
import { SlotChoice } from "./slot-choice";
import { timeOf } from "./slots";

type MoveFormProps = {
  view: BrokerMeetingView;
  formOf: (intent: string, side?: string, stored?: Record<string, string | null>) => FormValues;
};

/** Another time or table. Both sides are asked again, in the same calendar entry. */
export function MoveForm({ view, formOf }: MoveFormProps) {
  const { t } = useTranslation("sessions");
  const form = formOf("move", undefined, {
    slot: "own",
    startTime: timeOf(view.startsAt),
    endTime: timeOf(view.endsAt),
    tableNumber: String(view.tableNumber ?? 0),
  });
  return (
    <details open={Boolean(form.failure)}>
      <summary className="link flex min-h-11 cursor-pointer items-center">{t("move.title")}</summary>
      <Form method="post" noValidate className="mt-2 mb-4">
        <FormErrors
          failure={form.failure}
          labels={{
            startTime: t("field.startTime"),
            endTime: t("field.endTime"),
            tableNumber: t("field.tableNumber"),
          }}
        />
        <p className="mb-3 max-w-text">{t(view.invitedAt ? "move.text" : "move.draftText")}</p>
        <input type="hidden" name="revision" value={view.revision} />
        <SlotChoice
          form={form}
          slots={view.slots}
          day={isoDay(view.session.startsAt)}
          tables={view.session.tables}
          online={Boolean(view.session.onlineUrl)}
        />
        <Button variant="secondary" name="intent" value="move">
          {t("move.submit")}
        </Button>
      </Form>
    </details>
  );
}
