import { type Ctx, hasGrant } from "~/platform/context";
import { fold } from "~/platform/text";
import type { TermKind, TermSource } from "../domain/dictionary-entries";
import { ENGINE_VERSION } from "../domain/engine";
import { type Entry, fileNumber, liveEntries, liveEntry } from "../domain/live-dictionary";
import { freshDictionary } from "./fresh-dictionary.server";

const PAGE_SIZE = 25;

export type TermFilter = "all" | "changed" | "added" | "off";
/** An entry in a list: what it says, and whether administrators touched it. */
export type TermRow = {
  key: string;
  en: readonly string[];
  vi: readonly string[];
  kind: TermKind;
  source: TermSource;
  active: boolean;
  standing: "file" | "changed" | "added";
};
export type TermList = {
  rows: TermRow[];
  total: number;
  page: number;
  pages: number;
  counts: Record<TermFilter, number>;
  revision: number;
  engine: string;
};

const standingOf = (key: string, touched: ReadonlySet<string>): TermRow["standing"] =>
  !touched.has(key) ? "file" : fileNumber(key) === undefined ? "added" : "changed";

/** Whole words first, then any place: who looks "bùn" up wants "bùn thải" before "bùng". */
function placeOf(entry: Entry, wanted: string): number {
  let best = 3;
  for (const form of [...entry.en, ...entry.vi]) {
    const text = fold(form);
    if (text === wanted) return 0;
    if (` ${text} `.includes(` ${wanted} `)) best = Math.min(best, 1);
    else if (text.includes(wanted)) best = Math.min(best, 2);
  }
  return best;
}

/** Entries by what they say in either language, with or without accents. Null for all but administrators. */
export async function lookUpTerms(
  ctx: Ctx,
  input: { q: string; show: TermFilter; page: number },
): Promise<TermList | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  const revision = await freshDictionary(ctx);
  const changed = await ctx.db.dictionaryChange.findMany({ distinct: ["entryKey"], select: { entryKey: true } });
  const touched = new Set(changed.map(({ entryKey }) => entryKey));
  const all = liveEntries();
  const is: Record<TermFilter, (entry: Entry) => boolean> = {
    all: () => true,
    changed: ({ key }) => standingOf(key, touched) === "changed",
    added: ({ key }) => standingOf(key, touched) === "added",
    off: ({ active }) => !active,
  };
  const wanted = fold(input.q.trim()).replace(/\s+/g, " ");
  const found = all
    .filter(is[input.show])
    .map((entry, at) => ({ entry, at, place: wanted === "" ? 0 : placeOf(entry, wanted) }))
    .filter(({ place }) => place < 3)
    .sort((a, b) => a.place - b.place || a.at - b.at);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Math.trunc(input.page) || 1));
  const count = (filter: TermFilter) => all.filter(is[filter]).length;
  return {
    total: found.length,
    page,
    pages,
    counts: { all: all.length, changed: count("changed"), added: count("added"), off: count("off") },
    revision,
    engine: ENGINE_VERSION,
    rows: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(({ entry }) => ({
      key: entry.key,
      en: entry.en,
      vi: entry.vi,
      kind: entry.kind,
      source: entry.source,
      active: entry.active,
      standing: standingOf(entry.key, touched),
    })),
  };
}

export type TermView = Omit<TermRow, "standing"> & {
  /** the last change's number, 0 for an entry as the files have it */
  revision: number;
  sectors: readonly string[];
  fromFile: boolean;
  history: { seq: number; at: Date; by: string; active: boolean; en: string[]; vi: string[]; note: string | null }[];
};

/** One entry with its history, newest first. Null when absent, and for all but administrators. */
export async function viewTerm(ctx: Ctx, key: string): Promise<TermView | null> {
  if (!hasGrant(ctx.actor, "administrator")) return null;
  await freshDictionary(ctx);
  const entry = liveEntry(key);
  if (!entry) return null;
  const rows = await ctx.db.dictionaryChange.findMany({
    where: { entryKey: key },
    orderBy: { seq: "desc" },
    select: {
      seq: true,
      at: true,
      active: true,
      en: true,
      vi: true,
      note: true,
      person: { select: { fullName: true } },
    },
  });
  return {
    key: entry.key,
    en: entry.en,
    vi: entry.vi,
    kind: entry.kind,
    source: entry.source,
    active: entry.active,
    sectors: entry.sectors,
    fromFile: fileNumber(key) !== undefined,
    revision: rows[0]?.seq ?? 0,
    history: rows.map(({ person, ...row }) => ({ ...row, by: person.fullName })),
  };
}
