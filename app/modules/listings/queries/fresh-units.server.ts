import type { Ctx } from "~/platform/context";
import type { Db, Tx } from "~/platform/db/client.server";
import { listsRevision } from "~/platform/lists/list-changes.server";
import { DIMENSIONS, layUnits, type StoredUnit } from "../domain/units";

/** What administrators said of units; one of a dimension that this release does not know is left out. */
export async function storedUnits(db: Db | Tx): Promise<StoredUnit[]> {
  const rows = await db.measureUnit.findMany({ orderBy: { code: "asc" } });
  return rows.flatMap(({ code, dimension, factor, offset, aliases, retiredAt }) => {
    const known = DIMENSIONS.find((one) => one === dimension);
    return known ? [{ code, dimension: known, factor, offset, aliases, retired: retiredAt !== null }] : [];
  });
}

/** What this process has laid over the supplied units. */
let laid: { db: Db | null; revision: number } = { db: null, revision: 0 };
let waiting: Promise<unknown> = Promise.resolve();

async function lay(db: Db): Promise<void> {
  const revision = await listsRevision(db);
  if (laid.revision === revision && (laid.db === db || revision === 0)) return;
  layUnits(revision === 0 ? [] : await storedUnits(db));
  laid = { db, revision };
}

/**
 * Makes this process read by the units as administrators keep them. One look at one row where no list changed, so it is asked
 * before lines are read, offered or compared: that is how all processes learn of a change.
 */
export async function freshUnits({ db }: Pick<Ctx, "db">): Promise<void> {
  const turn = waiting.then(() => lay(db));
  waiting = turn.catch(() => undefined);
  return turn;
}
