import type { Db } from "../db/client.server";
import { newId } from "../ids";
import { type RebuildSource, RebuildTakenOver, type Rebuilt } from "../ports/search";
import { type Row, rowOf, tombstone } from "./search-postgres-rows.server";

type Shelf = {
  db: Db;
  /** names the index that readers see */
  alias: string;
  /** names the one being built, while there is one */
  next: string;
  /** into the one being built */
  write(rows: Row[]): Promise<void>;
};
/** Documents looked at in one go. */
const STEP = 1_000;

/**
 * Writers feed the index being built from its first moment on, also while nobody builds: a rebuild that goes on finds what
 * changed meanwhile already there. Of two at once the later one goes on and the earlier one stops at its next batch.
 */
export async function rebuildPostgres(
  { db, alias, next, write }: Shelf,
  source: RebuildSource,
  { afresh = false }: { afresh?: boolean } = {},
): Promise<Rebuilt> {
  const run = newId();
  const { indexName: fresh, builtTo } = await db.$transaction(async (tx) => {
    // waits for writers that do not know of the new index yet
    await tx.$queryRaw`SELECT alias FROM search_alias WHERE alias = ${alias} FOR UPDATE`;
    const earlier = await tx.searchAlias.findUnique({ where: { alias: next } });
    if (earlier && earlier.shape === source.shape && !afresh)
      return tx.searchAlias.update({ where: { alias: next }, data: { run } });
    const row = { indexName: `${alias}.${newId()}`, shape: source.shape, builtTo: null, run };
    return tx.searchAlias.upsert({ where: { alias: next }, create: { alias: next, ...row }, update: row });
  });
  let indexed = 0;
  for await (const batch of source.documents(builtTo)) {
    const last = batch.at(-1)?.id;
    if (!last) continue;
    await write(batch.map(rowOf));
    const { count } = await db.searchAlias.updateMany({ where: { alias: next, run }, data: { builtTo: last } });
    if (count === 0) throw new RebuildTakenOver();
    indexed += batch.length;
  }
  if (builtTo) await removeUnheld();
  await db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT alias FROM search_alias WHERE alias IN (${alias}, ${next}) ORDER BY alias FOR UPDATE`;
      const building = await tx.searchAlias.findUnique({ where: { alias: next } });
      if (building?.run !== run) throw new RebuildTakenOver();
      // what the source no longer holds stays as a tombstone, so that a late write cannot bring it back
      await tx.$executeRaw`
        INSERT INTO search_document (index_name, id, row_version, removed, kind, visibility, sectors, lang, document,
          title_folded, body_folded, title_exact, body_exact)
        SELECT ${fresh}, o.id, o.row_version, true, '', '', '{}', '', '{}', '', '', '', ''
        FROM search_document o
        WHERE o.index_name = (SELECT index_name FROM search_alias WHERE alias = ${alias})
          AND (o.removed OR NOT EXISTS (SELECT 1 FROM search_document f WHERE f.index_name = ${fresh} AND f.id = o.id))
        ON CONFLICT (index_name, id) DO UPDATE SET row_version = excluded.row_version, removed = true
        WHERE search_document.row_version < excluded.row_version`;
      await tx.searchAlias.update({ where: { alias }, data: { indexName: fresh } });
      await tx.searchAlias.delete({ where: { alias: next } });
      await tx.$executeRaw`
        DELETE FROM search_document WHERE starts_with(index_name, ${`${alias}.`})
          AND index_name NOT IN (SELECT index_name FROM search_alias)`;
    },
    { timeout: 120_000, maxWait: 10_000 },
  );
  return { indexed, resumed: builtTo !== null };

  /** What an earlier run wrote and left the source since, though no writer said so. */
  async function removeUnheld(): Promise<void> {
    for (let after: string | undefined; ; ) {
      const rows = await db.searchDocumentRow.findMany({
        where: { indexName: fresh, removed: false, id: { gt: after, lte: builtTo ?? undefined } },
        orderBy: { id: "asc" },
        take: STEP,
        select: { id: true, rowVersion: true },
      });
      after = rows.at(-1)?.id;
      if (!after) return;
      const held = new Set(await source.held(rows.map(({ id }) => id)));
      const gone = rows.filter(({ id }) => !held.has(id));
      await write(gone.map(({ id, rowVersion }) => tombstone(id, Number(rowVersion))));
    }
  }
}
