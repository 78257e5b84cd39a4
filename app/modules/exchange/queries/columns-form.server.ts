import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { FieldId } from "../domain/fields";
import { choosable, guessColumns, guessHead, headRows, isMendColumn } from "../domain/map-columns";
import { findUpload, readUpload, storedColumns } from "./uploads.server";

export type ColumnsForm = {
  id: string;
  fileName: string;
  kind: ListingKind;
  forOffice: boolean;
  sheets: string[];
  sheet: string;
  headRow: number;
  /** rows that could be the headings */
  rows: { number: number; text: string }[];
  columns: { at: number; heading: string; samples: string[]; field: FieldId | null }[];
  guessed: number;
  /** for each kind, what a column may be */
  fields: FieldId[];
};

const SAMPLES = 3;

/**
 * What is asked of somebody whose sheet is not ours: each column with some of its values and what it most likely is.
 * `asked` looks at another sheet or row of headings. Null for whoever may not see it, when it was entered or is gone.
 */
export async function columnsForm(
  ctx: Ctx,
  uploadId: string,
  asked: { sheet?: string; headRow?: number; kind?: ListingKind } = {},
): Promise<ColumnsForm | null> {
  const upload = await findUpload(ctx, uploadId);
  if (!upload || upload.state === "done") return null;
  const sheet = await readUpload(ctx, upload, asked.sheet);
  if (!sheet) return null;
  const stored = storedColumns(upload.columns);
  const rows = headRows(sheet);
  const wanted = rows.find(({ number }) => number === asked.headRow)?.number;
  const unchanged = sheet.sheet === stored.sheet && (wanted ?? stored.headRow) === stored.headRow;
  const headRow = wanted ?? (unchanged ? stored.headRow : guessHead(sheet, upload.forOffice).headRow);
  const chosen = unchanged ? stored.columns : guessColumns(sheet, headRow, upload.forOffice).columns;
  const fieldAt = new Map(chosen.map(({ at, field }) => [at, field]));
  const head = sheet.rows.find(({ number }) => number === headRow)?.cells ?? [];
  const below = sheet.rows.filter(({ number }) => number > headRow).slice(0, 50);
  const width = Math.max(head.length, ...below.map(({ cells }) => cells.length));
  const kind = asked.kind ?? upload.kind;
  const columns = Array.from({ length: width }, (_, at) => ({
    at,
    heading: head[at]?.text.trim().slice(0, 80) ?? "",
    samples: [
      ...new Set(
        below.flatMap(({ cells }) => {
          const text = cells[at]?.text.trim() ?? "";
          return text ? [text.replace(/\s+/g, " ").slice(0, 60)] : [];
        }),
      ),
    ].slice(0, SAMPLES),
    field: fieldAt.get(at) ?? null,
  })).filter(({ heading, samples }) => !isMendColumn(heading) && (heading !== "" || samples.length > 0));
  return {
    id: upload.id,
    fileName: upload.fileName,
    kind,
    forOffice: upload.forOffice,
    sheets: sheet.sheets,
    sheet: sheet.sheet,
    headRow,
    rows,
    columns,
    guessed: columns.filter(({ field }) => field !== null).length,
    fields: choosable(kind, upload.forOffice),
  };
}
