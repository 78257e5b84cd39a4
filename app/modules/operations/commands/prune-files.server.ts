import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import type { StoredObject } from "~/platform/ports/files";
import { FilesError } from "~/platform/ports/files";
import { fail, ok, type Result } from "~/platform/result";
import { MOST_PRUNED, ORPHAN_MS, OWNER_KEY, type Verdict, verdictOf } from "../domain/file-census";

export type FileCount = {
  verdict: Verdict;
  objects: number;
  bytes: number;
  young: number;
  orphans: number;
  missing: number;
  pruned: number;
};

type Known = { key: string; before: boolean };

/** Which of these objects rows know, of whichever context, and whether the row was there before `since`. */
async function known(ctx: Ctx, keys: string[], since: Date): Promise<Map<string, boolean>> {
  const rows = await ctx.db.$queryRaw<Known[]>`
    SELECT storage_key AS key, created_at < ${since} AS before FROM stored_file WHERE storage_key = ANY(${keys})
    UNION ALL SELECT thumbnail_key, created_at < ${since} FROM stored_file WHERE thumbnail_key = ANY(${keys})
    UNION ALL SELECT storage_key, created_at < ${since} FROM import_upload WHERE storage_key = ANY(${keys})`;
  return new Map(rows.map(({ key, before }) => [key, before]));
}

/** How many objects the rows that were there before `since` ask for. */
async function askedFor(ctx: Ctx, since: Date): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    SELECT (SELECT count(storage_key) + count(thumbnail_key) FROM stored_file WHERE created_at < ${since})::int
         + (SELECT count(storage_key) FROM import_upload WHERE created_at < ${since})::int AS count`;
  return row?.count ?? 0;
}

async function countAll(ctx: Ctx, since: Date) {
  const sums = { objects: 0, bytes: 0, held: 0, heldBefore: 0, young: 0, orphans: 0 };
  const orphans: string[] = [];
  for await (const listed of ctx.files.list()) {
    const page = listed.filter(({ key }) => key !== OWNER_KEY);
    const rows = await known(
      ctx,
      page.map(({ key }) => key),
      since,
    );
    const isYoung = ({ changedAt }: StoredObject) => since.getTime() - changedAt.getTime() <= ORPHAN_MS;
    for (const object of page) {
      sums.objects += 1;
      sums.bytes += object.bytes;
      const before = rows.get(object.key);
      if (before !== undefined) {
        sums.held += 1;
        if (before) sums.heldBefore += 1;
      } else if (isYoung(object)) sums.young += 1;
      else {
        sums.orphans += 1;
        if (orphans.length < MOST_PRUNED) orphans.push(object.key);
      }
    }
  }
  return { sums, orphans };
}

/** Takes orphans away, asking the rows once more before each handful. */
async function takeAway(ctx: Ctx, orphans: string[], since: Date): Promise<number> {
  let pruned = 0;
  for (let at = 0; at < orphans.length; at += 100) {
    const some = orphans.slice(at, at + 100);
    const rows = await known(ctx, some, since);
    for (const key of some.filter((one) => !rows.has(one))) {
      await ctx.files.remove(key);
      pruned += 1;
    }
  }
  return pruned;
}

/**
 * Counts the store of files against the rows that know its objects, and takes away what no row has known for a day: uploads
 * whose row never came, files whose row is gone. First the sums must agree: every row that was there before the count has its
 * object, and the store says that it is this exchange's (domain/file-census.ts). What was found is kept for the operators'
 * page; what was taken away is audited by number. For the system only. Failures: common:forbidden.
 */
export async function pruneFiles(ctx: Ctx): Promise<Result<FileCount>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const since = ctx.clock.now();
  const us = await ourName(ctx);
  // nobody has set the exchange up yet
  if (us === null) return ok({ verdict: "fine", objects: 0, bytes: 0, young: 0, orphans: 0, missing: 0, pruned: 0 });
  const owner = await ownerOf(ctx);
  const { sums, orphans } = await countAll(ctx, since);
  const rows = await askedFor(ctx, since);
  const verdict = verdictOf({ ...sums, owner, us, rows });
  if (verdict === "fine" && owner === null) await sign(ctx, us);
  const pruned = verdict === "fine" ? await takeAway(ctx, orphans, since) : 0;
  const { objects, bytes, young } = sums;
  const count: FileCount = {
    ...{ verdict, objects, bytes, young, pruned },
    orphans: sums.orphans,
    missing: Math.max(0, rows - sums.heldBefore),
  };
  const place = ctx.files.place;
  const kept = { ...count, countedAt: since, place };
  return transact(ctx, async (tx) => {
    await tx.fileCensus.upsert({
      where: { id: 1 },
      create: { ...kept, prunedEver: pruned },
      update: { ...kept, prunedEver: { increment: pruned } },
    });
    if (pruned > 0)
      await audit(tx, ctx, { action: "files.pruned", subjectKind: "files", subjectId: newId(), after: { pruned } });
    return ok(count);
  });
}

async function ourName(ctx: Pick<Ctx, "db">): Promise<string | null> {
  return (await ctx.db.office.findFirst({ orderBy: { id: "asc" }, select: { id: true } }))?.id ?? null;
}

async function ownerOf(ctx: Pick<Ctx, "files">): Promise<string | null> {
  const said = await ctx.files.get(OWNER_KEY);
  return said && new TextDecoder().decode(said).trim();
}

const sign = (ctx: Pick<Ctx, "files">, us: string) =>
  ctx.files.put(OWNER_KEY, new TextEncoder().encode(us), "text/plain");

/**
 * Sees to it, before anything is stored, that a shared store holds one exchange under one prefix: the first one signs it.
 * Two would take one another's files for orphans. A store that is away is asked by the next start.
 * @throws FilesError for another exchange's store
 */
export async function claimFiles(ctx: Pick<Ctx, "db" | "files" | "log">): Promise<void> {
  const us = await ourName(ctx);
  if (us === null) return;
  try {
    const owner = await ownerOf(ctx);
    if (owner === null) await sign(ctx, us);
    else if (owner !== us)
      throw new FilesError(
        "wrong",
        `The files at ${ctx.files.place} are another exchange's: set another S3_PREFIX, or remove the object "${OWNER_KEY}" there if that exchange is gone`,
      );
  } catch (error) {
    if (!(error instanceof FilesError) || error.problem !== "away") throw error;
    ctx.log.warn({ problem: error.problem }, error.message);
  }
}
