import type { Ctx } from "~/platform/context";
import type { Db } from "~/platform/db/client.server";
import { oneOfTerms, TERM_KINDS, TERM_SOURCES } from "../domain/dictionary-entries";
import { type Entry, layOver } from "../domain/live-dictionary";

type Row = {
  entryKey: string;
  active: boolean;
  en: string[];
  vi: string[];
  kind: string;
  source: string;
  sectors: string[];
};

/** A stored entry; what an earlier release wrote and this one does not know becomes a general word of the Department. */
export function entryOf(row: Row): Entry {
  return {
    key: row.entryKey,
    active: row.active,
    en: row.en,
    vi: row.vi,
    kind: oneOfTerms(TERM_KINDS, row.kind) ?? "general",
    source: oneOfTerms(TERM_SOURCES, row.source) ?? "department",
    sectors: row.sectors,
  };
}

/** What this process has laid over the data files. */
let laid: { db: Db | null; revision: number } = { db: null, revision: 0 };
let waiting: Promise<unknown> = Promise.resolve();

async function lay(db: Db): Promise<number> {
  const newest = await db.dictionaryChange.findFirst({ orderBy: { seq: "desc" }, select: { seq: true } });
  const revision = newest?.seq ?? 0;
  if (laid.revision === revision && (laid.db === db || revision === 0)) return revision;
  const rows = await db.dictionaryChange.findMany({ where: { seq: { lte: revision } }, orderBy: { seq: "asc" } });
  // a key keeps the place of its first change
  const last = new Map<string, Entry>();
  for (const row of rows) last.set(row.entryKey, entryOf(row));
  layOver([...last.values()]);
  laid = { db, revision };
  return revision;
}

/**
 * Makes this process read by the dictionary as it is now and says its revision. One look at one row where nothing changed, so it is
 * asked before listings are read: that is how all processes learn of a change.
 */
export async function freshDictionary({ db }: Pick<Ctx, "db">): Promise<number> {
  const turn = waiting.then(() => lay(db));
  waiting = turn.catch(() => undefined);
  return turn;
}
