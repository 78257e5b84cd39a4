import { describe, expect, it } from "vitest";
import { verdictOf } from "./file-census";

const sums = { owner: "us", us: "us", held: 9, heldBefore: 8, rows: 8, orphans: 3 };

describe("what no row knows", () => {
  it("may go where every row has its object", () => expect(verdictOf(sums)).toBe("fine"));
  it("stays where a row misses its object, and where a row went meanwhile", () => {
    expect(verdictOf({ ...sums, rows: 9 })).toBe("missing");
    expect(verdictOf({ ...sums, rows: 7 })).toBe("moved");
  });
  it("stays in another exchange's store, whatever else agrees", () => {
    expect(verdictOf({ ...sums, owner: "them" })).toBe("foreign");
  });
  it("stays in a store of unknown origin that is mostly unknown: an empty database before a full store", () => {
    expect(verdictOf({ ...sums, owner: null })).toBe("fine");
    expect(verdictOf({ ...sums, owner: null, held: 0, heldBefore: 0, rows: 0 })).toBe("foreign");
    expect(verdictOf({ owner: null, us: "us", held: 0, heldBefore: 0, rows: 0, orphans: 0 })).toBe("fine");
  });
});
