import type { ImportUpload } from "~/generated/prisma/client";
import { makeNamedOrganisations, type OrganisationToMake } from "~/modules/accounts/index.server";
import { enterMany } from "~/modules/listings/index.server";
import { type AuditRecord, auditAll } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isUniqueViolation, type Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { emit, emitAll } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { MOST_A_DAY, MOST_ENTERED } from "../domain/limits";
import { findUpload, keeperOf, ownerOf, readUpload, storedColumns } from "../queries/uploads.server";
import { type CheckedRow, checkRows, isGood, organisationOf } from "./check-upload.server";

export type EnterRowsInput = {
  uploadId: string;
  /** of the check whose result was looked at */
  revision: number;
  /** complete rows go to review at once; the others become drafts in any case */
  send: boolean;
  /** leave out rows that are like a listing that exists or like another row */
  skipLike: boolean;
  /** of a file for many: make the organisations that the office does not have; their rows are left out otherwise */
  makeMissing?: boolean;
};
/** `asked`: complete rows that wait for the organisation's own office */
export type EnteredRows = { entered: number; sent: number; asked: number };

/**
 * Makes listings of all good rows of a checked file, in one transaction: all of them or none. Pressing twice, two tabs or
 * the same file sent again enter nothing twice: the upload is taken once, and rows entered before are known by their words.
 * Rows of a file for many become listings that a broker posts on behalf of the row's organisation.
 * Failures: common:notFound, exchange:many.error.{gone,changed,nothing,tooMany500,dayLimit}, those of enterMany and makeNamedOrganisations.
 */
export async function enterRows(ctx: Ctx, input: EnterRowsInput): Promise<Result<EnteredRows>> {
  const result = await tryToEnter(ctx, input).catch((error: unknown) => {
    // somebody registered one of the organisations under its tax code in the same moment
    if (isUniqueViolation(error)) return fail("imports:error.madeNow");
    throw error;
  });
  if (result.ok) return result;
  // who pressed a moment later hears what the first press did
  const upload = await findUpload(ctx, input.uploadId);
  return upload?.state === "done" ? ok(countsOf(upload)) : result;
}

const countsOf = ({ entered, sent, asked }: ImportUpload): EnteredRows => ({ entered, sent, asked });

/** Nobody else enters rows of these owners until the transaction ends. Sorted, so that two files with the same owners queue up. */
async function takeTurns(tx: Tx, owners: (string | null)[]): Promise<void> {
  const keys = [...new Set(owners.flatMap((owner) => (owner ? [`import:${owner}`] : [])))].sort();
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(k.key, 0)) FROM unnest(${keys}::text[]) WITH ORDINALITY AS k(key, at)`;
}

/** Listings that this person entered from files for one organisation within 24 hours. */
const enteredToday = (tx: Tx, ctx: Ctx, personId: string): Promise<number> =>
  tx.importRow.count({
    where: {
      enteredAt: { gt: new Date(ctx.clock.now().getTime() - 86_400_000) },
      upload: { personId, forOffice: false },
    },
  });

type Good = CheckedRow & { organisationId: string | null };

/** The rows with the organisations they become listings of; those that are not there are made. */
async function withOrganisations(
  tx: Tx,
  ctx: Ctx,
  upload: ImportUpload,
  rows: readonly CheckedRow[],
): Promise<{ rows: Good[]; audits: AuditRecord[]; made: Set<string> }> {
  // as the first of its rows writes it
  const missing = new Map<string, OrganisationToMake>();
  for (const { owner } of rows)
    if (owner?.kind === "new" && !missing.has(owner.key))
      missing.set(owner.key, { name: owner.name, taxCode: owner.taxCode });
  const { ids, audits } =
    isPerson(ctx.actor) && missing.size > 0
      ? await makeNamedOrganisations(tx, ctx, ctx.actor, [...missing.values()])
      : { ids: [], audits: [] };
  const idOf = new Map([...missing.keys()].map((key, at) => [key, ids[at] ?? null]));
  return {
    rows: rows.map((row) => ({
      ...row,
      organisationId: row.owner?.kind === "new" ? (idOf.get(row.owner.key) ?? null) : organisationOf(upload, row),
    })),
    audits,
    made: new Set(ids),
  };
}

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
  const good = rows.filter(
    (row) =>
      isGood(row) &&
      !row.known &&
      !(input.skipLike && row.like) &&
      (row.owner?.kind !== "new" || input.makeMissing === true),
  );
  if (good.length === 0) return fail("exchange:many.error.nothing");
  if (good.length > MOST_ENTERED)
    return fail("exchange:many.error.tooMany500", { params: { count: good.length, most: MOST_ENTERED } });
  const now = ctx.clock.now();
  const ownerIds = upload.forOffice ? good.map((row) => organisationOf(upload, row)) : [ownerOf(upload)];

  return transact(ctx, async (tx) => {
    // one file of an owner after the other, so that the same rows in two files meet; of the office too, as it makes organisations
    if (upload.forOffice) await takeTurns(tx, [keeperOf(upload)]);
    await takeTurns(tx, ownerIds);
    const taken = await tx.importUpload.updateMany({
      where: { id: upload.id, state: "checked", revision: input.revision },
      data: { state: "done", doneAt: now },
    });
    if (taken.count === 0) return abort("exchange:many.error.changed");
    const before = await tx.importRow.findMany({
      where: {
        ownerId: { in: ownerIds.flatMap((id) => id ?? []) },
        hash: { in: good.map(({ hash }) => hash) },
        enteredAt: { gte: upload.createdAt },
      },
      select: { ownerId: true, hash: true },
    });
    const known = new Set(before.map(({ ownerId, hash }) => `${ownerId} ${hash}`));
    const ownerIdOf = (organisationId: string | null) => organisationId ?? upload.personId;
    const unknown = good.filter((row) => !known.has(`${ownerIdOf(organisationOf(upload, row))} ${row.hash}`));
    if (unknown.length === 0) return abort("exchange:many.error.nothing");
    const today = upload.forOffice ? 0 : await enteredToday(tx, ctx, upload.personId);
    if (today + unknown.length > MOST_A_DAY)
      return abort("exchange:many.error.dayLimit", { params: { count: today, most: MOST_A_DAY } });
    const { rows: fresh, audits, made } = await withOrganisations(tx, ctx, upload, unknown);
    const entered = await enterMany(tx, ctx, {
      drafts: fresh.map(({ kind, draft, organisationId }) => ({ kind, draft, organisationId })),
      send: input.send,
      onBehalf: upload.forOffice,
    });
    if (!entered.ok) return entered;
    await tx.importRow.createMany({
      data: fresh.map(({ row, hash, organisationId }, at) => ({
        uploadId: upload.id,
        row,
        hash,
        ownerId: ownerIdOf(organisationId),
        listingId: entered.value[at]?.listingId ?? "",
        enteredAt: now,
      })),
    });
    const counts = {
      entered: fresh.length,
      sent: entered.value.filter(({ sent }) => sent).length,
      asked: entered.value.filter(({ asked }) => asked).length,
    };
    await tx.importUpload.update({ where: { id: upload.id }, data: { ...counts, made: made.size } });
    await tell(
      tx,
      ctx,
      upload,
      counts,
      fresh.flatMap(({ organisationId }, at) =>
        entered.value[at]?.sent && organisationId && !made.has(organisationId) ? [organisationId] : [],
      ),
    );
    await auditAll(tx, ctx, [
      ...audits,
      {
        action: "listings.entered",
        subjectKind: "import_upload",
        subjectId: upload.id,
        after: {
          state: "done",
          organisationId: upload.organisationId,
          ...counts,
          ...(upload.forOffice ? { forOffice: true, made: made.size } : {}),
        },
      },
    ]);
    return ok(counts);
  });
}

/** One word for all rows, to each group of readers: five hundred notices would be read by nobody. */
async function tell(tx: Tx, ctx: Ctx, upload: ImportUpload, counts: EnteredRows, sentFor: string[]): Promise<void> {
  if (!upload.forOffice) {
    if (counts.sent > 0) await emit(tx, ctx, "import.sent", upload.id);
    if (counts.asked > 0) await emit(tx, ctx, "import.approval-asked", upload.id);
    return;
  }
  if (counts.sent > 0) await emit(tx, ctx, "import.sent-on-behalf", upload.id);
  // each organisation that has somebody is asked once to confirm what was sent for it
  const organisations = [...new Set(sentFor)];
  await emitAll(
    tx,
    ctx,
    "import.to-confirm",
    organisations.map(() => upload.id),
    organisations.map((organisationId) => ({ organisationId })),
  );
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
