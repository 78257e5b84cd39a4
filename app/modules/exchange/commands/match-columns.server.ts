import type { ListingKind } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { isId, newId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { fieldOf } from "../domain/fields";
import { type Columns, columnsProblem, headKey } from "../domain/map-columns";
import { say } from "../domain/words";
import { findUpload, keeperOf, keepersOf, readUpload } from "../queries/uploads.server";
import { checkRows, headingsOf, reportOf } from "./check-upload.server";

export type MatchColumnsInput = {
  uploadId: string;
  kind: ListingKind;
  columns: Columns;
  /** keep the mapping under this name; null does not keep it */
  keepAs: string | null;
};

/**
 * Says which column of a sheet is which field and checks its rows by that. Kept under a name, the mapping serves the next
 * sheet with the same headings. What was already entered is not matched anew.
 * Failures: common:notFound, exchange:many.error.{noTitle,twice,nameNeeded,already,gone}, imports:error.noOrganisation, exchange:file.*.
 */
export async function matchColumns(ctx: Ctx, input: MatchColumnsInput): Promise<Result> {
  const { actor, db } = ctx;
  const upload = await findUpload(ctx, input.uploadId);
  if (!upload || !isPerson(actor)) return fail("common:notFound");
  if (upload.state === "done") return fail("exchange:many.error.already");
  const { columns, kind } = input;
  const wrong = columnsProblem(columns.columns, upload.forOffice);
  if (wrong?.code === "noTitle") return fail("exchange:many.error.noTitle");
  if (wrong?.code === "noOrganisation") return fail("imports:error.noOrganisation");
  if (wrong)
    return fail("exchange:many.error.twice", { params: { field: say(ctx.locale, `exchange:field.${wrong.field}`) } });
  const name = input.keepAs === null ? null : cleanText(input.keepAs).slice(0, 80);
  if (name === "")
    return fail("exchange:many.error.nameNeeded", { fields: { keepName: ["exchange:many.error.nameNeeded"] } });
  const sheet = await readUpload(ctx, upload, columns.sheet);
  if (!sheet || sheet.sheet !== columns.sheet) return fail("exchange:many.error.gone");
  const checked = await checkRows(ctx, { ...upload, kind }, sheet, columns);
  if (!checked.ok) return checked;
  const report = reportOf(checked.value.rows, headingsOf(sheet, columns));
  const changed = await db.importUpload.updateMany({
    where: { id: upload.id, state: { not: "done" } },
    data: { columns, kind, report, state: "checked", mappingName: name, revision: { increment: 1 } },
  });
  if (changed.count === 0) return fail("exchange:many.error.already");
  if (name !== null)
    await keep(ctx, {
      ownerId: keeperOf(upload),
      personId: actor.personId,
      name,
      kind,
      columns,
      key: headKey(sheet, columns.headRow),
    });
  return ok();
}

type Kept = { ownerId: string; personId: string; name: string; kind: ListingKind; columns: Columns; key: string };

async function keep(ctx: Ctx, { ownerId, personId, name, kind, columns, key: head }: Kept): Promise<void> {
  const facts = { name, kind, columns, updatedAt: ctx.clock.now() };
  await ctx.db.importMapping.upsert({
    where: { ownerId_headKey: { ownerId, headKey: head } },
    create: { id: newId(), ownerId, headKey: head, createdById: personId, ...facts },
    update: facts,
  });
}

/** Forgets a kept mapping of this person, one of their organisations, or of the office whose broker they are. Failures: common:notFound. */
export async function forgetMapping(ctx: Ctx, mappingId: string): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(mappingId)) return fail("common:notFound");
  const gone = await ctx.db.importMapping.deleteMany({
    where: {
      id: mappingId,
      ownerId: { in: [...keepersOf(actor, false), ...keepersOf(actor, true)] },
    },
  });
  return gone.count === 1 ? ok() : fail("common:notFound");
}

/** Reads the posted form of the columns page: "column.3" = field, with sheet and row of headings. */
export function columnsFromForm(form: FormData): Columns {
  const columns = [...form.entries()].flatMap(([name, value]) => {
    const at = /^column\.(\d{1,3})$/.exec(name)?.[1];
    const field = typeof value === "string" ? fieldOf(value) : undefined;
    return at && field ? [{ at: Number(at), field: field.id }] : [];
  });
  return { sheet: String(form.get("sheet") ?? ""), headRow: Number(form.get("headRow")) || 0, columns };
}
