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

/** The dictionary's revision, and the last one whose change may not have reached every listing yet (0: none is open). */
export type DictionaryState = { revision: number; open: number };

/** What this process has laid over the data files. */
let laid: { db: Db | null; revision: number } = { db: null, revision: 0 };
let waiting: Promise<unknown> = Promise.resolve();

async function lay(db: Db): Promise<DictionaryState> {
  const [{ revision, open }] = await db.$queryRaw<[DictionaryState]>`
    SELECT coalesce((SELECT max(seq) FROM dictionary_change), 0) AS revision,
      coalesce((SELECT max(seq) FROM dictionary_change WHERE settled_at IS NULL), 0) AS open`;
  const state = { revision, open };
  if (laid.revision === revision && (laid.db === db || revision === 0)) return state;
  const rows = await db.dictionaryChange.findMany({ where: { seq: { lte: revision } }, orderBy: { seq: "asc" } });
  // a key keeps the place of its first change
  const last = new Map<string, Entry>();
  for (const row of rows) last.set(row.entryKey, entryOf(row));
  layOver([...last.values()]);
  laid = { db, revision };
  return state;
}

/**
 * Makes this process read by the dictionary as it is now. One look at one row where nothing changed, so it is asked before listings
 * are read: that is how all processes learn of a change.
 */
export async function dictionaryState({ db }: Pick<Ctx, "db">): Promise<DictionaryState> {
  const turn = waiting.then(() => lay(db));
  waiting = turn.catch(() => undefined);
  return turn;
}

/** The same, of which only the revision is wanted. */
export const freshDictionary = async (ctx: Pick<Ctx, "db">): Promise<number> => (await dictionaryState(ctx)).revision;
