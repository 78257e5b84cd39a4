import { describe, expect, it, vi } from "vitest";
import { coalesce } from "./coalesce";

describe("coalesce", () => {
  it("joins what comes meanwhile, keeps order, and gives each caller its own answer", async () => {
    const batches: number[][] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const double = coalesce(
      async (keys: number[]) => {
        batches.push(keys);
        await gate;
        return keys.map((key) => key * 2);
      },
      { most: 3 },
    );
    const first = double(1);
    await Promise.resolve();
    await Promise.resolve();
    const others = [2, 3, 4, 5].map((key) => double(key));
    open();
    expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("does not wait for ever for a batch that has no answer", async () => {
    const work = coalesce(
      (keys: number[]) => (keys.includes(1) ? new Promise<number[]>(() => {}) : Promise.resolve(keys)),
      {
        most: 1,
        limitMs: 20,
      },
    );
    const [silent, next] = await Promise.allSettled([work(1), work(2)]);
    expect(silent).toMatchObject({ status: "rejected", reason: { code: "ETIMEDOUT" } });
    expect(next).toEqual({ status: "fulfilled", value: 2 });
  });

  it("fails a batch for its own callers only", async () => {
    const work = coalesce(
      async (keys: number[]) => {
        if (keys.includes(2)) throw new Error("two");
        return keys;
      },
      { most: 1 },
    );
    const ends = await Promise.allSettled([work(1), work(2), work(3)]);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("gathers for a while, or until a batch is full, where nobody waits", async () => {
    vi.useFakeTimers();
    try {
      const batches: number[][] = [];
      const work = coalesce(
        async (keys: number[]) => {
          batches.push(keys);
          return keys;
        },
        { gatherMs: 15, most: 3 },
      );
      const first = work(1);
      await vi.advanceTimersByTimeAsync(14);
      const second = work(2);
      expect(batches).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(await Promise.all([first, second])).toEqual([1, 2]);
      expect(await Promise.all([3, 4, 5].map((key) => work(key)))).toEqual([3, 4, 5]);
      expect(batches).toEqual([
        [1, 2],
        [3, 4, 5],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });
});
