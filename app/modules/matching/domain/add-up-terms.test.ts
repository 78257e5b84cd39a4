import { describe, expect, it } from "vitest";
import { readStructuredSet } from "../../../../tests/factories/structured-set";
import { type AskedTerm, addUp, askedTerms, greatest, normOf } from "./add-up-terms";
import { ENGINE } from "./engine";
import type { ReadListing } from "./read-listing";
import { shareWords } from "./shared-words";
import { keysOf, LEVEL_WEIGHTS, levelOfUse, USE_BITS } from "./term-keys";

const { rows, rules } = readStructuredSet(ENGINE);
const needs = rows.map(({ need }) => need);
const offerings = rows.flatMap(({ offerings }) => offerings.map(({ read }) => read));

/** What everyone of a side gets from one listing's terms. */
function summed(mine: ReadListing, others: readonly ReadListing[]): Float32Array {
  const places = new Map<number, number[]>();
  others.forEach((other, place) => {
    const { terms, uses } = keysOf(other);
    terms.forEach((term, at) => {
      places.set(term, [...(places.get(term) ?? []), place * 2 ** USE_BITS + (uses[at] ?? 0)]);
    });
  });
  const sums = new Float32Array(others.length);
  const norms = Float32Array.from(others, ({ listing, length }) =>
    normOf(listing.kind, length, rules.stats.averageLength, ENGINE),
  );
  for (const term of askedTerms(mine, rules.stats)) addUp(sums, norms, places.get(term.key) ?? [], term);
  return sums;
}

describe("adding up terms", () => {
  it("comes near to the strength of shared words, both ways", () => {
    const off: number[] = [];
    for (const need of needs) {
      const sums = summed(need, offerings);
      offerings.forEach((offering, place) => {
        const { total } = shareWords(need, offering, rules.stats);
        if (total > 50) off.push(Math.abs((sums[place] ?? 0) / total - 1));
      });
    }
    for (const offering of offerings.slice(0, 60)) {
      const sums = summed(offering, needs);
      needs.forEach((need, place) => {
        const { total } = shareWords(need, offering, rules.stats);
        if (total > 50) off.push(Math.abs((sums[place] ?? 0) / total - 1));
      });
    }
    off.sort((a, b) => a - b);
    expect(off.length).toBeGreaterThan(150);
    expect(off[Math.floor(off.length / 2)]).toBeLessThan(0.03);
    expect(off[Math.floor(off.length * 0.95)]).toBeLessThan(0.15);
  });

  it("has the best answer among the first few", () => {
    for (const need of needs) {
      const exact = offerings.map((offering) => shareWords(need, offering, rules.stats).total);
      const sums = summed(need, offerings);
      const best = exact.indexOf(Math.max(...exact));
      expect(sums.filter((sum) => sum > (sums[best] ?? 0)).length).toBeLessThan(8);
    }
  });
});

describe("the greatest sums", () => {
  it("are all there, ties included, and nothing at nothing", () => {
    const sums = Float32Array.from({ length: 5_000 }, (_, at) => (at % 2 === 0 ? 0 : (at * 7_919) % 1_009));
    const least = [...sums].sort((a, b) => b - a)[99] ?? 0;
    const found = new Set(greatest(sums, sums.length, 100));
    sums.forEach((sum, place) => {
      if (sum > least) expect(found.has(place)).toBe(true);
      if (sum === 0) expect(found.has(place)).toBe(false);
    });
    expect(found.size).toBeGreaterThanOrEqual(100);
    expect(greatest(new Float32Array(10), 10, 5)).toEqual([]);
  });
});

it("a place as far as there is room for survives beside its use", () => {
  const place = 2 ** 20 - 1;
  const use = keysOf(needs[0] as ReadListing).uses[0] ?? 0;
  const entry = ((place << USE_BITS) | use) >>> 0;
  const sums = new Float32Array(place + 1);
  const term: AskedTerm = { key: 1, factors: new Float32Array(64).fill(2) };
  addUp(sums, new Float32Array(place + 1).fill(1), Uint32Array.of(entry), term);
  const weight = LEVEL_WEIGHTS[levelOfUse(use)] ?? 0;
  expect(sums[place]).toBeCloseTo((2 * weight) / (1 + weight), 5);
});
