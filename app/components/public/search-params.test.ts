import { describe, expect, it } from "vitest";
import { isFiltered, parseSearchParams, searchHref } from "./search-params";

const parse = (text: string) => parseSearchParams(new URLSearchParams(text));

describe("search addresses", () => {
  it("keeps what makes sense and drops the rest", () => {
    expect(parse("q= nước thải &kind=need&sector=MTR-01&province=22&page=3")).toEqual({
      q: "nước thải",
      kind: "need",
      sector: "MTR-01",
      province: "22",
      sort: "relevance",
      page: 3,
    });
    expect(parse("kind=x&sector=' OR 1&province=99&sort=up&page=-1")).toEqual({ q: "", sort: "newest", page: 1 });
  });

  it("sorts by date while nothing is typed", () => {
    expect(parse("").sort).toBe("newest");
    expect(parse("q=lọc").sort).toBe("relevance");
    expect(parse("q=lọc&sort=newest").sort).toBe("newest");
  });

  it("reads any number of ticks, in their own order, and days that may be chosen", () => {
    const params = parse(
      "trl=7-9&trl=1-3&trl=x&ip=granted&prices=1b-5b&forms=franchise&rights=nonsense&days=30&sort=price",
    );
    expect(params).toEqual({
      q: "",
      days: 30,
      trl: ["1-3", "7-9"],
      ip: ["granted"],
      prices: ["1b-5b"],
      forms: ["franchise"],
      sort: "price",
      page: 1,
    });
    expect(parse(searchHref(params).split("?")[1] ?? "")).toEqual(params);
    expect(parse("days=31").days).toBeUndefined();
    expect(isFiltered(params)).toBe(true);
    expect(isFiltered(parse("q=a&sort=newest"))).toBe(false);
  });

  it("stores composed letters, however they were typed", () => {
    expect(parse(`q=${"nước".normalize("NFD")}`).q).toBe("nước".normalize("NFC"));
  });

  it("writes addresses that read back the same", () => {
    const params = parse("q=l%E1%BB%8Dc&kind=offering&sector=MTR&sort=newest&page=2");
    expect(parse(searchHref(params, { page: 2 }).split("?")[1] ?? "")).toEqual(params);
  });

  it("starts at page 1 when a filter changes", () => {
    expect(searchHref(parse("q=a&page=4"), { kind: "need" })).toBe("/search?q=a&kind=need");
    expect(searchHref(parse("kind=need&page=4"), { kind: null })).toBe("/search");
  });
});
