import type { ImportUpload } from "~/generated/prisma/client";
import { enterMany } from "~/modules/listings/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { MOST_ENTERED } from "../domain/limits";
import { findUpload, ownerOf, readUpload, storedColumns } from "../queries/uploads.server";
import { checkRows, isGood } from "./check-upload.server";

export type EnterRowsInput = {
  uploadId: string;
  /** of the check whose result was looked at */
  revision: number;
  /** complete rows go to review at once; the others become drafts in any case */
  send: boolean;
  /** leave out rows that are like a listing that exists or like another row */
  skipLike: boolean;
};
/** `asked`: complete rows that wait for the organisation's own office */
export type EnteredRows = { entered: number; sent: number; asked: number };

/**
 * Makes listings of all good rows of a checked file, in one transaction: all of them or none. Pressing twice, two tabs or
 * the same file sent again enter nothing twice: the upload is taken once, and rows entered before are known by their words.
 * Failures: common:notFound, exchange:many.error.{gone,changed,nothing,tooMany500}, those of enterMany.
 */
export async function enterRows(ctx: Ctx, input: EnterRowsInput): Promise<Result<EnteredRows>> {
  const result = await tryToEnter(ctx, input);
  if (result.ok) return result;
  // who pressed a moment later hears what the first press did
  const upload = await findUpload(ctx, input.uploadId);
  return upload?.state === "done" ? ok(countsOf(upload)) : result;
}

const countsOf = ({ entered, sent, asked }: ImportUpload): EnteredRows => ({ entered, sent, asked });

async function tryToEnter(ctx: Ctx, input: EnterRowsInput): Promise<Result<EnteredRows>> {
  const upload = await findUpload(ctx, input.uploadId);
  if (!upload) return fail("common:notFound");
  if (upload.state === "done") return ok(countsOf(upload));
  if (upload.state !== "checked" || upload.revision !== input.revision) return fail("exchange:many.error.changed");
  const sheet = await readUpload(ctx, upload);
  if (!sheet) return fail("exchange:many.error.gone");
  const columns = storedColumns(upload.columns);
  const checked = await checkRows(ctx, upload, sheet, columns);
  if (!checked.ok) return checked;
  const { rows } = checked.value;
  const good = rows.filter((row) => isGood(row) && !row.known && !(input.skipLike && row.like));
  if (good.length === 0) return fail("exchange:many.error.nothing");
  if (good.length > MOST_ENTERED)
    return fail("exchange:many.error.tooMany500", { params: { count: good.length, most: MOST_ENTERED } });
  const ownerId = ownerOf(upload);
  const now = ctx.clock.now();

  return transact(ctx, async (tx) => {
    // one file of an owner after the other, so that the same rows in two files meet
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`import:${ownerId}`}, 0))`;
    const taken = await tx.importUpload.updateMany({
      where: { id: upload.id, state: "checked", revision: input.revision },
      data: { state: "done", doneAt: now },
    });
    if (taken.count === 0) return abort("exchange:many.error.changed");
    const before = await tx.importRow.findMany({
      where: { ownerId, hash: { in: good.map(({ hash }) => hash) }, enteredAt: { gte: upload.createdAt } },
      select: { hash: true },
    });
    const known = new Set(before.map(({ hash }) => hash));
    const fresh = good.filter(({ hash }) => !known.has(hash));
    if (fresh.length === 0) return abort("exchange:many.error.nothing");
    const entered = await enterMany(tx, ctx, {
      organisationId: upload.organisationId,
      drafts: fresh.map(({ kind, draft }) => ({ kind, draft })),
      send: input.send,
    });
    if (!entered.ok) return entered;
    await tx.importRow.createMany({
      data: fresh.map(({ row, hash }, at) => ({
        uploadId: upload.id,
        row,
        hash,
        ownerId,
        listingId: entered.value[at]?.listingId ?? "",
        enteredAt: now,
      })),
    });
    const counts = {
      entered: fresh.length,
      sent: entered.value.filter(({ sent }) => sent).length,
      asked: entered.value.filter(({ asked }) => asked).length,
    };
    await tx.importUpload.update({ where: { id: upload.id }, data: counts });
    // one word for all rows: five hundred notices would be read by nobody
    if (counts.sent > 0) await emit(tx, ctx, "import.sent", upload.id);
    if (counts.asked > 0) await emit(tx, ctx, "import.approval-asked", upload.id);
    await audit(tx, ctx, {
      action: "listings.entered",
      subjectKind: "import_upload",
      subjectId: upload.id,
      after: { state: "done", organisationId: upload.organisationId, ...counts },
    });
    return ok(counts);
  });
}

/** Takes a file away before anything of it was entered. Failures: common:notFound, exchange:many.error.already. */
export async function discardUpload(ctx: Ctx, uploadId: string): Promise<Result> {
  const upload = await findUpload(ctx, uploadId);
  if (!upload) return fail("common:notFound");
  const gone = await ctx.db.importUpload.deleteMany({ where: { id: upload.id, state: { not: "done" } } });
  if (gone.count === 0) return fail("exchange:many.error.already");
  if (upload.storageKey) await ctx.files.remove(upload.storageKey);
  return ok();
}
