import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { TextField } from "~/components/forms";
import type { DealView } from "~/modules/deals/index.server";
import { typedAmount } from "./amounts";

/** Empty rows offered below those that are there; saving brings new ones. */
const SPARE_ROWS = 3;

type MilestoneEditorProps = { deal: DealView; form: FormValues; typedRows: number; maximum: number };

/** The plan as rows that can be filled without scripts. What is done or waived stays as it is and is not offered for change. */
export function MilestoneEditor({ deal, form, typedRows, maximum }: MilestoneEditorProps) {
  const { t } = useTranslation("deals");
  const open = deal.milestones.filter((row) => !row.doneOn && !row.waivedOn);
  const settled = deal.milestones.length - open.length;
  const rows = Math.max(typedRows, Math.min(open.length + SPARE_ROWS, maximum - settled));
  return (
    <ol className="flex flex-col gap-4">
      {Array.from({ length: rows }, (_, at) => {
        const field = (name: string) => `milestones[${at}].${name}`;
        const text = (name: string) => ({
          name: field(name),
          error: form.error(field(name)),
          defaultValue: form.text(field(name)),
          autoComplete: "off",
        });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity beyond their place in the form
          <li key={at} className="rounded-md border border-line p-3 pb-0 sm:p-4 sm:pb-0">
            <input type="hidden" name={field("id")} value={form.text(field("id"))} />
            <p className="mb-2 font-medium">{t("milestone.row", { number: settled + at + 1 })}</p>
            <div className="grid gap-x-4 sm:grid-cols-[minmax(0,1fr)_11rem_13rem]">
              <TextField {...text("label")} label={t("milestone.label")} maxLength={200} />
              <TextField {...text("dueOn")} type="date" label={t("milestone.dueOn")} />
              <TextField
                {...text("amount")}
                label={t("milestone.amountIn", { currency: deal.terms.currency })}
                maxLength={60}
              />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The stored open milestones as the form's first values. */
export function storedMilestones(deal: DealView): Record<string, string | null> {
  const open = deal.milestones.filter((row) => !row.doneOn && !row.waivedOn);
  return Object.fromEntries(
    open.flatMap((row, at) => [
      [`milestones[${at}].id`, row.id],
      [`milestones[${at}].label`, row.label],
      [`milestones[${at}].dueOn`, row.dueOn],
      [`milestones[${at}].amount`, typedAmount(row.amount, deal.terms.currency)],
    ]),
  );
}
