import { describe, expect, it } from "vitest";
import type { EvidenceCard } from "./evidence";
import { openEvidence, scoreOnly } from "./open-evidence";

const LINE = {
  name: "Công suất",
  comparison: "gte",
  minValue: 500,
  maxValue: null,
  textValue: null,
  unit: "m3/ngày",
  must: true,
  condition: null,
} as const;
const CARD: EvidenceCard = {
  score: 60,
  contributions: [
    { kind: "phrase", phrase: "nước thải", inTitle: true, points: 20 },
    { kind: "sector", level: "same", code: "MTR-01", points: 10 },
    { kind: "line", verdict: "meets", asked: LINE, given: LINE, points: 10 },
    { kind: "trl", enough: true, asked: 6, given: 8, points: 6 },
    { kind: "price", verdict: "within", budget: 10, price: 5, points: 6 },
    { kind: "form", fits: true, type: "licence", points: 4 },
    { kind: "granted", points: 2 },
    { kind: "province", code: "22", points: 1 },
    { kind: "fresh", points: 1 },
  ],
  missing: [
    { kind: "line", asked: LINE, why: "unknown" },
    { kind: "trl", asked: 7 },
    { kind: "phrase", phrase: "keo tụ" },
  ],
  elements: [],
};

describe("reasons about a blind listing", () => {
  it("are told as far as they are of its open part; the score stays", () => {
    const { evidence, heldBack } = openEvidence(CARD);
    expect(evidence.contributions.map(({ kind }) => kind)).toEqual(["phrase", "sector", "fresh"]);
    expect(evidence.missing).toEqual([{ kind: "phrase", phrase: "keo tụ" }]);
    expect(evidence.score).toBe(60);
    expect(heldBack).toBe(true);
  });
  it("say that nothing was held back when nothing was", () => {
    const { contributions } = openEvidence(CARD).evidence;
    expect(openEvidence({ score: 31, contributions, missing: [] }).heldBack).toBe(false);
  });
  it("are silent where they may rest on words that were closed since", () => {
    expect(scoreOnly(CARD)).toEqual({ score: 60, contributions: [], missing: [] });
  });
});
