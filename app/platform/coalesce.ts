import { JobError } from "./ports/queue";

/**
 * Joins calls that come while an earlier one is at work into the next one: under load one statement serves many callers, and
 * a single call waits for nobody. A batch that fails fails for each of its callers; one that has no answer after `limitMs`
 * (a database that died without a word) fails with "ETIMEDOUT" and lets the next one begin. With `gatherMs` a batch begins that
 * long after its first call, for work nobody waits for, or when it has as many as it may have.
 * @param work answers keys in their order
 */
export function coalesce<K, V>(
  work: (keys: K[]) => Promise<readonly V[]>,
  { most = 100, limitMs = 20_000, gatherMs = 0 }: { most?: number; limitMs?: number; gatherMs?: number } = {},
): (key: K) => Promise<V> {
  let queue: { key: K; resolve: (value: V) => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  const next = async () => {
    if (running || queue.length === 0) return;
    running = true;
    const batch = queue.slice(0, most);
    queue = queue.slice(most);
    let timer: NodeJS.Timeout | undefined;
    try {
      const done = work(batch.map((call) => call.key));
      // how it ends after its limit concerns nobody
      done.catch(() => {});
      const limit = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new JobError("ETIMEDOUT", `No answer within ${limitMs} ms`)), limitMs);
      });
      const values = await Promise.race([done, limit]);
      for (const [at, call] of batch.entries()) call.resolve(values[at] as V);
    } catch (error) {
      for (const call of batch) call.reject(error);
    } finally {
      clearTimeout(timer);
      running = false;
      begin();
    }
  };
  let gathering: NodeJS.Timeout | undefined;
  const begin = () => {
    if (running || queue.length === 0) return;
    if (gatherMs === 0 || queue.length >= most) {
      clearTimeout(gathering);
      gathering = undefined;
      void next();
      return;
    }
    gathering ??= setTimeout(() => {
      gathering = undefined;
      void next();
    }, gatherMs);
  };
  return (key) =>
    new Promise((resolve, reject) => {
      queue.push({ key, resolve, reject });
      // calls of the same moment go together
      queueMicrotask(begin);
    });
}
