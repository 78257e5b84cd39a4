import Plus from "lucide-react/icons/plus";
import Trash2 from "lucide-react/icons/trash-2";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "~/components/forms";
import { Button } from "~/components/ui";
import type { SectionProps } from "./form-data";

type Row = {
  key: number;
  name: string;
  comparison: string;
  value: string;
  unit: string;
  must: string;
  condition: string;
};

/**
 * Rows of chỉ tiêu – so sánh – giá trị – đơn vị. The buttons submit the form (intent add-line, remove-line.N) so that they
 * work without scripts; with them, rows come and go on the page.
 */
export function LineEditor({ kind, draft, errors, choices, onChange }: SectionProps & { onChange: () => void }) {
  const { t } = useTranslation("listings");
  const need = kind === "need";
  const blank = { name: "", comparison: need ? "gte" : "eq", value: "", unit: "", must: "must", condition: "" };
  const [rows, setRows] = useState<Row[]>(() =>
    (draft.lines.length > 0 ? draft.lines : [blank]).map((line, key) => ({ ...line, key })),
  );
  const error = (at: number, field: string) => errors[`lines[${at}].${field}`];
  return (
    <fieldset id="lines" tabIndex={-1}>
      <legend className="sr-only">{t(need ? "section.requirements" : "section.parameters")}</legend>
      <p className="mb-4 text-muted">{t(need ? "lines.hintNeed" : "lines.hintOffering")}</p>
      {errors.lines ? (
        <p className="mb-4 font-medium text-danger">{errors.lines.map((key) => t(key)).join(" ")}</p>
      ) : null}
      <datalist id="known-units">
        {choices.units.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <ol className="flex flex-col gap-4">
        {rows.map((row, at) => (
          <li key={row.key} className="rounded-md border border-line p-3 sm:p-4">
            <div className="mb-2 flex items-center justify-between gap-3">
              <span className="font-medium">{t("lines.row", { number: at + 1 })}</span>
              <Button
                variant="quiet"
                size="small"
                name="intent"
                value={`remove-line.${at}`}
                formNoValidate
                aria-label={t("lines.remove", { number: at + 1 })}
                onClick={(event) => {
                  event.preventDefault();
                  setRows((all) => all.filter((one) => one.key !== row.key));
                  onChange();
                }}
              >
                <Trash2 size={18} aria-hidden="true" />
              </Button>
            </div>
            <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-4">
              <TextField
                label={t("lines.name")}
                name={`lines[${at}].name`}
                defaultValue={row.name}
                maxLength={choices.length.line}
                error={error(at, "name")}
              />
              <SelectField
                label={t("lines.comparison")}
                name={`lines[${at}].comparison`}
                defaultValue={row.comparison || blank.comparison}
                options={choices.lists.comparisons.map((value) => ({ value, label: t(`comparison.${value}`) }))}
              />
              <TextField
                label={t("lines.value")}
                name={`lines[${at}].value`}
                defaultValue={row.value}
                error={error(at, "value")}
              />
              <TextField
                label={t("lines.unit")}
                name={`lines[${at}].unit`}
                defaultValue={row.unit}
                list="known-units"
                maxLength={60}
              />
              {need ? (
                <SelectField
                  label={t("lines.must")}
                  name={`lines[${at}].must`}
                  defaultValue={row.must || "must"}
                  options={[
                    { value: "must", label: t("lines.mustOption") },
                    { value: "nice", label: t("lines.niceOption") },
                  ]}
                />
              ) : (
                <TextField label={t("lines.condition")} name={`lines[${at}].condition`} defaultValue={row.condition} />
              )}
            </div>
          </li>
        ))}
      </ol>
      <p className="mt-4">
        <Button
          variant="secondary"
          name="intent"
          value="add-line"
          formNoValidate
          onClick={(event) => {
            event.preventDefault();
            setRows((all) => [...all, { ...blank, key: Math.max(-1, ...all.map((one) => one.key)) + 1 }]);
          }}
        >
          <Plus size={18} aria-hidden="true" />
          {t("lines.add")}
        </Button>
      </p>
    </fieldset>
  );
}
