import { afterEach, beforeEach, expect, vi } from "vitest";

/** Nothing of ours writes to console.error while it works: React warnings and forgotten rejections fail the test. */
beforeEach(() => {
  vi.spyOn(console, "error");
});

afterEach(() => {
  const calls = vi.mocked(console.error).mock.calls.map((call) => call.map(String).join(" "));
  vi.mocked(console.error).mockRestore();
  expect(calls, "console.error was called").toEqual([]);
});
