import { describe, expect, it } from "vitest";
import { readStructuredSet } from "../../../../tests/factories/structured-set";
import { ENGINE } from "./engine";
import { scorePair, weighPair } from "./score-pair";
import { MATCH_THRESHOLD } from "./weights";

const { rows, rules } = readStructuredSet(ENGINE);
const everyOffering = rows.flatMap(({ offerings }) => offerings);

describe("the structured set", () => {
  it("is large enough: 40 needs, six offerings each, ten sectors", () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(everyOffering.length).toBe(rows.length * 6);
    expect(new Set(rows.map(({ need }) => need.listing.sectorCodes[0])).size).toBe(10);
  });

  it.each(rows.map((row) => [row.need.listing.texts[0]?.title ?? "", row] as const))(
    "puts the right offering first of all, near-misses lower: %s",
    (_, { need, offerings }) => {
      const score = (name: string) => {
        const offering = offerings.find((one) => one.name === name);
        if (!offering) throw new Error(name);
        return weighPair(need, offering.read, rules).score;
      };
      for (const { name } of offerings.slice(1)) expect(score(name), name).toBeLessThan(score("right"));
      // against the other 234 as well
      const best = everyOffering
        .map(({ read }) => ({ read, score: weighPair(need, read, rules).score }))
        .sort((a, b) => b.score - a.score)[0];
      expect(best?.read).toBe(offerings[0]?.read);
      // a failed must weighs more than readiness, and that more than money
      expect(score("a must is failed")).toBeLessThan(score("too early"));
      expect(score("too early")).toBeLessThan(score("far above the budget"));
    },
  );

  it("says of nearly all right ones that they fit", () => {
    const fitting = rows.filter(
      ({ need, offerings }) => weighPair(need, offerings[0]?.read ?? need, rules).score >= MATCH_THRESHOLD,
    );
    expect(fitting.length).toBeGreaterThanOrEqual(rows.length * 0.95);
  });

  it("leaves other problems and other sectors below the line", () => {
    const above = rows.flatMap(({ need, offerings }) =>
      offerings.slice(4).filter(({ read }) => weighPair(need, read, rules).score >= MATCH_THRESHOLD),
    );
    expect(above.map(({ read }) => read.listing.texts[0]?.title)).toEqual([]);
  });

  it("says what fails and what fits on the card", () => {
    for (const { need, offerings } of rows) {
      const card = scorePair(need, offerings[0]?.read ?? need, rules);
      expect(card.contributions).toContainEqual(expect.objectContaining({ kind: "line", verdict: "meets" }));
      expect(card.contributions).toContainEqual(expect.objectContaining({ kind: "price", verdict: "within" }));
      expect(card.contributions).toContainEqual(expect.objectContaining({ kind: "form", fits: true }));
      const failing = scorePair(need, offerings[1]?.read ?? need, rules);
      expect(failing.missing).toContainEqual(expect.objectContaining({ kind: "line", why: "fails" }));
    }
  });
});
