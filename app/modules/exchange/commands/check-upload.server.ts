import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImportUpload } from "~/generated/prisma/client";
import { type NamedOrganisation, officeOrganisations } from "~/modules/accounts/index.server";
import { typeOfName } from "~/modules/accounts/schemas";
import {
  formerSectors,
  isPersonName,
  likeTitles,
  listSectors,
  type ManyDrafts,
  manyDrafts,
} from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { fail, ok, type Result } from "~/platform/result";
import type { ReadSheet } from "~/platform/xlsx/read-workbook";
import type { CheckReport } from "../domain/check-report";
import { countReport, repeats, sheetRows } from "../domain/check-sheet";
import { findOwners, type RowOwner } from "../domain/find-owner";
import { keyOf } from "../domain/keys";
import { MOST_CHECKED, MOST_ENTERED } from "../domain/limits";
import { type Columns, guessColumns } from "../domain/map-columns";
import { type RowContext, type RowResult, readRow, type SectorIndex } from "../domain/read-row";
import { ownerOf } from "../queries/uploads.server";

/** A row after every check: `known` was entered before, `like` resembles something, `owner` is null in a file for one. */
export type CheckedRow = RowResult & { known: boolean; like: boolean; owner: RowOwner<NamedOrganisation> | null };
/** Which file is checked, and for whom. */
export type CheckedFile = Pick<ImportUpload, "organisationId" | "personId" | "kind" | "forOffice">;
/** Rows read between two breaths of the process, so that others are served meanwhile. */
const BREATH = 100;

async function sectorIndex(ctx: Ctx): Promise<SectorIndex> {
  const [tree, formers] = await Promise.all([listSectors(ctx), formerSectors(ctx)]);
  const sectors = tree.flatMap((field) => field.children);
  const name = ({ nameVi, nameEn }: { nameVi: string; nameEn: string }) => (ctx.locale === "en" ? nameEn : nameVi);
  const named = new Map(sectors.map((one) => [one.code, `${name(one)} (${one.code})`]));
  const former = new Map<string, { code: string; name: string }>();
  const doubtful = new Set<string>();
  for (const { was, code } of formers) {
    const key = keyOf(was);
    const before = former.get(key);
    // a name that two sectors had one after the other says nothing
    if (before && before.code !== code) doubtful.add(key);
    for (const one of [key, keyOf(`${was} (${code})`)]) former.set(one, { code, name: named.get(code) ?? code });
  }
  for (const key of doubtful) former.delete(key);
  const [first] = sectors;
  return {
    byKey: new Map(
      sectors.flatMap(({ code, nameVi, nameEn }) =>
        [code, nameVi, nameEn, `${nameVi} (${code})`, `${nameEn} (${code})`].map((one) => [keyOf(one), code] as const),
      ),
    ),
    former,
    example: first ? name(first) : "",
  };
}

/** When rows with these hashes were entered for these owners; listings that were withdrawn or refused since do not count. */
async function enteredBefore(ctx: Ctx, ownerIds: string[], hashes: string[]): Promise<Map<string, Date>> {
  if (hashes.length === 0) return new Map();
  const rows = await ctx.db.$queryRaw<{ ownerId: string; hash: string; at: Date }[]>`
    SELECT r.owner_id::text AS "ownerId", r.hash, min(r.entered_at) AS at
    FROM import_row r JOIN listing l ON l.id = r.listing_id
    WHERE r.owner_id = ANY(${ownerIds}::uuid[]) AND r.hash = ANY(${hashes}::text[]) AND l.state NOT IN ('withdrawn', 'rejected')
    GROUP BY r.owner_id, r.hash`;
  return new Map(rows.map(({ ownerId, hash, at }) => [`${ownerId} ${hash}`, at]));
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
 * as may be entered) listings that exist; in a file for many also whose each row is. Nothing is stored.
 * Failures: those of manyDrafts, exchange:file.{noRows,tooManyRows}.
 */
export async function checkRows(
  ctx: Ctx,
  upload: CheckedFile,
  sheet: ReadSheet,
  columns: Columns,
): Promise<Result<{ rows: CheckedRow[]; many: ManyDrafts }>> {
  const { forOffice } = upload;
  const many = await manyDrafts(ctx, { organisationId: upload.organisationId, onBehalf: forOffice });
  if (!many.ok) return many;
  const asked = [...sheetRows(sheet, columns)];
  if (sheet.more || asked.length > MOST_CHECKED) return fail("exchange:file.tooManyRows");
  if (asked.length === 0) return fail("exchange:file.noRows");
  const owners = forOffice
    ? findOwners(
        asked.map(({ row, fields }) => ({
          row,
          organisation: fields.get("organisation"),
          taxCode: fields.get("taxCode"),
        })),
        await officeOrganisations(ctx),
        (name) => isPersonName(name),
      )
    : null;
  const begunFor = begunByOwner(many.value);
  const context: RowContext = {
    locale: ctx.locale,
    kind: upload.kind,
    begun: many.value.begun,
    check: many.value.check,
    sectors: await sectorIndex(ctx),
    strictSectors: guessColumns(sheet, columns.headRow, forOffice).ours,
  };
  const repeated = repeats();
  const seen = new Set<string>();
  const rows: CheckedRow[] = [];
  for (const { row, fields } of asked) {
    const { owner = null, problems = [] } = owners?.get(row) ?? {};
    const result = readRow(row, fields, { ...context, begun: begunFor(owner) });
    result.problems.unshift(...problems);
    const key = owner?.key ?? "";
    const before = repeated(result, key);
    if (before !== null) note(result, "exchange:problem.sameRow", { row: before });
    // word for word the same row again: entered once
    const words = `${key} ${result.hash}`;
    rows.push({ ...result, owner, known: seen.has(words), like: before !== null });
    seen.add(words);
    if (rows.length % BREATH === 0) await nextTurn();
  }
  const entered = await enteredBefore(
    ctx,
    [...new Set(rows.flatMap((row) => ownerIdOf(upload, row) ?? []))],
    rows.map(({ hash }) => hash),
  );
  for (const row of rows) {
    const at = entered.get(`${ownerIdOf(upload, row)} ${row.hash}`);
    if (!at) continue;
    row.known = true;
    note(row, "exchange:problem.entered", { date: dayOf(at) });
  }
  const fresh = rows.filter((row) => !row.known && isGood(row));
  if (fresh.length <= MOST_ENTERED) {
    const titles = fresh.map((row) => ({
      kind: row.kind,
      title: row.title,
      organisationId: organisationOf(upload, row),
    }));
    for (const [at, { title }] of await likeTitles(ctx, titles)) {
      const row = fresh[at];
      if (!row) continue;
      row.like = true;
      note(row, "exchange:problem.known", { title: title.slice(0, 80) });
    }
  }
  return ok({ rows, many: many.value });
}

/** What the drafts of a row's owner begin with, reckoned once for each. */
function begunByOwner(many: ManyDrafts): (owner: CheckedRow["owner"]) => ManyDrafts["begun"] {
  const begun = new Map<string, ManyDrafts["begun"]>();
  return (owner) => {
    if (!owner) return many.begun;
    const before = begun.get(owner.key);
    if (before) return before;
    const facts =
      owner.kind === "known"
        ? owner.organisation
        : { nameVi: owner.name, type: typeOfName(owner.name), provinceCode: null };
    const made = many.begunFor(facts);
    begun.set(owner.key, made);
    return made;
  };
}

/** The organisation that a row becomes a listing of; null for a person's own, and for one that is not there yet. */
export const organisationOf = (upload: CheckedFile, { owner }: Pick<CheckedRow, "owner">): string | null =>
  upload.forOffice ? (owner?.kind === "known" ? owner.organisation.id : null) : upload.organisationId;

/** Under whom its words are kept; null when that organisation is not there yet. */
const ownerIdOf = (upload: CheckedFile, row: Pick<CheckedRow, "owner">): string | null =>
  upload.forOffice ? organisationOf(upload, row) : ownerOf(upload);

function note(row: RowResult, code: string, params: Record<string, string | number>): void {
  row.problems.push({ row: row.row, field: "title", severity: "note", code, params, typed: row.title.slice(0, 80) });
}

export const isGood = (row: RowResult): boolean => row.problems.every(({ severity }) => severity !== "error");

/** The headings of the mapped columns, as they stand in the file. */
export function headingsOf(sheet: ReadSheet, { headRow, columns }: Columns): CheckReport["headings"] {
  const head = sheet.rows.find(({ number }) => number === headRow)?.cells ?? [];
  return Object.fromEntries(columns.map(({ at, field }) => [field, head[at]?.text.trim().slice(0, 80) ?? ""]));
}

/** Organisations that a page can show. */
const MOST_NEW_SHOWN = 50;

/** What the page shows of checked rows. */
export function reportOf(rows: CheckedRow[], headings: CheckReport["headings"]): CheckReport {
  const counted = countReport(headings);
  const known = new Set<string>();
  const made = new Map<string, CheckReport["newOrganisations"][number]>();
  for (const row of rows) {
    const { owner } = row;
    const missing = owner?.kind === "new";
    counted.add(row, { ...row, missing });
    if (!owner || row.known || !isGood(row)) continue;
    if (owner.kind === "known") known.add(owner.key);
    else {
      const { name, taxCode, like } = owner;
      const before = made.get(owner.key) ?? { name, taxCode, like, rows: 0 };
      made.set(owner.key, { ...before, rows: before.rows + 1 });
    }
  }
  const all = [...made.values()].sort((a, b) => b.rows - a.rows || a.name.localeCompare(b.name, "vi"));
  return {
    ...counted.report,
    organisations: known.size,
    newOrganisations: all.slice(0, MOST_NEW_SHOWN),
    newCount: all.length,
  };
}
