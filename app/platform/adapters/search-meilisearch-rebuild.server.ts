import type { Index, Meilisearch, Settings } from "meilisearch";
import { newId } from "../ids";
import { type RebuildSource, RebuildTakenOver, type Rebuilt } from "../ports/search";
import { type Indexed, type Logged, logged, MAIN_SETTINGS, removal } from "./search-meilisearch-documents.server";
import { chunks, done, ended, everyEntry, newest, orNull } from "./search-meilisearch-log.server";

type Shelf = {
  client: Meilisearch;
  mainName: string;
  log: Index<Logged>;
  createIndex(name: string, primaryKey: string, settings: Settings): Promise<void>;
  /** brings an index to what the log says of these listings */
  settle(index: Index<Indexed>, ids: string[], known?: Logged[], size?: number): Promise<void>;
};

/** Of the index being built: its name, what its documents are made by, and the last listing it got. */
type Progress = { id: typeof PROGRESS; index: string; shape: string; after: string | null };
/** The run that builds. */
type Builder = { id: typeof BUILDER; run: string };
const PROGRESS = "progress";
const BUILDER = "builder";

/**
 * The fresh index is filled from the log, which every writer feeds first; what was written while it was being filled, or while
 * nobody went on with it, is caught up before and after the swap. Listings the source does not hold become tombstones at the
 * version they had.
 *
 * How far it has come stands in a small index beside. The engine cannot write on a condition, so whoever begins says so first
 * and then reads how far the other came, and whoever swaps takes that away first and then looks who builds: of two at once the
 * later one goes on (or begins anew), and none swaps what the other has left or taken.
 */
export async function rebuildMeilisearch(
  { client, mainName, log, createIndex, settle }: Shelf,
  source: RebuildSource,
  { afresh = false }: { afresh?: boolean } = {},
): Promise<Rebuilt> {
  const run = newId();
  const buildName = `${mainName}_build`;
  await createIndex(buildName, "id", { searchableAttributes: [] });
  const build = client.index<Progress | Builder>(buildName);
  const mine = async () => {
    const builder = await build.getDocument<Builder>(BUILDER);
    if (builder.run !== run) throw new RebuildTakenOver();
  };
  await done(build.addDocuments([{ id: BUILDER, run }]));
  const earlier = await orNull(build.getDocument<Progress>(PROGRESS));
  const goesOn = earlier !== null && earlier.shape === source.shape && !afresh;
  const freshName = goesOn ? earlier.index : `${mainName}_${newId().replaceAll("-", "")}`;
  const after = goesOn ? earlier.after : null;
  await clearLeft(client, mainName, freshName);
  const note = (to: string | null) =>
    done(build.addDocuments([{ id: PROGRESS, index: freshName, shape: source.shape, after: to }]));
  await createIndex(freshName, "id", MAIN_SETTINGS);
  await note(after);
  const fresh = client.index<Indexed>(freshName);

  const before = new Map<string, number>();
  for await (const page of everyEntry(log))
    for (const { listing, version } of page) before.set(listing, Math.max(version, before.get(listing) ?? 0));
  const ids = new Set<string>();
  let indexed = 0;
  for await (const batch of source.documents(after)) {
    const last = batch.at(-1)?.id;
    if (!last) continue;
    await mine();
    const entries = batch.map(logged);
    const listings = entries.map((entry) => entry.listing);
    const { top } = await newest(log, listings);
    const unlogged = entries.filter(({ listing, version, stamp }) => {
      const known = top.get(listing);
      return !known || known.version < version || (known.version === version && known.stamp !== stamp);
    });
    if (unlogged.length > 0) await done(log.addDocuments(unlogged));
    // who went on with it has taken the index away
    await settle(fresh, listings, entries, entries.length).catch(async (error: unknown) => {
      await mine();
      throw error;
    });
    for (const id of listings) ids.add(id);
    await mine();
    await note(last);
    indexed += batch.length;
  }
  const unseen = [...before].filter(([id]) => !ids.has(id));
  for (const part of chunks(unseen)) {
    // what an earlier run got, or was published behind it, the source still holds
    const held = new Set(await source.held(part.map(([id]) => id)));
    const gone = part.filter(([id]) => !held.has(id)).map(([id, version]) => removal(id, version));
    if (gone.length > 0) await done(log.addDocuments(gone));
  }
  // readers never see what changed or went while nobody built; nor an index that somebody emptied
  if (goesOn) await settleAll(fresh);

  await mine();
  await done(build.deleteDocument(PROGRESS));
  await mine();
  await done(client.swapIndexes([{ indexes: [mainName, freshName], rename: false }]));
  await done(client.deleteIndex(freshName));
  await settleAll(client.index<Indexed>(mainName));
  return { indexed, resumed: after !== null };

  async function settleAll(index: Index<Indexed>): Promise<void> {
    const all = new Set<string>();
    for await (const page of everyEntry(log)) for (const { listing } of page) all.add(listing);
    await settle(index, [...all]);
  }
}

/** Deletes what rebuilds began and nobody goes on with. */
async function clearLeft(client: Meilisearch, mainName: string, kept: string): Promise<void> {
  const { results } = await client.getRawIndexes({ limit: 1_000 });
  for (const { uid } of results) {
    const begun = uid.startsWith(`${mainName}_`) && /^[0-9a-f]{32}$/.test(uid.slice(mainName.length + 1));
    if (begun && uid !== kept) await ended(client.deleteIndex(uid));
  }
}
