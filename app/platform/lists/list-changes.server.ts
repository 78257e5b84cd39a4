import type { Prisma } from "~/generated/prisma/client";
import { audit } from "../audit.server";
import type { Ctx, PersonActor } from "../context";
import type { Db, Tx } from "../db/client.server";
import { newId } from "../ids";
import { abort } from "../result";

/** Lists whose entries administrators keep in the app. */
export type ListName = "sector" | "reason" | "rule" | "template" | "unit";
type Facts = Prisma.InputJsonObject;

/** Changes of lists come one after the other, so that revisions commit in their order and no two people take the same name. */
export async function lockLists(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('lists', 0))`;
}

/** The number of the last change of any list; who keeps lists in memory asks for it first. 0: none was ever changed. */
export async function listsRevision(db: Db | Tx): Promise<number> {
  const [row] = await db.$queryRaw<{ seq: number | null }[]>`SELECT max(seq) AS seq FROM list_change`;
  return row?.seq ?? 0;
}

/** Aborts when the entry was changed since it was opened, and says who was quicker. `revision` 0: as supplied, or new. */
export async function refuseStale(tx: Tx, list: ListName, entryKey: string, revision: number): Promise<void> {
  const last = await tx.listChange.findFirst({
    where: { list, entryKey },
    orderBy: { seq: "desc" },
    select: { seq: true, person: { select: { fullName: true } } },
  });
  if ((last?.seq ?? 0) !== revision)
    abort("lists:error.changedMeanwhile", { params: { name: last?.person.fullName ?? "" } });
}

export type NewListChange = {
  list: ListName;
  entryKey: string;
  /** verb in the past, e.g. "sector.renamed" */
  action: string;
  before: Facts | null;
  after: Facts;
  note: string | null;
};

/** Appends to the history of a list and to the audit log. @returns the entry's new revision, and the change's id */
export async function appendListChange(
  tx: Tx,
  ctx: Ctx & { actor: PersonActor },
  { list, entryKey, action, before, after, note }: NewListChange,
): Promise<{ revision: number; changeId: string }> {
  const id = newId();
  const { seq } = await tx.listChange.create({
    data: {
      id,
      list,
      entryKey,
      action,
      ...(before ? { before } : {}),
      after,
      note,
      personId: ctx.actor.personId,
      at: ctx.clock.now(),
    },
    select: { seq: true },
  });
  await audit(tx, ctx, {
    action,
    subjectKind: "list-change",
    subjectId: id,
    ...(before ? { before: { key: entryKey, ...before } } : {}),
    after: { key: entryKey, revision: seq, ...after },
  });
  return { revision: seq, changeId: id };
}

/** One change as its history shows it. */
export type ListChangeView = {
  seq: number;
  list: string;
  entryKey: string;
  action: string;
  at: Date;
  by: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  note: string | null;
};

const factsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

/** Changes, newest first. */
export async function listChanges(
  db: Db | Tx,
  where: { list?: ListName; entryKey?: string; most?: number },
): Promise<ListChangeView[]> {
  const { list, entryKey, most = 100 } = where;
  const rows = await db.listChange.findMany({
    where: { ...(list ? { list } : {}), ...(entryKey === undefined ? {} : { entryKey }) },
    orderBy: { seq: "desc" },
    take: most,
    select: {
      seq: true,
      list: true,
      entryKey: true,
      action: true,
      at: true,
      before: true,
      after: true,
      note: true,
      person: { select: { fullName: true } },
    },
  });
  return rows.map(({ person, before, after, ...row }) => ({
    ...row,
    by: person.fullName,
    before: factsOf(before),
    after: factsOf(after),
  }));
}
