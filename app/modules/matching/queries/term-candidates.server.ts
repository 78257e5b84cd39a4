import { compareLine, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { askedTerms, greatest } from "../domain/add-up-terms";
import type { CorpusStats } from "../domain/corpus-stats";
import { ENGINE } from "../domain/engine";
import type { StoredFacts } from "../domain/listing-facts";
import type { InputFacts } from "../domain/listing-input";
import type { ReadListing } from "../domain/read-listing";
import { strengthWith } from "../domain/score-pair";
import { sectorAgreement } from "../domain/sector-affinity";
import { type Count, sumTerms, termIndex } from "./term-index.server";

/** Listings whose facts are looked at, by their words and sectors alone; a met line may lift one far up. */
const MOST_LOOKED_AT = 1_000;

type Row = { id: string; sectors: string[]; facts: StoredFacts };

/**
 * Listings of the other side that are worth reading, best first, by about the strength they will be weighed with: the terms they
 * share, their sectors and their facts. For corpora that are counted in the database.
 */
export async function termCandidates(
  ctx: Pick<Ctx, "db" | "clock">,
  { listing, read }: { listing: MatchableListing; read: ReadListing },
  stats: CorpusStats,
  count: Count,
  most: number,
  looked = MOST_LOOKED_AT,
): Promise<string[]> {
  const other = listing.kind === "need" ? "offering" : "need";
  const side = { officeId: listing.officeId, kind: other } as const;
  const index = await termIndex(ctx, side, count);
  const sums = await sumTerms(ctx, index, side, askedTerms(read, stats));
  const { sector, scale } = ENGINE.weights;
  const gripped = scale.grip * scale.point;
  const near = index.combinations.map(
    (codes) =>
      sector *
      ((listing.kind === "need"
        ? sectorAgreement(listing.sectorCodes, codes, stats.affinity)
        : sectorAgreement(codes, listing.sectorCodes, stats.affinity)
      )?.affinity ?? 0),
  );
  const words = sums.slice(0, index.ids.length);
  for (let place = 0; place < index.ids.length; place++) {
    const sum = words[place] as number;
    sums[place] = sum + (near[index.sectors[place] as number] as number) * Math.min(1, sum / gripped);
  }
  const found = new Map(
    greatest(sums, index.ids.length, looked).map((place) => [index.ids[place] ?? "", words[place] ?? 0]),
  );
  const now = ctx.clock.now();
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT listing_id AS id, sectors, facts FROM listing_terms
    WHERE listing_id = ANY(${[...found.keys()]}::uuid[])
      AND (owner_key IS NULL OR owner_key IS DISTINCT FROM ${listing.ownerKey}::uuid)
      AND (expires_on IS NULL OR expires_on >= ${dateOnly(localDay(now))}::date)`;
  const rules = { stats, compareLine, now, weights: ENGINE.weights };
  const guess = ({ id, sectors, facts }: Row): number => {
    const theirs: InputFacts = {
      ...facts,
      id,
      kind: other,
      sectorCodes: sectors,
      publishedAt: new Date(facts.publishedAt),
    };
    const sum = found.get(id) ?? 0;
    return listing.kind === "need"
      ? strengthWith(sum, listing, theirs, rules)
      : strengthWith(sum, theirs, listing, rules);
  };
  return rows
    .map((row) => ({ id: row.id, strength: guess(row) }))
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);
}
