import { describe, expect, it } from "vitest";
import { fieldWorth } from "./field-worth";
import { WEIGHTS } from "./weights";

describe("what a field of the form is worth", () => {
  it("follows the engine's weights", () => {
    const worth = fieldWorth("need");
    expect(worth.lines).toBe(WEIGHTS.facts.mostLines);
    expect(worth.sectorMain).toBeCloseTo(WEIGHTS.sector / WEIGHTS.scale.point);
    const heavier = fieldWorth("need", { ...WEIGHTS, facts: { ...WEIGHTS.facts, trlEnough: 9 } });
    expect(heavier.trl).toBe(9);
  });

  it("gives the words together what they must bring before facts count in full", () => {
    for (const kind of ["need", "offering"] as const) {
      const { title = 0, summary = 0, keywords = 0, description = 0, ...rest } = fieldWorth(kind);
      const bodies = ["currentTechnology", "tried", "problemSolved", "principle", "advantages"].reduce(
        (sum, name) => sum + (rest[name] ?? 0),
        0,
      );
      expect(title + summary + keywords + description + bodies).toBeCloseTo(WEIGHTS.scale.grip);
    }
  });

  it("puts requirement lines before everything else", () => {
    for (const kind of ["need", "offering"] as const) {
      const [first] = Object.entries(fieldWorth(kind)).sort(([, a], [, b]) => b - a);
      expect(first?.[0]).toBe("lines");
    }
  });
});
