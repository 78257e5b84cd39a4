import { describe, expect, it } from "vitest";
import { readinessOf, touchesReadiness } from "./readiness";

describe("the level readers see", () => {
  const declared = { trl: 8, trlBasis: "self_declared" as const };
  it("is the author's until a broker confirms or corrects it", () => {
    expect(readinessOf(declared, null)).toEqual(declared);
    expect(readinessOf(declared, 8)).toEqual({ trl: 8, trlBasis: "confirmed" });
    expect(readinessOf(declared, 6)).toEqual({ trl: 6, trlBasis: "confirmed" });
    expect(readinessOf({ trl: null, trlBasis: null }, 6)).toEqual({ trl: null, trlBasis: null });
  });
});

describe("a new version", () => {
  const proof = { trl: 8, texts: [{ lang: "vi" as const, trlEvidence: "Chạy thử 6 tháng" }], details: { tests: null } };
  const test = { name: "COD", lab: "Trung tâm", year: 2025, result: "60 mg/l" };
  it("touches it by another level, other evidence, or other tests, and by nothing else", () => {
    expect(touchesReadiness(proof, { ...proof, texts: [...proof.texts, { lang: "en", trlEvidence: null }] })).toBe(
      false,
    );
    expect(touchesReadiness(proof, { ...proof, trl: 9 })).toBe(true);
    expect(touchesReadiness(proof, { ...proof, texts: [{ lang: "vi", trlEvidence: "Chạy thử 9 tháng" }] })).toBe(true);
    expect(touchesReadiness(proof, { ...proof, details: { tests: [test as never] } })).toBe(true);
  });
});
