/**
 * What pairs have in common, counted once, so that thousands of weights can be tried on them. The arithmetic is that of
 * `weighPair` (modules/matching); `buildFeatures` compares the two and throws when they part.
 */
import { compareLine, type MatchableListing, type SectorNode } from "~/modules/listings/index.server";
import { measuring } from "~/modules/matching/index.server";
import type { ScratchListing } from "./scratch-exchange";

type Weights = measuring.Weights;
const FIELDS = ["title", "summary", "keywords", "body", "sector"] as const;
type Counts = number[];
type Counted = {
  id: string;
  read: measuring.ReadListing;
  terms: Map<string, Counts>;
  concepts: Map<number, Counts>;
  length: Counts;
};

type SharedTerm = { rare: number; pair: boolean; mine: Counts; theirs: Counts; accentsAgree: boolean };
/** `own`: places in `terms` of the words in which both sides name it */
type SharedConcept = { rare: number; mine: Counts; theirs: Counts; own: number[]; general: boolean };
type Pair = {
  offeringId: string;
  length: Counts;
  terms: SharedTerm[];
  concepts: SharedConcept[];
  affinity: number;
  /** strengths of all facts but the sector */
  facts: number;
};
export type Features = { needs: { needId: string; pairs: Pair[] }[]; averageLength: Counts };

/** Reads a listing once per field, with that field's weight 1 and all others 0, so that weights are plain counts. */
function countListing(listing: MatchableListing, id: string, engine: measuring.Engine): Counted {
  const only = (field: (typeof FIELDS)[number]): measuring.Engine => {
    const text = { ...engine.weights.text, title: 0, summary: 0, keywords: 0, body: 0, sector: 0, [field]: 1 };
    return { ...engine, weights: { ...engine.weights, text } };
  };
  const reads = FIELDS.map((field) => measuring.readListing(listing, only(field)));
  const [first] = reads;
  if (!first) throw new Error("no fields");
  return {
    id,
    read: measuring.readListing(listing, engine),
    terms: new Map(
      [...first.terms.keys()].map((term) => [term, reads.map((read) => read.terms.get(term)?.weight ?? 0)]),
    ),
    concepts: new Map(
      [...first.concepts.keys()].map((one) => [one, reads.map((read) => read.concepts.get(one)?.weight ?? 0)]),
    ),
    length: reads.map((read) => read.length),
  };
}

function sharedOf(need: Counted, offering: Counted, stats: measuring.ScoringRules["stats"]) {
  const both = need.read.accented && offering.read.accented;
  const terms: SharedTerm[] = [];
  const place = new Map<string, number>();
  for (const [term, mine] of need.terms) {
    const theirs = offering.terms.get(term);
    if (!theirs || measuring.STOP_WORDS.has(term)) continue;
    const a = need.read.terms.get(term)?.exact ?? new Set<string>();
    const b = offering.read.terms.get(term)?.exact ?? new Set<string>();
    const accentsAgree = !both || a.has("*") || b.has("*") || [...a].some((form) => b.has(form));
    const rare = measuring.rarity(stats.frequency.get(term), stats.size);
    place.set(term, terms.length);
    terms.push({ rare, pair: term.includes(" "), mine, theirs, accentsAgree });
  }
  const concepts: SharedConcept[] = [];
  for (const [concept, mine] of need.concepts) {
    const theirs = offering.concepts.get(concept);
    const [use, other] = [need.read.concepts.get(concept), offering.read.concepts.get(concept)];
    if (!theirs || !use || !other) continue;
    const own = measuring.sharedFormTerms(use, other).flatMap((term) => place.get(term) ?? []);
    const rare = measuring.rarity(stats.conceptFrequency.get(concept), stats.size);
    concepts.push({ rare, mine, theirs, own, general: use.general });
  }
  return { terms, concepts };
}

const dot = (counts: Counts, weights: Counts): number => {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i] ?? 0) * (weights[i] ?? 0);
  return sum;
};

/** Strength of every pair of one need under these weights. */
export function strengthsOf(features: Features, pairs: readonly Pair[], weights: Weights): number[] {
  const { text, scale } = weights;
  const { k1, b, k3 } = text;
  const fields = FIELDS.map((field) => text[field]);
  const average = dot(features.averageLength, fields);
  const repeats = (weight: number) => ((k3 + 1) * weight) / (k3 + weight);
  return pairs.map((pair) => {
    const norm = k1 * (1 - b + (b * dot(pair.length, fields)) / average);
    const saturated = (weight: number) => ((k1 + 1) * weight) / (norm + weight);
    let words = 0;
    const given = new Array<number>(pair.terms.length).fill(0);
    for (const [at, { rare, pair: two, mine, theirs, accentsAgree }] of pair.terms.entries()) {
      const [own, found] = [dot(mine, fields), dot(theirs, fields)];
      if (own === 0 || found === 0) continue;
      const both = (mine[0] ?? 0) > 0 && (theirs[0] ?? 0) > 0 ? 1 + text.title2 : 1;
      const strength =
        Math.max(0, rare - text.common) *
        (two ? text.pair : text.word) *
        repeats(own) *
        saturated(found) *
        both *
        (accentsAgree ? 1 : text.otherAccents);
      given[at] = strength;
      words += strength;
    }
    for (const { rare, mine, theirs, own: places, general } of pair.concepts) {
      const [own, found] = [dot(mine, fields), dot(theirs, fields)];
      if (own === 0 || found === 0) continue;
      const share = general ? text.general : 1;
      const strength = text.concept * share * Math.max(0, rare - text.common) * repeats(own) * saturated(found);
      words += Math.max(0, strength - places.reduce((sum, at) => sum + (given[at] ?? 0), 0));
    }
    return words + Math.min(1, words / (scale.grip * scale.point)) * (weights.sector * pair.affinity + pair.facts);
  });
}

/** Counts every need against every offering. Listings are the scratch exchange's, named by their external ids. */
export function buildFeatures(
  listings: readonly MatchableListing[],
  names: readonly ScratchListing[],
  sectors: readonly SectorNode[],
  engine: measuring.Engine,
  now: Date,
): Features {
  const nameOf = new Map(names.map(({ id, externalId }) => [id, externalId]));
  const counted = listings.map((listing) => countListing(listing, nameOf.get(listing.id) ?? listing.id, engine));
  const stats = measuring.countCorpus(
    counted.map(({ read }) => read),
    measuring.sectorAffinity(sectors.flatMap((field) => field.children)),
  );
  const of = (kind: "need" | "offering") => counted.filter(({ read }) => read.listing.kind === kind);
  const rules = { stats, compareLine, now, weights: { ...engine.weights, sector: 1 } };
  const averageLength = FIELDS.map(
    (_, at) => counted.reduce((sum, one) => sum + (one.length[at] ?? 0), 0) / counted.length,
  );
  const features: Features = {
    averageLength,
    needs: of("need").map((need) => ({
      needId: need.id,
      pairs: of("offering").map((offering) => {
        const weighed = measuring.weighPair(need.read, offering.read, rules);
        let affinity = 0;
        let facts = 0;
        for (const { strength, make } of weighed.facts.parts)
          if (make(0).kind === "sector") affinity += strength;
          else facts += strength;
        return {
          offeringId: offering.id,
          length: offering.length,
          ...sharedOf(need, offering, stats),
          affinity,
          facts,
        };
      }),
    })),
  };
  for (const { needId, pairs } of features.needs.slice(0, 5)) {
    const need = counted.find(({ id }) => id === needId);
    const strengths = strengthsOf(features, pairs, engine.weights);
    for (const [at, offering] of of("offering").entries()) {
      const { strength } = measuring.weighPair(need?.read ?? offering.read, offering.read, {
        ...rules,
        weights: engine.weights,
      });
      if (Math.abs(strength - (strengths[at] ?? Number.NaN)) > 1e-6 * Math.max(1, strength))
        throw new Error(`The fit's arithmetic parts from the engine's: ${needId} ${offering.id}`);
    }
  }
  return features;
}
