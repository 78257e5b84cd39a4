import { coalesce } from "../coalesce";
import type { Tx } from "./client.server";

/**
 * A question that many callers ask of the same client at the same moment, each for its own key, as one statement for all of
 * them; whoever asks alone waits for nobody. A worker tells fifty events side by side. Prisma joins equal calls of
 * `findUnique` by itself, yet reads and answers each of them apart, which takes several times as long.
 * @param load answers keys in their order
 */
export function joined<K, V>(load: (db: Tx, keys: K[]) => Promise<readonly V[]>): (db: Tx, key: K) => Promise<V> {
  const ofClient = new WeakMap<Tx, (key: K) => Promise<V>>();
  return (db, key) => {
    let ask = ofClient.get(db);
    if (!ask) {
      ask = coalesce((keys: K[]) => load(db, keys));
      ofClient.set(db, ask);
    }
    return ask(key);
  };
}

/** The same for rows by their ids: each caller gets its row, or null where there is none. `load` reads rows in any order. */
export function joinedById<R extends { id: string }>(
  load: (db: Tx, ids: string[]) => Promise<readonly R[]>,
): (db: Tx, id: string) => Promise<R | null> {
  return joined<string, R | null>(async (db, ids) => {
    const byId = new Map((await load(db, ids)).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}
