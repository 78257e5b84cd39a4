import { personActor } from "~/modules/accounts/index.server";
import { visibleTo } from "~/modules/listings/index.server";
import type { Actor, Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emitAll } from "~/platform/outbox.server";
import { ok } from "~/platform/result";

/** Searches told of in one transaction. */
const BATCH = 200;

type Waiting = { searchId: string; personId: string; listingId: string };

/** Of what waits, what each person may see at this moment. */
async function visibleHits(tx: Tx, ctx: Ctx, waiting: readonly Waiting[]): Promise<Set<Waiting>> {
  const now = ctx.clock.now();
  const seenBy = async (actor: Actor, hits: readonly Waiting[]) => {
    const ids = [...new Set(hits.map(({ listingId }) => listingId))];
    const where = {
      AND: [{ id: { in: ids }, state: "published" as const, unconfirmedAt: null }, visibleTo(actor, now)],
    };
    const rows = await tx.listing.findMany({ where, select: { id: true } });
    const seen = new Set(rows.map(({ id }) => id));
    return hits.filter(({ listingId }) => seen.has(listingId));
  };
  const visible = new Set(await seenBy({ kind: "anonymous" }, waiting));
  // only what is not open to everybody depends on who reads
  const rest = waiting.filter((hit) => !visible.has(hit));
  for (const personId of new Set(rest.map((hit) => hit.personId))) {
    const actor = await personActor({ db: tx }, personId);
    const theirs = rest.filter((hit) => hit.personId === personId);
    for (const hit of await seenBy(actor, theirs)) visible.add(hit);
  }
  return visible;
}

/**
 * Tells of what saved searches found, where its time has come: one event per search, for all that it found since the last one.
 * What its owner may not see now is forgotten, so that it counts anew once it is opened. Several workers share the work.
 * @returns how many searches told of something
 */
export async function tellSearches(ctx: Ctx): Promise<number> {
  for (let told = 0; ; ) {
    const done = await transact(ctx, async (tx) => {
      const now = ctx.clock.now();
      const due = await tx.$queryRaw<{ id: string; personId: string }[]>`
        SELECT id, person_id AS "personId" FROM saved_search WHERE tell_at <= ${now}
        ORDER BY tell_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
      const ids = due.map(({ id }) => id);
      const hits = await tx.savedSearchHit.findMany({
        where: { searchId: { in: ids }, toldAt: null },
        select: { searchId: true, listingId: true },
      });
      const ownerOf = new Map(due.map(({ id, personId }) => [id, personId]));
      const waiting = hits.map((hit) => ({ ...hit, personId: ownerOf.get(hit.searchId) ?? "" }));
      const visible = await visibleHits(tx, ctx, waiting);
      const batchOf = new Map([...visible].map(({ searchId }) => [searchId, newId()]));
      const shown = [...visible];
      await tx.$executeRaw`
        UPDATE saved_search_hit h SET told_at = ${now}, batch_id = b.batch
        FROM unnest(${shown.map((hit) => hit.searchId)}::uuid[], ${shown.map((hit) => hit.listingId)}::uuid[],
          ${shown.map((hit) => batchOf.get(hit.searchId))}::uuid[]) AS b (search, listing, batch)
        WHERE h.search_id = b.search AND h.listing_id = b.listing`;
      await tx.savedSearchHit.deleteMany({ where: { searchId: { in: ids }, toldAt: null } });
      await tx.savedSearch.updateMany({ where: { id: { in: ids } }, data: { tellAt: null } });
      await tx.savedSearch.updateMany({ where: { id: { in: [...batchOf.keys()] } }, data: { toldAt: now } });
      await emitAll(tx, ctx, "search.found", [...batchOf.values()]);
      return ok({ due: due.length, told: batchOf.size });
    });
    if (!done.ok) return told;
    told += done.value.told;
    if (done.value.due < BATCH) return told;
  }
}
