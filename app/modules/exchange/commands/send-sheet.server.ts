import { randomBytes } from "node:crypto";
import type { ListingKind } from "~/generated/prisma/enums";
import { manyDrafts } from "~/modules/listings/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { newId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { readWorkbook } from "~/platform/xlsx/read-workbook";
import { XLSX_TYPE } from "~/platform/xlsx/write-workbook";
import { LARGEST_FILE, MOST_CHECKED, MOST_HEAD_ROWS } from "../domain/limits";
import { type Columns, guessHead, headKey } from "../domain/map-columns";
import { keeperOf, storedColumns } from "../queries/uploads.server";
import { checkRows, headingsOf, reportOf } from "./check-upload.server";

export type SendSheetInput = {
  kind: ListingKind;
  organisationId: string | null;
  /** a broker's file whose rows name organisations of their own */
  forOffice?: boolean;
  file: { name: string; bytes: Uint8Array } | null;
};
/** `columns`: somebody has to say which column is what; `checked`: the result can be looked at. */
export type SentSheet = { uploadId: string; state: "columns" | "checked" };

/** Files are kept as long as somebody may still mend and send them back. */
const KEPT_DAYS = 30;

/**
 * Takes a spreadsheet in: reads it, finds its headings (our own, else a mapping kept for the same headings, else somebody
 * has to match them) and checks its rows. A file that cannot be read leaves nothing behind.
 * Failures: common:{notFound,tooMany}, listings:error.notMember, exchange:file.*, at the field "file".
 */
export async function sendSheet(ctx: Ctx, input: SendSheetInput): Promise<Result<SentSheet>> {
  const { actor, db } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const { forOffice = false } = input;
  const organisationId = forOffice ? null : input.organisationId;
  const allowed = await manyDrafts(ctx, { organisationId, onBehalf: forOffice });
  if (!allowed.ok) return allowed;
  const refuse = (code: string) => fail(code, { fields: { file: [code] } });
  if (!(await ctx.limits.consume("upload", actor.personId)).allowed) return refuse("common:tooMany");
  const { file, kind } = input;
  if (!file || file.bytes.length === 0) return refuse("exchange:file.empty");
  if (file.bytes.length > LARGEST_FILE) return refuse("exchange:file.tooLarge");
  const sheet = await readWorkbook(file.bytes, { mostRows: MOST_CHECKED + MOST_HEAD_ROWS });
  if (!sheet.ok) return refuse(`exchange:file.${sheet.problem}`);
  if (sheet.rows.length === 0) return refuse("exchange:file.noRows");

  const guess = guessHead(sheet, forOffice);
  const sender = { organisationId, personId: actor.personId, officeId: actor.officeId, forOffice };
  const kept = guess.ours
    ? null
    : await db.importMapping.findUnique({
        where: { ownerId_headKey: { ownerId: keeperOf(sender), headKey: headKey(sheet, guess.headRow) } },
      });
  const columns: Columns = kept
    ? { ...storedColumns(kept.columns), sheet: sheet.sheet, headRow: guess.headRow }
    : { sheet: guess.sheet, headRow: guess.headRow, columns: guess.columns };
  const upload = { ...sender, kind: kept?.kind ?? kind };
  const ready = guess.ours || kept !== null;
  const checked = ready ? await checkRows(ctx, upload, sheet, columns) : null;
  if (checked && !checked.ok) return refuse(checked.code);

  const id = newId();
  const storageKey = randomBytes(24).toString("base64url");
  await ctx.files.put(storageKey, file.bytes, XLSX_TYPE);
  const state = checked ? "checked" : "columns";
  await db.importUpload.create({
    data: {
      ...upload,
      id,
      state,
      fileName: cleanText(file.name).slice(0, 200) || "file.xlsx",
      storageKey,
      columns,
      mappingName: kept?.name ?? null,
      createdAt: ctx.clock.now(),
      ...(checked?.ok ? { report: reportOf(checked.value.rows, headingsOf(sheet, columns)), revision: 1 } : {}),
    },
  });
  await forgetOld(ctx, actor.personId);
  return ok({ uploadId: id, state });
}

/** Takes the files away that this person sent long ago; what was found and entered stays. */
async function forgetOld(ctx: Ctx, personId: string): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_DAYS * 86_400_000);
  const old = await ctx.db.importUpload.findMany({
    where: { personId, createdAt: { lt: before }, storageKey: { not: null } },
    select: { id: true, storageKey: true },
    take: 50,
  });
  for (const { id, storageKey } of old) {
    await ctx.db.importUpload.update({ where: { id }, data: { storageKey: null } });
    if (storageKey) await ctx.files.remove(storageKey);
  }
}
