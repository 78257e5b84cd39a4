import {
  type EnqueuedTaskPromise,
  type Index,
  type Meilisearch,
  MeilisearchApiError,
  MeilisearchTaskTimeOutError,
  type Settings,
  type Task,
} from "meilisearch";
import { type Indexed, type Logged, oneOf } from "./search-meilisearch-documents.server";

const BATCH = 500;
const PAGE = 2_000;
/** A small write is over within this; who waits for it should not wait longer. */
const SOON = { timeout: 1_000, interval: 10 };
/** Thousands of listings in a large index take a minute and more, and wait for what was queued before them. */
const LATER = { timeout: 1_800_000, interval: 500 };

/**
 * How a task ended. Asked for often at first, then seldom: asking a hundred times a second takes the engine's time, and the
 * client keeps something of every question until the last.
 */
export async function ended(enqueued: EnqueuedTaskPromise): Promise<Task> {
  try {
    return await enqueued.waitTask(SOON);
  } catch (error) {
    if (!(error instanceof MeilisearchTaskTimeOutError)) throw error;
    return enqueued.waitTask(LATER);
  }
}

/** @throws Error when the task failed */
export async function done(enqueued: EnqueuedTaskPromise): Promise<void> {
  const task = await ended(enqueued);
  if (task.status !== "succeeded") {
    throw new Error(
      `Meilisearch task ${task.uid} (${task.type}) ${task.status}: ${task.error?.code ?? ""} ${task.error?.message ?? ""}`,
    );
  }
}

export const chunks = <T>(list: T[], size = BATCH): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** The answer, or null where the engine says that there is no such index or document. */
export const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    const code = error instanceof MeilisearchApiError ? error.cause?.code : undefined;
    if (code === "index_not_found" || code === "document_not_found") return null;
    throw error;
  });

/** Creates an index where there is none and sets how it works. */
export async function createIndexOn(
  client: Meilisearch,
  name: string,
  primaryKey: string,
  settings: Settings,
): Promise<void> {
  if ((await orNull(client.getRawIndex(name))) === null) {
    const task = await ended(client.createIndex(name, { primaryKey }));
    if (task.status !== "succeeded" && task.error?.code !== "index_already_exists") {
      throw new Error(`Meilisearch could not create index ${name}: ${task.error?.message ?? task.status}`);
    }
  }
  await done(client.index(name).updateSettings(settings));
}

/** An entry of the log without what it says. */
export type Entry = Omit<Logged, "document"> & { gone: boolean };
const ENTRY = ["key", "listing", "version", "stamp"] as const;
type Row = Pick<Logged, (typeof ENTRY)[number]>;
// only a removal has no stamp
const entryOf = (row: Row): Entry => ({ ...row, gone: row.stamp === "" });

/** The highest version of each of these listings, and the keys of lower ones. */
export async function newest(log: Index<Logged>, ids: string[]): Promise<{ top: Map<string, Entry>; older: string[] }> {
  const top = new Map<string, Entry>();
  const older: string[] = [];
  for (let offset = 0; ; offset += BATCH) {
    const found = await log.getDocuments<Row>({
      filter: oneOf("listing", ids),
      fields: [...ENTRY],
      limit: BATCH,
      offset,
    });
    for (const entry of found.results.map(entryOf)) {
      const other = top.get(entry.listing);
      if (!other || other.version < entry.version) {
        if (other) older.push(other.key);
        top.set(entry.listing, entry);
      } else older.push(entry.key);
    }
    if (offset + found.results.length >= found.total || found.results.length === 0) return { top, older };
  }
}

/** What these entries say; those at hand are not asked for again. */
async function documentsOf(log: Index<Logged>, entries: Entry[], known: Map<string, Logged>): Promise<Indexed[]> {
  const said = entries.flatMap(({ key, stamp }) => {
    const at = known.get(key);
    return at?.stamp === stamp ? (at.document ?? []) : [];
  });
  const have = new Set(said.map(({ id }) => id));
  const missing = entries.filter(({ listing }) => !have.has(listing)).map(({ key }) => key);
  for (const keys of chunks(missing)) {
    const { results } = await log.getDocuments({ ids: keys, limit: keys.length });
    said.push(...results.flatMap(({ document }) => document ?? []));
  }
  return said;
}

/**
 * Brings an index to what the log says of these listings, and looks again until both agree.
 * @param known entries at hand, so that their documents need not be read back
 * @param size listings written in one task; a task costs seconds in a large index, however little it brings
 */
export async function settleFrom(
  log: Index<Logged>,
  index: Index<Indexed>,
  ids: string[],
  known: Logged[] = [],
  size = BATCH,
): Promise<void> {
  const atHand = new Map(known.map((entry) => [entry.key, entry]));
  for (const batch of chunks([...new Set(ids)], size)) {
    for (;;) {
      const { top, older } = await newest(log, batch);
      // by filter: ids would stand in the address, which has room for some hundreds
      const held = await index.getDocuments({
        filter: oneOf("id", batch),
        fields: ["id", "stamp"],
        limit: batch.length,
      });
      const stamps = new Map(held.results.map((doc) => [doc.id, doc.stamp]));
      const late = [...top.values()].filter((entry) => (stamps.get(entry.listing) ?? "") !== entry.stamp);
      if (late.length === 0) {
        if (older.length > 0) await done(log.deleteDocuments(older));
        break;
      }
      const writes = await documentsOf(
        log,
        late.filter((entry) => !entry.gone),
        atHand,
      );
      const removals = late.filter((entry) => entry.gone).map((entry) => entry.listing);
      await Promise.all([
        writes.length > 0 ? done(index.addDocuments(writes)) : undefined,
        removals.length > 0 ? done(index.deleteDocuments(removals)) : undefined,
      ]);
    }
  }
}

/** Listings of the log with their versions, a page at a time. */
export async function* everyEntry(log: Index<Logged>): AsyncGenerator<Entry[]> {
  for (let offset = 0; ; offset += PAGE) {
    const found = await log.getDocuments<Row>({ fields: [...ENTRY], limit: PAGE, offset, sort: ["key:asc"] });
    if (found.results.length === 0) return;
    yield found.results.map(entryOf);
  }
}
