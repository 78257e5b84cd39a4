import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportUpload } from "~/generated/prisma/client";
import { likeTitles, listSectors, type ManyDrafts, manyDrafts } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import type { ReadSheet } from "~/platform/xlsx/read-workbook";
import type { CheckReport } from "../domain/check-report";
import { countReport, readRows, repeats } from "../domain/check-sheet";
import { keyOf } from "../domain/keys";
import { MOST_CHECKED, MOST_ENTERED } from "../domain/limits";
import { type Columns, guessColumns } from "../domain/map-columns";
import type { RowContext, RowResult, SectorIndex } from "../domain/read-row";
import { ownerOf } from "../queries/uploads.server";

/** A row after every check: `known` was entered before, `like` resembles something. */
export type CheckedRow = RowResult & { known: boolean; like: boolean };
/** Rows read between two breaths of the process, so that others are served meanwhile. */
const BREATH = 100;

async function sectorIndex(ctx: Ctx): Promise<SectorIndex> {
  const sectors = (await listSectors(ctx)).flatMap((field) => field.children);
  const [first] = sectors;
  return {
    byKey: new Map(
      sectors.flatMap(({ code, nameVi, nameEn }) =>
        [code, nameVi, nameEn, `${nameVi} (${code})`, `${nameEn} (${code})`].map(
          (name) => [keyOf(name), code] as const,
        ),
      ),
    ),
    example: first ? (ctx.locale === "en" ? first.nameEn : first.nameVi) : "",
  };
}

/** When rows with these hashes were entered for this owner; listings that were withdrawn or refused since do not count. */
async function enteredBefore(ctx: Ctx, ownerId: string, hashes: string[]): Promise<Map<string, Date>> {
  if (hashes.length === 0) return new Map();
  const rows = await ctx.db.$queryRaw<{ hash: string; at: Date }[]>`
    SELECT r.hash, min(r.entered_at) AS at FROM import_row r JOIN listing l ON l.id = r.listing_id
    WHERE r.owner_id = ${ownerId}::uuid AND r.hash = ANY(${hashes}::text[]) AND l.state NOT IN ('withdrawn', 'rejected')
    GROUP BY r.hash`;
  return new Map(rows.map(({ hash, at }) => [hash, at]));
}

const dayOf = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Ho_Chi_Minh",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  }).format(at);

/**
 * Reads and checks every row of a sheet: cells, rules of the form, rows said twice, rows entered before, and (up to as many
 * as may be entered) listings that exist. Nothing is stored.
 * Failures: those of manyDrafts, exchange:file.{noRows,tooManyRows}.
 */
export async function checkRows(
  ctx: Ctx,
  upload: Pick<ImportUpload, "organisationId" | "personId" | "kind">,
  sheet: ReadSheet,
  columns: Columns,
): Promise<Result<{ rows: CheckedRow[]; many: ManyDrafts }>> {
  const many = await manyDrafts(ctx, upload);
  if (!many.ok) return many;
  const context: RowContext = {
    locale: ctx.locale,
    kind: upload.kind,
    begun: many.value.begun,
    check: many.value.check,
    sectors: await sectorIndex(ctx),
    strictSectors: guessColumns(sheet, columns.headRow).ours,
  };
  const repeated = repeats();
  const hashes = new Set<string>();
  const rows: CheckedRow[] = [];
  for (const result of readRows(sheet, columns, context)) {
    if (rows.length >= MOST_CHECKED) return fail("exchange:file.tooManyRows");
    const before = repeated(result);
    if (before !== null) note(result, "exchange:problem.sameRow", { row: before });
    // word for word the same row again: entered once
    rows.push({ ...result, known: hashes.has(result.hash), like: before !== null });
    hashes.add(result.hash);
    if (rows.length % BREATH === 0) await nextTurn();
  }
  if (sheet.more) return fail("exchange:file.tooManyRows");
  if (rows.length === 0) return fail("exchange:file.noRows");
  const entered = await enteredBefore(
    ctx,
    ownerOf(upload),
    rows.map(({ hash }) => hash),
  );
  for (const row of rows) {
    const at = entered.get(row.hash);
    if (!at) continue;
    row.known = true;
    note(row, "exchange:problem.entered", { date: dayOf(at) });
  }
  const fresh = rows.filter((row) => !row.known && isGood(row));
  if (fresh.length <= MOST_ENTERED) {
    for (const [at, { title }] of await likeTitles(ctx, upload.organisationId, fresh)) {
      const row = fresh[at];
      if (!row) continue;
      row.like = true;
      note(row, "exchange:problem.known", { title: title.slice(0, 80) });
    }
  }
  return ok({ rows, many: many.value });
}

function note(row: RowResult, code: string, params: Record<string, string | number>): void {
  row.problems.push({ row: row.row, field: "title", severity: "note", code, params, typed: row.title.slice(0, 80) });
}

export const isGood = (row: RowResult): boolean => row.problems.every(({ severity }) => severity !== "error");

/** The headings of the mapped columns, as they stand in the file. */
export function headingsOf(sheet: ReadSheet, { headRow, columns }: Columns): CheckReport["headings"] {
  const head = sheet.rows.find(({ number }) => number === headRow)?.cells ?? [];
  return Object.fromEntries(columns.map(({ at, field }) => [field, head[at]?.text.trim().slice(0, 80) ?? ""]));
}

/** What the page shows of checked rows. */
export function reportOf(rows: CheckedRow[], headings: CheckReport["headings"]): CheckReport {
  const counted = countReport(headings);
  for (const row of rows) counted.add(row, row);
  return counted.report;
}
