import type { Locale } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { ReadCell, ReadSheet } from "~/platform/xlsx/read-workbook";
import { type OutCell, writeWorkbook } from "~/platform/xlsx/write-workbook";
import { type CheckedRow, checkRows } from "../commands/check-upload.server";
import type { ExportedFile } from "../commands/export-lists.server";
import { type FieldId, fieldOf } from "../domain/fields";
import type { RowOwner } from "../domain/find-owner";
import { type Columns, guessColumns, isMendColumn } from "../domain/map-columns";
import type { Problem } from "../domain/read-row";
import { say } from "../domain/words";
import { choicesOf, dropDowns } from "./template.server";
import { findUpload, readUpload, storedColumns } from "./uploads.server";

/** A cell as it stood, marked when something is wrong with it. */
function sameCell(cell: ReadCell | null | undefined, bad: boolean): OutCell {
  if (!cell) return bad ? { value: null, style: "bad" } : null;
  if (cell.kind === "date") {
    const [day = "", month = "", year = ""] = cell.text.split("/");
    return { day: `${year}-${month}-${day}`, style: bad ? "badDate" : "date" };
  }
  if (cell.kind === "number" && cell.value !== undefined) return { value: cell.value, style: bad ? "bad" : "plain" };
  if (cell.kind === "boolean") return { value: cell.text === "1", style: bad ? "bad" : "plain" };
  return { value: cell.text, style: bad ? "bad" : "text" };
}

/** What to mend in a row, in the reader's words: errors with their columns, then what is still missing, then what to note. */
export function mendText(locale: Locale, problems: readonly Problem[], heading: (field: FieldId) => string): string {
  const line = ({ field, code, params }: Problem) =>
    `${field ? `${heading(field)}: ` : ""}${say(locale, code, params)}`;
  const of = (severity: Problem["severity"]) => problems.filter((one) => one.severity === severity);
  const missing = [...new Set(of("gap").map(({ field }) => (field ? heading(field) : "")))].join(", ");
  return [
    ...of("error").map((one) => `✗ ${line(one)}`),
    ...(missing ? [`… ${say(locale, "exchange:problem.gap")} ${missing}`] : []),
    ...of("note").map((one) => `! ${line(one)}`),
  ].join("\n");
}

/** Said in the file of every row; on the page once for each organisation. */
const unknownOwner = (row: number, { name, like }: Extract<RowOwner, { kind: "new" }>): Problem => ({
  row,
  field: "organisation",
  severity: "note",
  code: like.length > 0 ? "imports:problem.newLike" : "imports:problem.new",
  params: { name, names: like.join("; ") },
  typed: name.slice(0, 80),
});

function rowsOf(
  ctx: Ctx,
  sheet: ReadSheet,
  columns: Columns,
  rows: readonly CheckedRow[],
  shown: number[],
): OutCell[][] {
  const byNumber = new Map(sheet.rows.map((row) => [row.number, row.cells]));
  const fieldAt = new Map(columns.columns.map(({ at, field }) => [at, field]));
  const heading = (field: FieldId) => fieldOf(field)?.label(ctx.locale) ?? field;
  const head = byNumber.get(columns.headRow) ?? [];
  return [
    [
      { value: say(ctx.locale, "exchange:template.mend"), style: "headNeeded" },
      ...shown.map((at): OutCell => ({ value: head[at]?.text ?? "", style: "head" })),
    ],
    ...rows.map(({ row, problems: found, owner }): OutCell[] => {
      const problems = owner?.kind === "new" ? [...found, unknownOwner(row, owner)] : found;
      const bad = new Set(problems.filter(({ severity }) => severity === "error").map(({ field }) => field));
      const cells = byNumber.get(row) ?? [];
      return [
        { value: mendText(ctx.locale, problems, heading), style: "note" },
        ...shown.map((at) => {
          const field = fieldAt.get(at);
          return sameCell(cells[at], field !== undefined && bad.has(field));
        }),
      ];
    }),
  ];
}

/**
 * Somebody's own file with bad cells marked and a first column that says what to mend. It is read anew when it comes back;
 * rows that were entered are left out of it. Null when the file is gone, or for whoever may not see it.
 */
export async function errorReport(ctx: Ctx, uploadId: string): Promise<ExportedFile | null> {
  const upload = await findUpload(ctx, uploadId);
  const sheet = upload && (await readUpload(ctx, upload));
  if (!upload || !sheet || upload.state === "columns") return null;
  const columns = storedColumns(upload.columns);
  const checked = await checkRows(ctx, upload, sheet, columns);
  if (!checked.ok) return null;
  const entered = new Set(
    (await ctx.db.importRow.findMany({ where: { uploadId }, select: { row: true } })).map(({ row }) => row),
  );
  const rows = checked.value.rows.filter(({ row }) => !entered.has(row));
  const head = sheet.rows.find(({ number }) => number === columns.headRow)?.cells ?? [];
  const shown = head.flatMap((cell, at) => (cell && !isMendColumn(cell.text) ? [at] : []));
  const { locale } = ctx;
  const fields = columns.columns.flatMap(({ at, field }) => {
    const known = fieldOf(field);
    return known && shown.includes(at) ? [{ field: known, column: shown.indexOf(at) + 1 }] : [];
  });
  // other people's sheets keep their own words: our lists would forbid them
  const ours = guessColumns(sheet, columns.headRow, upload.forOffice).ours;
  const choices = ours
    ? await choicesOf(
        ctx,
        locale,
        fields.map(({ field }) => field),
      )
    : new Map<string, string[]>();
  const { sheet: lists, drops } = dropDowns(locale, fields, choices);
  const widthAt = new Map(fields.map(({ field, column }) => [column, field.width]));
  return {
    name: `${locale === "en" ? "to-mend" : "can-sua"}-${upload.createdAt.toISOString().slice(0, 10)}.xlsx`,
    content: writeWorkbook([
      {
        name: sheet.sheet.slice(0, 31).replace(/[[\]:*?/\\]/g, " ") || "1",
        widths: [50, ...shown.map((_, at) => widthAt.get(at + 1) ?? 24)],
        rows: rowsOf(ctx, sheet, columns, rows, shown),
        frozenRows: 1,
        frozenColumns: 1,
        dropDowns: drops,
      },
      ...(ours ? [lists] : []),
    ]),
  };
}
