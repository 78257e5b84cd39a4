import { compareLine, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { dateOnly, localDay } from "~/platform/ports/clock";
import type { CorpusStats } from "../domain/corpus-stats";
import { ENGINE, type Engine } from "../domain/engine";
import type { StoredFacts } from "../domain/listing-facts";
import type { InputFacts } from "../domain/listing-input";
import type { ReadListing } from "../domain/read-listing";
import { strengthWith } from "../domain/score-pair";
import { leadingTerms } from "../domain/term-keys";

/** Listings whose facts are looked at, by their words alone; a met line may lift one far up. */
const MOST_LOOKED_AT = 1_000;

type Row = { id: string; words: number; sectors: string[]; facts: StoredFacts };

/**
 * Listings of the other side that are worth reading, best first, by about the strength they will be weighed with: the telling terms
 * they share, their sector and their facts. For corpora that are counted in the database.
 */
export async function termCandidates(
  ctx: Pick<Ctx, "db" | "clock">,
  { listing, read }: { listing: MatchableListing; read: ReadListing },
  stats: CorpusStats,
  most: number,
  engine: Engine = ENGINE,
  looked = MOST_LOOKED_AT,
): Promise<string[]> {
  const terms = leadingTerms(read, stats, engine);
  const other = listing.kind === "need" ? "offering" : "need";
  const { sector, scale, text } = engine.weights;
  const now = ctx.clock.now();
  const today = dateOnly(localDay(now));
  const [, , , rows] = await ctx.db.$transaction([
    // an index scan a term; the planner, which knows no term, would read everything
    ctx.db.$executeRaw`SET LOCAL enable_seqscan = off`,
    ctx.db.$executeRaw`SET LOCAL jit = off`,
    ctx.db.$executeRaw`SET LOCAL work_mem = '32MB'`,
    ctx.db.$queryRaw<Row[]>`
      WITH found AS MATERIALIZED (
        SELECT d.listing_id, d.length, d.sectors && ${listing.sectorCodes}::text[] AS near, q.weight
        FROM unnest(${terms.map(({ key }) => key)}::int4[], ${terms.map(({ weight }) => weight)}::float8[]) AS q(term, weight)
        JOIN listing_terms d ON d.terms @> ARRAY[q.term]
        WHERE d.kind = ${other}::"ListingKind" AND d.office_id = ${listing.officeId}::uuid
          AND (d.owner_key IS NULL OR d.owner_key IS DISTINCT FROM ${listing.ownerKey}::uuid)
          AND (d.expires_on IS NULL OR d.expires_on >= ${today}::date)
      ), weighed AS (
        -- long texts need more repeats to say the same, as in shared-words.ts; a term is taken to stand there once
        SELECT listing_id, near, sum(weight) * ${text.k1 + 1}::float8
          / (1 + ${text.k1}::float8 * (1 - ${text.b}::float8 + ${text.b / stats.averageLength}::float8 * length)) AS words
        FROM found GROUP BY listing_id, near, length
      ), best AS (
        SELECT * FROM weighed
        ORDER BY words + CASE WHEN near
          THEN ${sector}::float8 * least(1, words / ${scale.grip * scale.point}::float8) ELSE 0 END DESC, listing_id
        LIMIT ${looked}
      )
      SELECT b.listing_id AS id, b.words, d.sectors, d.facts FROM best b JOIN listing_terms d USING (listing_id)`,
  ]);
  const rules = { stats, compareLine, now, weights: engine.weights };
  const guess = ({ id, words, sectors, facts }: Row): number => {
    const theirs: InputFacts = {
      ...facts,
      id,
      kind: other,
      sectorCodes: sectors,
      publishedAt: new Date(facts.publishedAt),
    };
    return listing.kind === "need"
      ? strengthWith(words, listing, theirs, rules)
      : strengthWith(words, theirs, listing, rules);
  };
  return rows
    .map((row) => ({ id: row.id, strength: guess(row) }))
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);
}
