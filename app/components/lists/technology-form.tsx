import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TECHNOLOGY_LISTS } from "~/modules/listings/schemas";
import type { Failure } from "~/platform/result";
import { FormErrors, SelectField, TextAreaField, TextField } from "../forms";
import { Badge, Button } from "../ui";

export type TechnologyRow = { code: string; list: string; vi: string; en: string; law: string; words: string };
type Props = {
  rows: TechnologyRow[];
  values: { version: string; validFrom: string; source: string; note: string };
  failure?: Failure | null;
};

const NAMES = ["list", "law", "vi", "en", "words"] as const;

/** Rows as they were typed, out of the form's flat names. */
export function typedRows(typed: Record<string, string | string[]>): TechnologyRow[] {
  const rows: TechnologyRow[] = [];
  const text = (at: number, name: string) => String(typed[`entries[${at}].${name}`] ?? "");
  for (let at = 0; typed[`entries[${at}].list`] !== undefined; at++)
    rows.push({
      code: text(at, "code"),
      list: text(at, "list"),
      vi: text(at, "vi"),
      en: text(at, "en"),
      law: text(at, "law"),
      words: text(at, "words"),
    });
  return rows;
}

/** One entry, folded until somebody opens it. */
function Entry({ row, at, failure }: { row: TechnologyRow; at: number; failure?: Failure | null | undefined }) {
  const { t } = useTranslation("lists");
  const field = (name: (typeof NAMES)[number]) => ({
    name: `entries[${at}].${name}`,
    label: t(`technology.${name}`),
    defaultValue: row[name],
    error: failure?.fields?.[`entries[${at}].${name}`],
  });
  const wrong = NAMES.some((name) => field(name).error);
  const fresh = row.vi === "" && row.en === "";
  return (
    <li className="py-1">
      <details open={wrong || undefined}>
        <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-2">
          {fresh ? (
            <span className="link">{t("technology.addEntry")}</span>
          ) : (
            <>
              <Badge tone={row.list === "encouraged" ? "info" : "warning"}>{t(`technology.on.${row.list}`)}</Badge>
              <span className="min-w-0 break-words" lang="vi">
                {row.vi}
              </span>
              <span className="text-sm text-muted">{row.law}</span>
            </>
          )}
        </summary>
        <div className="mt-2 mb-4 rounded-md bg-sunken p-4">
          <input type="hidden" name={`entries[${at}].code`} value={row.code} />
          <div className="grid gap-x-5 sm:grid-cols-2">
            <SelectField
              {...field("list")}
              options={TECHNOLOGY_LISTS.map((value) => ({ value, label: t(`technology.on.${value}`) }))}
            />
            <TextField {...field("law")} hint={t("technology.lawHint")} maxLength={200} />
          </div>
          <TextAreaField {...field("vi")} lang="vi" rows={2} maxLength={600} />
          <TextAreaField {...field("en")} lang="en" rows={2} maxLength={600} />
          <TextField {...field("words")} hint={t("technology.wordsHint")} maxLength={2000} />
        </div>
      </details>
    </li>
  );
}

/** A new version of the technology lists, begun from the newest one. */
export function TechnologyForm({ rows, values, failure }: Props) {
  const { t } = useTranslation("lists");
  const numbered = rows.map((row, at) => ({ row, at }));
  return (
    <Form method="post">
      <FormErrors failure={failure} labels={{ validFrom: t("field.validFrom"), source: t("field.source") }} />
      <input type="hidden" name="version" value={values.version} />
      <div className="max-w-text">
        <TextField
          name="validFrom"
          type="date"
          label={t("field.validFrom")}
          hint={t("technology.validFromHint")}
          required
          defaultValue={values.validFrom}
          error={failure?.fields?.validFrom}
        />
        <TextAreaField
          name="source"
          label={t("field.source")}
          hint={t("technology.sourceHint")}
          required
          rows={3}
          maxLength={1000}
          defaultValue={values.source}
          error={failure?.fields?.source}
        />
      </div>
      <h2 className="mt-2 mb-1 text-lg font-semibold">{t("technology.entries")}</h2>
      <p className="mb-2 text-sm text-muted">{t("technology.entriesHint")}</p>
      <ul className="mb-5 divide-y divide-line border-y border-line">
        {numbered.map(({ row, at }) => (
          <Entry key={at} row={row} at={at} failure={failure} />
        ))}
      </ul>
      <TextField
        name="note"
        label={t("field.note")}
        hint={t("noteHint")}
        maxLength={500}
        defaultValue={values.note}
        error={failure?.fields?.note}
      />
      <Button>{t("technology.save")}</Button>
    </Form>
  );
}
