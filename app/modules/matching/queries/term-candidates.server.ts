import { compareLine, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { askedTerms, greatest } from "../domain/add-up-terms";
import type { CorpusStats } from "../domain/corpus-stats";
import { ENGINE } from "../domain/engine";
import type { InputFacts } from "../domain/listing-input";
import type { ReadListing } from "../domain/read-listing";
import { mostFromFacts, strengthWith } from "../domain/score-pair";
import { sectorAgreement } from "../domain/sector-affinity";
import { type Count, factsOfPlaced, lookUp, sumTerms, termIndex } from "./term-index.server";

/** Listings whose facts are looked at, by their words and sectors alone; a met line may lift one far up. */
const MOST_LOOKED_AT = 1_000;

/** What each combination of sectors adds in full: the best of its sectors' affinity to the listing's own. */
function nearness(combinations: readonly string[][], listing: MatchableListing, { affinity }: CorpusStats): number[] {
  const ofCode = new Map<string, number>();
  const of = (code: string): number => {
    const known = ofCode.get(code);
    if (known !== undefined) return known;
    const [need, offering] = listing.kind === "need" ? [listing.sectorCodes, [code]] : [[code], listing.sectorCodes];
    const strength = ENGINE.weights.sector * (sectorAgreement(need, offering, affinity)?.affinity ?? 0);
    ofCode.set(code, strength);
    return strength;
  };
  return combinations.map((codes) => codes.reduce((best, code) => Math.max(best, of(code)), 0));
}

type Guess = { id: string; ownerKey: string | null; strength: number };

/** An owner that holds all its places gives up the weakest for a stronger one. False when this one is not stronger. */
function makePlace(best: Guess[], one: Guess, perOwner: number): boolean {
  if (one.ownerKey === null) return true;
  const held = best.filter(({ ownerKey }) => ownerKey === one.ownerKey);
  const weakest = held[perOwner - 1];
  if (!weakest) return true;
  if (weakest.strength >= one.strength) return false;
  best.splice(best.indexOf(weakest), 1);
  return true;
}

/**
 * Listings of the other side that are worth reading, best first, by about the strength they will be weighed with: the terms they
 * share, their sectors and their facts. For corpora that are counted in the database.
 * @param limits how many, and how many of them one owner may hold
 */
export async function termCandidates(
  ctx: Pick<Ctx, "db" | "clock">,
  { listing, read }: { listing: MatchableListing; read: ReadListing },
  stats: CorpusStats,
  count: Count,
  { most, perOwner, looked = MOST_LOOKED_AT }: { most: number; perOwner: number; looked?: number },
): Promise<string[]> {
  const other = listing.kind === "need" ? "offering" : "need";
  const side = { officeId: listing.officeId, kind: other } as const;
  const index = await termIndex(ctx, side, count);
  const sums = sumTerms(index, await lookUp(ctx, index, side, askedTerms(read, stats)));
  const { scale } = ENGINE.weights;
  const gripped = scale.grip * scale.point;
  const near = nearness(index.combinations, listing, stats);
  const size = index.listings.length;
  const words = sums.slice(0, size);
  for (let place = 0; place < size; place++) {
    const sum = words[place] as number;
    sums[place] = sum + (near[index.sectors[place] as number] as number) * Math.min(1, sum / gripped);
  }
  const now = ctx.clock.now();
  const today = localDay(now);
  const rules = { stats, compareLine, now, weights: ENGINE.weights };
  const guess = (place: number): Guess | null => {
    const found = index.listings[place];
    if (!found || (found.ownerKey !== null && found.ownerKey === listing.ownerKey)) return null;
    if (found.expiresOn !== null && found.expiresOn < today) return null;
    const theirs: InputFacts = {
      ...factsOfPlaced(found),
      id: found.id,
      kind: other,
      sectorCodes: index.combinations[index.sectors[place] ?? 0] ?? [],
    };
    const sum = words[place] ?? 0;
    const [need, offering] = listing.kind === "need" ? [listing, theirs] : [theirs, listing];
    return { id: found.id, ownerKey: found.ownerKey, strength: strengthWith(sum, need, offering, rules) };
  };
  const bonus = mostFromFacts(listing.lines.length, ENGINE.weights);
  const best: Guess[] = [];
  for (const place of greatest(sums, size, looked).sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))) {
    const last = best[most - 1];
    // no facts lift this one, or any after it, among the best
    if (last && (sums[place] ?? 0) + bonus <= last.strength) break;
    const one = guess(place);
    if (!one || (last && one.strength <= last.strength) || !makePlace(best, one, perOwner)) continue;
    const at = best.findIndex(({ strength }) => strength < one.strength);
    best.splice(at < 0 ? best.length : at, 0, one);
    best.length = Math.min(best.length, most);
  }
  return best.map(({ id }) => id);
}
