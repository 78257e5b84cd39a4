import { describe, expect, it } from "vitest";
import { createDomainLimits, parseDomainLimits } from "./domain-limits";

describe("limits per recipient domain", () => {
  it("are read from one line, and refused when it makes no sense", () => {
    expect([...parseDomainLimits("Gmail.com=2/10, *=20/100")]).toEqual([
      ["gmail.com", { atOnce: 2, perSecond: 10 }],
      ["*", { atOnce: 20, perSecond: 100 }],
    ]);
    expect(parseDomainLimits("").size).toBe(0);
    for (const wrong of ["gmail.com", "gmail.com=0/1", "gmail.com=1/0", "=1/1", "a b=1/1"]) {
      expect(() => parseDomainLimits(wrong), wrong).toThrow(RangeError);
    }
  });

  it("let so many go at a time, and each domain by itself", async () => {
    const turn = createDomainLimits(parseDomainLimits("a.test=2/100"), { patienceMs: 0 });
    const first = await turn("x@a.test");
    const second = await turn("y@A.test");
    expect(await turn("z@a.test")).toHaveProperty("retryAfterMs");
    expect(await turn("z@b.test")).toHaveProperty("release");
    if ("release" in first) first.release();
    expect(second).toHaveProperty("release");
    expect(await turn("z@a.test")).toHaveProperty("release");
  });

  it("let so many go a second, and spread those who come back by that rate", async () => {
    let time = 1_000_000;
    const turn = createDomainLimits(parseDomainLimits("*=1000/10"), { patienceMs: 0, now: () => time });
    const go = async () => Promise.all(Array.from({ length: 50 }, () => turn("x@a.test")));
    const now = await go();
    expect(now.filter((one) => "release" in one)).toHaveLength(10);
    const later = now.flatMap((one) => ("retryAfterMs" in one ? [one.retryAfterMs] : []));
    expect(later.at(0)).toBe(1_000);
    expect(later.at(-1)).toBe(4_000);
    time += 500;
    expect((await go()).filter((one) => "release" in one)).toHaveLength(5);
    time += 60_000;
    expect((await go()).filter((one) => "release" in one)).toHaveLength(10);
  });

  it("wait for their turn a little before they give up", async () => {
    const turn = createDomainLimits(parseDomainLimits("*=1/1000"), { patienceMs: 2_000 });
    const first = await turn("x@a.test");
    const second = turn("y@a.test");
    setTimeout(() => "release" in first && first.release(), 20);
    expect(await second).toHaveProperty("release");
  });
});
