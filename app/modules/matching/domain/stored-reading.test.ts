import { describe, expect, it } from "vitest";
import needsData from "../../../../prisma/seed/data/listings/needs.json";
import offeringsData from "../../../../prisma/seed/data/listings/offerings.json";
import { anInputListing } from "../../../../tests/factories/matching";
import { readStructuredSet } from "../../../../tests/factories/structured-set";
import { ENGINE } from "./engine";
import { type ReadListing, readListing } from "./read-listing";
import { explainPair, type ScoringRules, scorePair, weighPair } from "./score-pair";
import { packReading, unpackReading } from "./stored-reading";

const { rules } = readStructuredSet(ENGINE);
type Item = {
  title: string;
  summary: string | null;
  description: string | null;
  keywords: string[];
  sectorText?: string | null;
};
const real = (kind: "need" | "offering") => (item: Item) =>
  readListing(
    anInputListing({
      kind,
      title: item.title,
      ...(item.summary ? { summary: item.summary } : {}),
      ...(item.description ? { body: item.description } : {}),
      keywords: item.keywords,
      sectorText: item.sectorText ?? null,
    }),
  );
const needs = needsData.map(real("need"));
const offerings = offeringsData.map(real("offering"));
/** A part of all pairs, every listing among them. */
const pairs = needs.flatMap((need, at) =>
  offerings.filter((_, other) => (at + other) % 17 === 0).map((offering) => ({ need, offering })),
);

const stored = (read: ReadListing, against: ReadListing, counted = false) =>
  unpackReading({ listing: read.listing, length: read.length, reading: packReading(read) }, against, { counted });
const weighed = (need: ReadListing, offering: ReadListing, kept: ScoringRules) => weighPair(need, offering, kept).score;

describe("a kept reading", () => {
  it("is weighed and put into words exactly as the listing read anew, whichever side was kept", () => {
    let shared = 0;
    for (const { need, offering } of pairs) {
      const direct = scorePair(need, offering, rules);
      const kept = stored(offering, need);
      expect(weighPair(need, kept, rules).score).toBe(weighed(need, offering, rules));
      expect(scorePair(need, kept, rules)).toEqual(direct);
      const asked = stored(need, offering, true);
      expect(explainPair(asked, offering, weighPair(asked, offering, rules), rules)).toEqual(direct);
      if (direct.contributions.some(({ kind }) => kind === "concept")) shared += 1;
    }
    // concepts named in other words are what hangs on the dictionary
    expect(shared).toBeGreaterThan(20);
  });

  it("has the words of the text, all of them or those the other one holds", () => {
    for (const { need, offering } of pairs.slice(0, 200)) {
      const all = stored(need, offering, true);
      expect(all.segments).toEqual(need.segments);
      expect(all.terms).toEqual(need.terms);
      const few = stored(need, offering);
      expect([...few.terms]).toEqual([...need.terms].filter(([term]) => offering.terms.has(term)));
      expect([...few.concepts]).toEqual([...need.concepts].filter(([concept]) => offering.concepts.has(concept)));
      expect(few.accented).toBe(need.accented);
    }
  });

  it("takes two or three times the room of the text", () => {
    const text = offeringsData.map(({ title, summary, description }) => `${title}${summary ?? ""}${description ?? ""}`);
    const size = (list: string[]) => list.reduce((sum, one) => sum + one.length, 0);
    expect(size(offerings.map(packReading))).toBeLessThan(3 * size(text));
  });
});
