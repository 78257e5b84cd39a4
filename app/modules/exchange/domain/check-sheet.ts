import type { ReadCell, ReadSheet } from "~/platform/xlsx/read-workbook";
import type { CheckReport } from "./check-report";
import { EXAMPLE } from "./example-row";
import type { FieldId } from "./fields";
import { keyOf } from "./keys";
import { MOST_KEPT_PROBLEMS } from "./limits";
import type { Columns } from "./map-columns";
import type { RowResult } from "./read-row";

/** The cells of a row by the field of their column. */
function byField(cells: readonly (ReadCell | null)[], columns: Columns["columns"]): Map<FieldId, ReadCell> {
  return new Map(
    columns.flatMap(({ at, field }) => {
      const cell = cells[at];
      return cell && cell.text.trim() !== "" ? [[field, cell] as const] : [];
    }),
  );
}

/** In either language: somebody may have taken the other one's template. */
const EXAMPLES = new Set(
  Object.values(EXAMPLE)
    .flatMap((kinds) => Object.values(kinds))
    .map(({ title = "", description = "" }) => `${keyOf(title)} ${keyOf(description)}`),
);
/** The worked row of our own template, left as it was. */
const isExample = (cells: Map<FieldId, ReadCell>) =>
  EXAMPLES.has(`${keyOf(cells.get("title")?.text ?? "")} ${keyOf(cells.get("description")?.text ?? "")}`);

export type SheetRow = { row: number; fields: Map<FieldId, ReadCell> };

/** Rows under the headings that say something in a column that is used. */
export function* sheetRows(sheet: ReadSheet, { headRow, columns }: Columns): Generator<SheetRow> {
  for (const { number, cells } of sheet.rows) {
    if (number <= headRow) continue;
    const fields = byField(cells, columns);
    if (fields.size > 0 && !isExample(fields)) yield { row: number, fields };
  }
}

/** A row that says the same as an earlier one of the file, by its owner, kind and title. */
export function repeats(): (result: RowResult, owner: string) => number | null {
  const first = new Map<string, number>();
  return ({ kind, title, row }, owner) => {
    const key = `${owner} ${kind} ${keyOf(title)}`;
    const before = title === "" ? undefined : first.get(key);
    if (before === undefined) first.set(key, row);
    return before ?? null;
  };
}

/** `missing`: its organisation would have to be made */
type RowFacts = { known: boolean; like: boolean; missing: boolean };
export type Counted = { report: CheckReport; add(result: RowResult, facts: RowFacts): void };

/** Adds up what is shown of a check. Only so many problems are kept; all of them are counted. */
export function countReport(headings: CheckReport["headings"]): Counted {
  const gaps = new Map<string, number>();
  const report: CheckReport = {
    rows: 0,
    good: 0,
    complete: 0,
    bad: 0,
    known: 0,
    like: 0,
    problems: [],
    errors: 0,
    notes: 0,
    gaps: [],
    headings,
    missing: 0,
    organisations: 0,
    newOrganisations: [],
    newCount: 0,
  };
  return {
    report,
    add(result, { known, like, missing: withoutOwner }) {
      report.rows += 1;
      const errors = result.problems.filter(({ severity }) => severity === "error");
      const missing = result.problems.filter(({ severity }) => severity === "gap");
      const shown = known
        ? result.problems.filter(({ severity }) => severity === "note")
        : [...result.problems].filter(({ severity }) => severity !== "gap");
      for (const problem of shown) {
        if (problem.severity === "error") report.errors += 1;
        else report.notes += 1;
        if (report.problems.length < MOST_KEPT_PROBLEMS) report.problems.push(problem);
      }
      if (known) report.known += 1;
      else if (errors.length > 0) report.bad += 1;
      else if (withoutOwner) report.missing += 1;
      else {
        report.good += 1;
        if (like) report.like += 1;
        if (missing.length === 0) report.complete += 1;
        for (const field of new Set(missing.map((one) => one.field ?? "title")))
          gaps.set(field, (gaps.get(field) ?? 0) + 1);
        report.gaps = [...gaps].map(([field, rows]) => ({ field, rows })).sort((a, b) => b.rows - a.rows);
      }
    },
  };
}
