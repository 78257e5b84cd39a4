import Plus from "lucide-react/icons/plus";
import Trash2 from "lucide-react/icons/trash-2";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SelectField, TextField } from "~/components/forms";
import { Button } from "~/components/ui";
import type { RowList } from "~/modules/listings/schemas";
import type { SectionProps } from "./form-data";

export type Cell = {
  name: string;
  label: string;
  options?: readonly { value: string; label: string }[];
  /** text of the empty choice; without it the first option is chosen */
  placeholder?: string;
  /** id of a datalist */
  list?: string;
  inputMode?: "decimal" | "numeric";
  hint?: string;
};

type RowEditorProps = Pick<SectionProps, "draft" | "errors" | "onChange"> & {
  list: RowList;
  cells: readonly Cell[];
  legend: string;
  hint?: string;
  /** name of one row by its number */
  rowName: (number: number) => string;
  add: string;
  removeName: (number: number) => string;
  columns: string;
  /** begin with an empty row instead of only the button */
  open?: boolean;
};

/**
 * Rows of small fields. The buttons send the form (intent add.LIST, remove.LIST.N), so that they work without scripts; with
 * them, rows come and go on the page.
 */
export function RowEditor(props: RowEditorProps) {
  const { list, cells, draft, errors, legend, hint, rowName, add, removeName, columns, open, onChange } = props;
  const { t } = useTranslation();
  const stored: readonly Record<string, string>[] = draft[list];
  const [rows, setRows] = useState<{ row: Record<string, string>; key: number }[]>(() =>
    (stored.length > 0 ? stored : open ? [{}] : []).map((row, key) => ({ row, key })),
  );
  return (
    <fieldset id={list} tabIndex={-1} className="mb-5 min-w-0">
      <legend className="mb-1 font-medium">{legend}</legend>
      <input type="hidden" name="has" value={list} />
      {hint ? <p className="mb-3 text-sm text-muted">{hint}</p> : null}
      {errors[list] ? (
        <p className="mb-3 font-medium text-danger">{errors[list].map((key) => t(key)).join(" ")}</p>
      ) : null}
      <ol className="flex flex-col gap-4">
        {rows.map(({ row, key }, at) => (
          <li key={key} className="rounded-md border border-line p-3 sm:p-4">
            <div className="mb-2 flex items-center justify-between gap-3">
              <span className="font-medium">{rowName(at + 1)}</span>
              <Button
                variant="quiet"
                size="small"
                name="intent"
                value={`remove.${list}.${at}`}
                formNoValidate
                aria-label={removeName(at + 1)}
                onClick={(event) => {
                  event.preventDefault();
                  setRows((all) => all.filter((one) => one.key !== key));
                  onChange();
                }}
              >
                <Trash2 size={18} aria-hidden="true" />
              </Button>
            </div>
            <div className={`grid gap-x-4 ${columns}`}>
              {cells.map(({ name, label, hint: cellHint, options, placeholder, list: datalist, inputMode }) => {
                const field = `${list}[${at}].${name}`;
                const shared = { label, hint: cellHint, name: field, error: errors[field] };
                return options ? (
                  <SelectField
                    key={name}
                    {...shared}
                    defaultValue={row[name] ?? ""}
                    options={options}
                    placeholder={placeholder}
                  />
                ) : (
                  <TextField
                    key={name}
                    {...shared}
                    defaultValue={row[name] ?? ""}
                    list={datalist}
                    inputMode={inputMode}
                    autoComplete="off"
                  />
                );
              })}
            </div>
          </li>
        ))}
      </ol>
      <p className="mt-4">
        <Button
          variant="secondary"
          name="intent"
          value={`add.${list}`}
          formNoValidate
          onClick={(event) => {
            event.preventDefault();
            setRows((all) => [...all, { row: {}, key: Math.max(-1, ...all.map((one) => one.key)) + 1 }]);
          }}
        >
          <Plus size={18} aria-hidden="true" />
          {add}
        </Button>
      </p>
    </fieldset>
  );
}
