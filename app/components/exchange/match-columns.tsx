import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ColumnsForm } from "~/modules/exchange/index.server";
import type { Failure } from "~/platform/result";
import { CheckboxField, FormErrors, RadioGroup, SelectField, SubmitRow, TextField } from "../forms";
import { Button, Card, PageHeader } from "../ui";
import { roomOf } from "./room";

type Props = {
  form: ColumnsForm;
  answer:
    | { failure: Failure; columns: { columns: { at: number; field: string }[] }; keep: boolean; keepName: string }
    | undefined;
};

/** Which column of somebody's sheet is what, asked once for each kind of sheet. */
export function MatchColumns({ form, answer }: Props) {
  const { t } = useTranslation(["exchange", "imports", "common"]);
  const { base, words } = roomOf(form.forOffice);
  const typed = answer && new Map(answer.columns.columns.map(({ at, field }) => [at, field]));
  const options = [
    { value: "", label: t("columns.skip") },
    ...form.fields.map((field) => ({ value: field, label: t(`field.${field}`) })),
  ];
  return (
    <>
      <PageHeader
        title={t("columns.title")}
        lead={t(form.forOffice ? "imports:columnsLead" : "columns.lead", { file: form.fileName })}
        back={{ to: base, label: t(words.title) }}
      />
      <FormErrors failure={answer?.failure} />
      <div className="flex max-w-4xl flex-col gap-6">
        <Card>
          <Form method="get" className="grid items-end gap-x-4 sm:grid-cols-2">
            <SelectField
              label={t("columns.sheet")}
              name="sheet"
              defaultValue={form.sheet}
              options={form.sheets.map((value) => ({ value, label: value }))}
            />
            <SelectField
              label={t("columns.headRow")}
              name="headRow"
              defaultValue={String(form.headRow)}
              options={form.rows.map(({ number, text }) => ({
                value: String(number),
                label: t("columns.headRowOption", { row: number, text }),
              }))}
            />
            <input type="hidden" name="kind" value={form.kind} />
            <div>
              <Button variant="secondary">{t("columns.look")}</Button>
            </div>
          </Form>
        </Card>
        <Form method="post" noValidate key={`${form.sheet} ${form.headRow}`}>
          <input type="hidden" name="sheet" value={form.sheet} />
          <input type="hidden" name="headRow" value={form.headRow} />
          <Card>
            <RadioGroup
              legend={t("many.kind")}
              name="kind"
              defaultValue={form.kind}
              options={[
                { value: "offering", label: t("common:kindLong.offering") },
                { value: "need", label: t("common:kindLong.need") },
              ]}
            />
            <p className="mb-3 text-muted">{t("columns.guessed", { count: form.guessed, of: form.columns.length })}</p>
            <ul className="divide-y divide-line">
              {form.columns.map(({ at, heading, samples, field }) => (
                <li key={at} className="grid gap-x-6 pt-4 sm:grid-cols-2">
                  <div className="min-w-0 sm:pb-4">
                    <p className="font-medium break-words">{heading || t("columns.untitled")}</p>
                    <ul className="text-sm text-muted">
                      {samples.map((sample) => (
                        <li key={sample} className="truncate">
                          {sample}
                        </li>
                      ))}
                    </ul>
                  </div>
                  <SelectField
                    label={t("columns.field")}
                    id={`column-${at}`}
                    name={`column.${at}`}
                    defaultValue={(typed ? typed.get(at) : field) ?? ""}
                    options={options}
                  />
                </li>
              ))}
            </ul>
          </Card>
          <Card className="mt-6">
            <CheckboxField name="keep" label={t("columns.keep")} defaultChecked={answer ? answer.keep : true} />
            <TextField
              name="keepName"
              label={t("columns.keepName")}
              hint={t("columns.keepHint")}
              maxLength={80}
              defaultValue={answer?.keepName}
              error={answer?.failure.fields?.keepName}
            />
            <SubmitRow>
              <Button>{t("columns.check")}</Button>
            </SubmitRow>
          </Card>
        </Form>
      </div>
    </>
  );
}
