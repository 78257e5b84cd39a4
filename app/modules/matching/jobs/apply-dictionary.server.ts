import type { Ctx } from "~/platform/context";
import type { QueuePort } from "~/platform/ports/queue";
import { countTerm, countWhatChanged, keepTerms } from "../commands/count-corpus.server";
import { type Form, formsOfConcept } from "../domain/dictionary-forms";
import { ENGINE, revisionOf } from "../domain/engine";
import { type Entry, fileEntry } from "../domain/live-dictionary";
import { STOP_WORDS } from "../domain/stop-words";
import { termKey, termOfForm } from "../domain/term-keys";
import { readerOf, touchedForms } from "../domain/touched-forms";
import { openCorpus, readPublished } from "../queries/corpus.server";
import { entryOf, freshDictionary } from "../queries/fresh-dictionary.server";
import type { Count } from "../queries/term-index.server";
import { whoHolds } from "../queries/who-holds.server";
import { computeMatchesJob } from "./compute-matches.job";

const BATCH = 200;

/** The terms that a listing holds which holds this form. */
function termsIn({ folded }: Form): number[] {
  const words = folded.filter((word) => !STOP_WORDS.has(word));
  // pairs with a word of grammar are not read
  const pairs = folded.slice(1).flatMap((word, at) => {
    const first = folded[at] ?? "";
    return STOP_WORDS.has(first) || STOP_WORDS.has(word) ? [] : [`${first} ${word}`];
  });
  return [...new Set([...words, ...pairs])].map(termKey);
}

/** Ids of published listings that may hold one of these forms: by their kept terms in a large corpus, else all of them. */
async function mayHold(ctx: Ctx, forms: readonly Form[], large: Count | null): Promise<string[]> {
  if (large) return whoHolds(ctx, forms.map(termsIn), large);
  const rows = await ctx.db.listing.findMany({
    where: { state: "published" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id }) => id);
}

/** The entry's weight goes by how many listings hold it: as of now, and all terms anew when many were read again. */
async function countEntry(ctx: Ctx, entry: Entry, large: Count): Promise<void> {
  const [first, ...others] = entry.active ? formsOfConcept(entry, 0) : [];
  if (first)
    await countTerm(ctx, termKey(termOfForm(first)), await whoHolds(ctx, [first, ...others].map(termsIn), large));
  await countWhatChanged(ctx, large.listings);
}

/**
 * Brings up to date what a change of the dictionary touches and nothing else: listings that hold a touched form get their terms
 * read anew and their matches queued. Safe to run twice: a listing whose matches were computed since is left alone.
 * @returns listings queued
 */
export async function applyDictionaryChange(ctx: Ctx, queue: QueuePort, seq: number): Promise<number> {
  const change = await ctx.db.dictionaryChange.findUnique({ where: { seq } });
  if (!change) return 0;
  await freshDictionary(ctx);
  const previous = await ctx.db.dictionaryChange.findFirst({
    where: { entryKey: change.entryKey, seq: { lt: seq } },
    orderBy: { seq: "desc" },
  });
  const before = previous ? entryOf(previous) : fileEntry(change.entryKey);
  const forms = touchedForms(before, entryOf(change));
  if (forms.length === 0) return 0;
  const reader = readerOf(forms, ENGINE);
  const { large } = await openCorpus(ctx);
  const ids = await mayHold(ctx, forms, large);
  const held: string[][] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const loaded = await readPublished(ctx, ids.slice(at, at + BATCH), reader);
    const holders = loaded.filter(({ read }) => read.concepts.size > 0).map(({ listing }) => listing.id);
    if (holders.length === 0) continue;
    held.push(holders);
    if (large) await keepTerms(ctx, holders);
  }
  // before matches are computed: what is rare counts for much
  if (large && held.length > 0) await countEntry(ctx, entryOf(change), large);
  let queued = 0;
  for (const holders of held) {
    const runs = await ctx.db.matchRun.findMany({
      where: { listingId: { in: holders } },
      select: { listingId: true, engineVersion: true },
    });
    // another engine's matches are computed anew anyway
    const behind = runs.filter(({ engineVersion }) => (revisionOf(engineVersion) ?? seq) < seq);
    await queue.add(
      behind.map(({ listingId }) => ({
        definition: computeMatchesJob,
        id: `compute-matches.dictionary-${seq}.${listingId}`,
        payload: { listingId },
      })),
    );
    queued += behind.length;
  }
  return queued;
}

/** Long enough for work that began before the change to end. */
const SETTLE_MS = 60_000;

/**
 * Looks a last time for what recent changes touch: a job that had begun before may have written what the old dictionary said, and an
 * event may have been lost. @returns listings queued
 */
export async function settleDictionary(ctx: Ctx, queue: QueuePort): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - SETTLE_MS);
  const open = await ctx.db.dictionaryChange.findMany({
    where: { settledAt: null, at: { lte: before } },
    orderBy: { seq: "asc" },
    select: { seq: true },
  });
  let queued = 0;
  for (const { seq } of open) {
    queued += await applyDictionaryChange(ctx, queue, seq);
    await ctx.db.dictionaryChange.updateMany({
      where: { seq, settledAt: null },
      data: { settledAt: ctx.clock.now() },
    });
  }
  return queued;
}
