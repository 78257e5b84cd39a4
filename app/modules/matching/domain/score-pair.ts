import type { CorpusStats } from "./corpus-stats";
import { type Contribution, type EvidenceCard, type Missing, sharePoints } from "./evidence";
import { namePhrases } from "./name-phrases";
import { type CompareLine, pairLines } from "./pair-lines";
import type { ReadListing } from "./read-listing";
import { needWeight, ownStrength, shareWords } from "./shared-words";
import { WEIGHTS } from "./weights";

export type ScoringRules = { stats: CorpusStats; compareLine: CompareLine; now: Date };

type Part = { make: (points: number) => Contribution; strength: number };

const fieldOf = (code: string): string => code.split("-")[0] ?? code;

/** The best agreement between the two listings' sectors. */
function sectorAgreement(need: readonly string[], offering: readonly string[], stats: CorpusStats) {
  const same = need.find((code) => code.includes("-") && offering.includes(code));
  if (same) return { level: "same", code: same } as const;
  const field = need.find((code) => offering.some((other) => fieldOf(other) === fieldOf(code)));
  if (field) return { level: "field", code: fieldOf(field) } as const;
  const related = need.find((code) => offering.some((other) => stats.related.get(code)?.has(other)));
  return related ? ({ level: "related", code: related } as const) : null;
}

/** Everything but words scales the words: a sector or a province alone is no reason to meet. */
function factsParts(
  need: ReadListing,
  offering: ReadListing,
  base: number,
  rules: ScoringRules,
): { parts: Part[]; missing: Missing[] } {
  const parts: Part[] = [];
  const missing: Missing[] = [];
  const mine = need.listing;
  const theirs = offering.listing;

  const sector = sectorAgreement(mine.sectorCodes, theirs.sectorCodes, rules.stats);
  if (sector)
    parts.push({
      strength: base * WEIGHTS.sector[sector.level],
      make: (points) => ({ kind: "sector", ...sector, points }),
    });

  let room: number = WEIGHTS.line.most;
  for (const { asked, given, verdict } of pairLines(mine.lines, theirs.lines, rules.compareLine)) {
    if (!given || verdict === "unknown") {
      missing.push({ kind: "line", asked, why: "unknown" });
      continue;
    }
    const important = asked.must === false ? 0.5 : 1;
    const share = Math.min(WEIGHTS.line[verdict] * important, room);
    room -= Math.max(share, 0);
    parts.push({ strength: base * share, make: (points) => ({ kind: "line", verdict, asked, given, points }) });
    if (verdict === "fails") missing.push({ kind: "line", asked, why: "fails" });
  }

  if (mine.trl !== null) {
    const asked = mine.trl;
    const given = theirs.trl;
    if (given === null) missing.push({ kind: "trl", asked });
    else {
      const enough = given >= asked;
      parts.push({
        strength: base * (enough ? WEIGHTS.trl.enough : WEIGHTS.trl.short),
        make: (points) => ({ kind: "trl", enough, asked, given, points }),
      });
    }
  }
  const province = mine.provinceCode;
  if (province !== null && province === theirs.provinceCode) {
    parts.push({ strength: base * WEIGHTS.province, make: (points) => ({ kind: "province", code: province, points }) });
  }
  const age = (rules.now.getTime() - theirs.publishedAt.getTime()) / 86_400_000;
  if (age <= WEIGHTS.freshDays)
    parts.push({ strength: base * WEIGHTS.fresh, make: (points) => ({ kind: "fresh", points }) });
  return { parts, missing };
}

/** Below this nobody reads the card, so nothing is said to be missing. */
const LEAST_READ = 20;

/** Phrases of the need's title of which the offering holds no word pair: what its author named first. */
function absentPhrases(need: ReadListing, offering: ReadListing, stats: CorpusStats): Missing[] {
  const absent = new Map(
    [...need.terms]
      .filter(
        ([term, use]) =>
          use.inTitle && term.includes(" ") && !offering.terms.has(term) && (stats.frequency.get(term) ?? 0) > 1,
      )
      .map(([term, use]) => [term, needWeight(term, use, stats)]),
  );
  return namePhrases(need, absent)
    .phrases.slice(0, 3)
    .map(({ phrase }) => ({ kind: "phrase", phrase }));
}

/** A phrase is named on its own when it carries at least this share; smaller ones stand together as words. */
const LEAST_SHARE = 0.03;
const MOST_PHRASES = 8;
const MOST_WORDS = 6;

/**
 * How well an offering answers a need, 0–100, and why. Pure: the same two versions, statistics and day give the same card.
 * Contributions add up to the score; taking a named phrase out of the offering lowers it.
 */
export function scorePair(need: ReadListing, offering: ReadListing, rules: ScoringRules): EvidenceCard {
  const shared = shareWords(need, offering, rules.stats);
  const facts = factsParts(need, offering, shared.total, rules);
  const named = namePhrases(need, shared.terms);
  const least = shared.total * LEAST_SHARE;
  const phrases = named.phrases.filter(({ strength }) => strength >= least).slice(0, MOST_PHRASES);
  const rest = [
    ...named.phrases
      .filter((phrase) => !phrases.includes(phrase))
      .map(({ phrase, strength }) => ({ surface: phrase, strength })),
    ...named.words,
  ];

  const parts: Part[] = [
    ...phrases.map(
      ({ phrase, inTitle, strength }): Part => ({
        strength,
        make: (points) => ({ kind: "phrase", phrase, inTitle, points }),
      }),
    ),
    ...shared.concepts.map(
      ({ phrase, other, strength }): Part => ({
        strength,
        make: (points) => ({ kind: "concept", phrase, other, points }),
      }),
    ),
    ...facts.parts,
  ];
  const restStrength = rest.reduce((total, { strength }) => total + strength, 0);
  if (restStrength > 0) {
    const words = rest
      .sort((a, b) => b.strength - a.strength)
      .slice(0, MOST_WORDS)
      .map(({ surface }) => surface);
    parts.push({ strength: restStrength, make: (points) => ({ kind: "words", words, points }) });
  }
  const total = parts.reduce((sum, { strength }) => sum + strength, 0);
  const share = Math.max(total, 0) / ownStrength(need, rules.stats) ** WEIGHTS.lengthPower;
  const score = Math.round(1000 * (1 - Math.exp(-share / WEIGHTS.scale))) / 10;
  const points = sharePoints(
    parts.map(({ strength }) => strength),
    score,
  );
  const contributions = parts
    .map(({ make }, i) => make(points[i] ?? 0))
    .filter((one) => one.points !== 0 || one.kind === "line")
    .sort((a, b) => b.points - a.points);
  const absent = score < LEAST_READ ? [] : absentPhrases(need, offering, rules.stats);
  return { score, contributions, missing: [...facts.missing, ...absent] };
}
