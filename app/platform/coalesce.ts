/**
 * Joins calls that come while an earlier one is at work into the next one: under load one statement serves many callers, and
 * a single call waits for nobody. A batch that fails fails for each of its callers.
 * @param work answers keys in their order
 */
export function coalesce<K, V>(
  work: (keys: K[]) => Promise<readonly V[]>,
  { most = 100, side = 1 }: { most?: number; side?: number } = {},
): (key: K) => Promise<V> {
  let queue: { key: K; resolve: (value: V) => void; reject: (error: unknown) => void }[] = [];
  let running = 0;
  const next = async () => {
    if (running >= side || queue.length === 0) return;
    running += 1;
    const batch = queue.slice(0, most);
    queue = queue.slice(most);
    try {
      const values = await work(batch.map((call) => call.key));
      for (const [at, call] of batch.entries()) call.resolve(values[at] as V);
    } catch (error) {
      for (const call of batch) call.reject(error);
    } finally {
      running -= 1;
      void next();
    }
  };
  return (key) =>
    new Promise((resolve, reject) => {
      queue.push({ key, resolve, reject });
      // calls of the same moment go together
      queueMicrotask(() => void next());
    });
}
