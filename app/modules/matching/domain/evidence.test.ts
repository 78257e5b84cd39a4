import { describe, expect, it } from "vitest";
import { fold } from "~/platform/text";
import needsData from "../../../../prisma/seed/data/listings/needs.json";
import offeringsData from "../../../../prisma/seed/data/listings/offerings.json";
import sectors from "../../../../prisma/seed/data/sectors.json";
import { anInputLine, anInputListing } from "../../../../tests/factories/matching";
import { compareLine } from "../../listings/domain/compare-line";
import { countCorpus } from "./corpus-stats";
import type { Contribution, EvidenceCard } from "./evidence";
import type { InputListing } from "./listing-input";
import { type ReadListing, readListing } from "./read-listing";
import { type ScoringRules, scorePair } from "./score-pair";
import { sectorAffinity } from "./sector-affinity";
import { WEIGHTS } from "./weights";

/** Real texts, with facts added by number so that every kind of reason comes up. */
const SECTORS = sectors.flatMap((field) => field.children.map(({ code }) => code));
type Item = { title: string; summary: string | null; description: string | null; keywords: string[] };
function real(item: Item, at: number, kind: "need" | "offering"): ReadListing {
  return readListing(
    anInputListing({
      kind,
      title: item.title,
      ...(item.summary ? { summary: item.summary } : {}),
      ...(item.description ? { body: item.description } : {}),
      keywords: item.keywords,
      sectorCodes: [SECTORS[at % 7] ?? "MTR-01"],
      trl: 5 + (at % 5),
      moneyMax: kind === "need" ? 1_000_000_000 * (1 + (at % 3)) : null,
      moneyMin: kind === "offering" ? 800_000_000 * (1 + (at % 4)) : null,
      needTypes: kind === "need" ? ["licence"] : [],
      rights: kind === "offering" ? ([["assignment"], ["exclusive_licence"]][at % 2] ?? []) : [],
      ipStatus: kind === "offering" && at % 3 === 0 ? "granted" : null,
      provinceCode: at % 2 === 0 ? "22" : null,
      publishedAt: new Date(at % 2 ? "2026-11-01T00:00:00Z" : "2026-01-01T00:00:00Z"),
      lines: [
        kind === "need"
          ? anInputLine("Công suất", "gte", 100, null, "m³/ngày", true)
          : anInputLine("Công suất", "eq", 60 + 20 * (at % 4), 60 + 20 * (at % 4), "m³/ngày"),
      ],
    }),
  );
}
const needs = needsData.slice(0, 20).map((item, at) => real(item, at, "need"));
const offerings = offeringsData.slice(0, 150).map((item, at) => real(item, at, "offering"));
const rules: ScoringRules = {
  stats: countCorpus([...needs, ...offerings], sectorAffinity(sectors.flatMap((field) => field.children))),
  compareLine,
  now: new Date("2026-11-23T00:00:00Z"),
};
const pairs = needs.flatMap((need) =>
  offerings
    .map((offering) => ({ need, offering, card: scorePair(need, offering, rules) }))
    .sort((a, b) => b.card.score - a.card.score)
    .slice(0, 5),
);
/** Pairs whose words carry their facts in full and whose score is the plain sum of its reasons. */
const wordPoints = (card: EvidenceCard) =>
  card.contributions
    .filter(({ kind }) => kind === "phrase" || kind === "words" || kind === "concept")
    .reduce((sum, { points }) => sum + points, 0);
const plain = pairs.filter(({ card }) => card.score < WEIGHTS.scale.knee && wordPoints(card) >= WEIGHTS.scale.grip + 1);

const without = (offering: ReadListing, change: Partial<InputListing>) =>
  readListing({ ...offering.listing, ...change });

const withFacts = (offering: ReadListing, change: Partial<InputListing>): ReadListing => ({
  ...offering,
  listing: { ...offering.listing, ...change },
});

/** The offering without what a reason names; null for words, which name none. */
function takenAway(reason: Contribution, offering: ReadListing): ReadListing | null {
  switch (reason.kind) {
    case "sector":
      return withFacts(offering, { sectorCodes: [] });
    case "line":
      return withFacts(offering, { lines: [] });
    case "trl":
      return withFacts(offering, { trl: null });
    case "price":
      return withFacts(offering, { moneyMin: null, moneyMax: null });
    case "form":
      return withFacts(offering, { forms: [], rights: [] });
    case "granted":
      return withFacts(offering, { ipStatus: null });
    case "province":
      return withFacts(offering, { provinceCode: null });
    case "fresh":
      return withFacts(offering, { publishedAt: new Date("2020-01-01T00:00:00Z") });
    default:
      return null;
  }
}

const wordsOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u).map(fold);

function withoutPhrase(offering: ReadListing, phrase: string): ReadListing {
  const gone = new Set(wordsOf(phrase));
  const strip = (text: string) =>
    text
      .split(/(?<=[^\p{L}\p{N}])|(?=[^\p{L}\p{N}])/u)
      // as many words that no need knows: the length stays, and no new neighbours arise
      .map((piece) => (gone.has(fold(piece)) ? ", qzx ," : piece))
      .join("");
  const { listing } = offering;
  return without(offering, {
    keywords: listing.keywords.map(strip),
    texts: listing.texts.map((text) => ({
      ...text,
      title: strip(text.title),
      summary: text.summary && strip(text.summary),
      description: text.description && strip(text.description),
    })),
  });
}

describe("the evidence card", () => {
  it("adds up, for every pair", () => {
    expect(pairs.length).toBe(100);
    for (const { card } of pairs)
      expect(card.contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(card.score, 6);
  });

  it("names facts whose loss lowers (or raises) the score by the points shown", () => {
    const tried = new Map<string, number>();
    for (const { need, offering, card } of plain) {
      for (const reason of card.contributions) {
        const less = takenAway(reason, offering);
        if (!less) continue;
        const after = scorePair(need, less, rules).score;
        // a lost failure may lift the score above the knee
        if (after > WEIGHTS.scale.knee) continue;
        expect(Math.abs(card.score - after - reason.points), `${reason.kind} ${reason.points}`).toBeLessThan(0.21);
        tried.set(reason.kind, (tried.get(reason.kind) ?? 0) + 1);
      }
    }
    for (const kind of ["sector", "line", "trl", "price", "form", "granted", "province", "fresh"])
      expect(tried.get(kind) ?? 0, kind).toBeGreaterThan(1);
  });

  it("names phrases whose loss lowers the score by at least the points shown", () => {
    let tried = 0;
    let asShown = 0;
    for (const { need, offering, card } of plain.slice(0, 30)) {
      for (const reason of card.contributions) {
        if (reason.kind !== "phrase") continue;
        const after = scorePair(need, withoutPhrase(offering, reason.phrase), rules).score;
        const fall = card.score - after;
        expect(fall, reason.phrase).toBeGreaterThanOrEqual(0);
        tried += 1;
        if (fall > reason.points - 0.21) asShown += 1;
      }
    }
    expect(tried).toBeGreaterThan(50);
    // in the rest another wording, hidden behind the shared one, takes over: an abbreviation or the concept in other words
    expect(asShown / tried).toBeGreaterThan(0.9);
  });
});
