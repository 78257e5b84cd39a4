import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRightOfWay } from "./right-of-way";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Milliseconds until the road is clear. */
async function waited(clear: Promise<void>): Promise<number> {
  const began = performance.now();
  let over = false;
  void clear.then(() => {
    over = true;
  });
  for (let step = 0; step < 1_000; step++) {
    await Promise.resolve();
    await Promise.resolve();
    if (over) return performance.now() - began;
    await vi.advanceTimersByTimeAsync(1);
  }
  throw new Error("never");
}
const urgent = (milliseconds: number) => () =>
  new Promise<string>((resolve) => setTimeout(resolve, milliseconds, "done"));

describe("right of way", () => {
  it("is clear at once while nothing urgent is under way", async () => {
    const way = createRightOfWay();
    expect(await waited(way.clear())).toBe(0);
  });

  it("waits for all that is urgent and a moment longer, and hands back what the work gives", async () => {
    const way = createRightOfWay({ longestMs: 500, lingerMs: 10 });
    const first = way.hold(urgent(20));
    void way.hold(urgent(50));
    expect(await waited(way.clear())).toBeGreaterThanOrEqual(60);
    expect(await first).toBe("done");
    expect(await waited(way.clear())).toBe(0);
  });

  it("takes a step that follows a gap for the same work", async () => {
    const way = createRightOfWay({ longestMs: 500, lingerMs: 10 });
    void way.hold(urgent(20));
    const clear = waited(way.clear());
    setTimeout(() => void way.hold(urgent(20)), 25);
    expect(await clear).toBeGreaterThanOrEqual(55);
  });

  it("never keeps anybody standing: not for work that does not end, nor for work that fails", async () => {
    const way = createRightOfWay({ longestMs: 30, lingerMs: 10 });
    void way.hold(urgent(1_000_000));
    expect(await waited(way.clear())).toBe(30);
    expect(await waited(way.clear())).toBe(30);
    const other = createRightOfWay({ longestMs: 30, lingerMs: 10 });
    await expect(other.hold(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await waited(other.clear())).toBeLessThan(30);
  });
});
