import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { formatDate } from "~/components/format";
import { RadioGroup, TextField } from "~/components/forms";
import { useLocale } from "~/components/locale";
import { Button, Card } from "~/components/ui";
import type { DealView } from "~/modules/deals/index.server";
import { formatAmount } from "./amounts";

/** Writes down that a milestone was reached, or that the parties do without it. */
export function SettleMilestones({ deal, form }: { deal: DealView; form: FormValues }) {
  const { t } = useTranslation("deals");
  const locale = useLocale();
  const open = deal.milestones.filter((row) => !row.doneOn && !row.waivedOn);
  if (open.length === 0) return null;
  const facts = (row: (typeof open)[number]) =>
    [
      row.dueOn ? t("milestone.dueAt", { date: formatDate(row.dueOn) }) : null,
      row.amount === null ? null : formatAmount(row.amount, deal.terms.currency, locale),
      row.overdue ? t("milestone.overdue") : null,
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <Card title={t("milestone.settle")}>
      <Form method="post" noValidate key={deal.revision}>
        <RadioGroup
          name="milestoneId"
          legend={t("milestone.which")}
          required
          error={form.error("milestoneId")}
          defaultValue={form.text("milestoneId") || open[0]?.id}
          options={open.map((row) => ({
            value: row.id,
            label: `${row.number}. ${row.label}`,
            hint: facts(row) || undefined,
          }))}
        />
        <RadioGroup
          name="outcome"
          legend={t("milestone.outcome")}
          required
          error={form.error("outcome")}
          defaultValue={form.text("outcome") || "done"}
          options={(["done", "waived"] as const).map((value) => ({ value, label: t(`milestone.as.${value}`) }))}
        />
        <input type="hidden" name="currency" value={deal.terms.currency} />
        <div className="grid gap-x-6 sm:grid-cols-[12rem_16rem_minmax(0,1fr)]">
          <TextField
            name="on"
            type="date"
            label={t("milestone.doneOn")}
            error={form.error("on")}
            defaultValue={form.text("on")}
          />
          <TextField
            name="amount"
            label={t("milestone.paidAmount", { currency: deal.terms.currency })}
            hint={t("milestone.paidHint")}
            error={form.error("amount")}
            defaultValue={form.text("amount")}
            maxLength={60}
            autoComplete="off"
          />
          <TextField
            name="note"
            label={t("common:note")}
            hint={t("milestone.noteHint")}
            error={form.error("note")}
            defaultValue={form.text("note")}
            maxLength={500}
            autoComplete="off"
          />
        </div>
        <Button variant="secondary" name="intent" value="settle">
          {t("milestone.settleSubmit")}
        </Button>
      </Form>
    </Card>
  );
}
