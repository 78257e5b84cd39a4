export type RightOfWay = {
  /** While this work runs, and a moment after it, others who ask for a clear road wait. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing urgent is under way, but never later than after a short while: who yields must not stand still. */
  clear(): Promise<void>;
};

/**
 * Lets work that nobody waits for (digests) step aside for work that somebody does (immediate mails), within one process: both
 * share its one thread and its connections to the database.
 * @param longestMs how long `clear` waits at most; while urgent work never ends, this is the pace of the rest
 * @param lingerMs urgent work comes in steps with short gaps: the road is clear when it was quiet this long
 */
export function createRightOfWay({ longestMs = 50, lingerMs = 12 } = {}): RightOfWay {
  let underWay = 0;
  let quietSince = Number.NEGATIVE_INFINITY;
  let looking = false;
  const waiting = new Set<() => void>();

  const look = () => {
    if (looking || underWay > 0 || waiting.size === 0) return;
    looking = true;
    setTimeout(() => {
      looking = false;
      // began again meanwhile: its end looks again
      if (underWay > 0) return;
      if (performance.now() - quietSince < lingerMs) return look();
      for (const resolve of waiting) resolve();
      waiting.clear();
    }, lingerMs);
  };
  return {
    async hold(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay === 0) quietSince = performance.now();
        look();
      }
    },
    async clear() {
      if (underWay === 0 && performance.now() - quietSince >= lingerMs) return;
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          waiting.delete(go);
          resolve();
        }, longestMs);
        const go = () => {
          clearTimeout(late);
          resolve();
        };
        waiting.add(go);
        look();
      });
    },
  };
}
