import type { Logger } from "pino";
import type { Db } from "../db/client.server";
import type { ViewsPort } from "../ports/views";

/** Views wait this long in memory, so that a page that many read is one write; a crash loses as much. Milliseconds. */
const FLUSH_MS = 10_000;

/** Counts in memory and adds them up in the database, all listings in one statement. */
export function createViewsPostgres(db: Db, log: Logger): ViewsPort {
  const counts = new Map<string, { listingId: string; day: string; views: number }>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<number> {
    clearTimeout(timer);
    timer = undefined;
    // in one order, so that two processes never wait for one another
    const rows = [...counts.values()].sort((a, b) => (a.listingId < b.listingId ? -1 : 1));
    counts.clear();
    if (rows.length === 0) return 0;
    return db.$executeRaw`
      INSERT INTO listing_view (listing_id, day, views)
      SELECT * FROM unnest(${rows.map((row) => row.listingId)}::uuid[], ${rows.map((row) => row.day)}::date[],
        ${rows.map((row) => row.views)}::int[])
      ON CONFLICT (listing_id, day) DO UPDATE SET views = listing_view.views + excluded.views`;
  }

  return {
    count(listingId, day) {
      const key = `${listingId} ${day}`;
      const views = (counts.get(key)?.views ?? 0) + 1;
      counts.set(key, { listingId, day, views });
      timer ??= setTimeout(() => {
        flush().catch((error: unknown) => log.warn({ error }, "views were not counted"));
      }, FLUSH_MS).unref();
    },
    flush,
  };
}
