import type { CorpusStats } from "./corpus-stats";
import { ENGINE, type Engine } from "./engine";
import { namePhrases } from "./name-phrases";
import type { ReadListing } from "./read-listing";
import { needWeight } from "./shared-words";

/** One query of the round trip and how much its answer counts when lists are fused. */
export type PlannedQuery = { label: string; text?: string; sectors?: string[]; limit: number; weight: number };

const PHRASES = 10;
const PAIRS = 28;
const LONGEST_PHRASE = 7;
const CONCEPTS = 8;
const LIMIT = 60;

/**
 * The listing's own words as short queries: its title, its rarest phrases, its terms in the other language, its sectors.
 * Never the whole text: engines read ten words and drop the rest.
 */
export function planCandidates(
  read: ReadListing,
  stats: CorpusStats,
  { dictionary, weights }: Engine = ENGINE,
): PlannedQuery[] {
  const pairs = [...read.terms]
    .filter(([term]) => term.includes(" "))
    .map(([term, use]) => ({
      term,
      weight: needWeight(term, use, stats, weights),
      known: (stats.frequency.get(term) ?? 0) > 1,
    }))
    // a pair that no other listing holds finds nothing
    .filter(({ known }) => known)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, PAIRS);
  const { phrases } = namePhrases(read, new Map(pairs.map(({ term, weight }) => [term, weight])));
  const best = phrases[0]?.strength ?? 1;
  const title = read.listing.texts[0]?.title ?? "";
  const concepts = [...read.concepts.entries()].sort((a, b) => b[1].weight - a[1].weight).slice(0, CONCEPTS);
  const { sectorCodes } = read.listing;
  const fields = [...new Set(sectorCodes.map((code) => code.split("-")[0] ?? code))];
  return [
    { label: "title", text: title, limit: LIMIT, weight: 1.5 },
    ...phrases.slice(0, PHRASES).map(({ phrase, strength }) => ({
      label: `phrase:${phrase}`,
      text: phrase.split(/\s+/).slice(0, LONGEST_PHRASE).join(" "),
      limit: LIMIT,
      weight: 0.5 + strength / best,
    })),
    ...concepts.flatMap(([concept, use]) =>
      dictionary
        .formsOf(concept)
        .filter((form) => !use.forms.has(form.form))
        .slice(0, 2)
        .map((form) => ({ label: `term:${form.text}`, text: form.text, limit: LIMIT, weight: 0.5 })),
    ),
    ...(sectorCodes.length > 0
      ? [{ label: "sectors", text: title, sectors: [...sectorCodes], limit: LIMIT, weight: 1.5 }]
      : []),
    ...(fields.length > 0 ? [{ label: "fields", text: title, sectors: fields, limit: LIMIT, weight: 1 }] : []),
  ];
}

/** Fuses ranked lists so that agreement is rewarded: a listing that many queries find goes before one that a single query puts first. */
export function fuseLists(lists: { id: string }[][], weights: number[], most: number): string[] {
  const points = new Map<string, number>();
  lists.forEach((list, query) => {
    for (const [rank, { id }] of list.entries())
      points.set(id, (points.get(id) ?? 0) + (weights[query] ?? 1) / (20 + rank));
  });
  return [...points]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([id]) => id);
}
