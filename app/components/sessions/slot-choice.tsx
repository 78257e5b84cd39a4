import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { RadioGroup } from "~/components/forms";
import type { Slot } from "~/modules/sessions/index.server";
import { useTableName } from "./schedule-grid";
import { SlotFields } from "./slot-fields";
import { slotKey } from "./slots";
import { spanOf } from "./when";

type SlotChoiceProps = { form: FormValues; slots: Slot[]; day: string; tables: number; online: boolean };

/** The first free times as ready answers, and "another time" with its own fields. Works without scripts. */
export function SlotChoice({ form, slots, day, tables, online }: SlotChoiceProps) {
  const { t } = useTranslation("sessions");
  const tableName = useTableName();
  if (slots.length === 0)
    return (
      <>
        <p className="mb-4 max-w-text font-medium">{t("slot.none")}</p>
        <input type="hidden" name="slot" value="own" />
        <SlotFields form={form} day={day} tables={tables} online={online} />
      </>
    );
  return (
    <>
      <RadioGroup
        name="slot"
        legend={t("slot.legend")}
        hint={t("slot.hint")}
        columns={2}
        defaultValue={form.text("slot")}
        options={[
          ...slots.map((slot) => ({
            value: slotKey(slot),
            label: (
              <>
                <span className="tabular-nums">{spanOf(slot.startsAt, slot.endsAt)}</span> ·{" "}
                {tableName(slot.tableNumber)}
              </>
            ),
          })),
          { value: "own", label: t("slot.own") },
        ]}
      />
      <fieldset className="mb-2 min-w-0 rounded-lg border border-line p-4">
        <legend className="px-2 text-sm text-muted">{t("slot.ownFields")}</legend>
        <SlotFields form={form} day={day} tables={tables} online={online} />
      </fieldset>
    </>
  );
}
