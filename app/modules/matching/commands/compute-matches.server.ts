import type { Prisma } from "~/generated/prisma/client";
import { compareLine, freshUnits, loadForMatching, type MatchableListing } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { ok, type Result } from "~/platform/result";
import type { CorpusStats } from "../domain/corpus-stats";
import { ENGINE, type Engine, versionAt } from "../domain/engine";
import type { EvidenceCard } from "../domain/evidence";
import { limitOwners } from "../domain/order-view";
import { fuseLists, planCandidates } from "../domain/plan-candidates";
import type { Reading, ReadListing } from "../domain/read-listing";
import { explainPair, weighPair } from "../domain/score-pair";
import { KEEP_PER_LISTING, KEEP_PER_OWNER, MATCH_THRESHOLD } from "../domain/weights";
import { loadRead, openCorpus, readListings } from "../queries/corpus.server";
import { freshDictionary } from "../queries/fresh-dictionary.server";
import { type Candidate, loadCandidates } from "../queries/stored-readings.server";
import { termCandidates } from "../queries/term-candidates.server";
import { meaningOf, modelTag } from "../queries/vectors.server";
import { countUncounted } from "./count-corpus.server";

/** Pairs weighed; the best are put into words (the rest are never shown). */
const MOST_CANDIDATES = 200;
/** Candidates of a large corpus come nearly in their order: of these, beyond the ones wanted, one may yet be among the wanted. */
const READ_BEYOND = 30;
/** … and a language model may lift others from further down. */
const READ_FOR_MEANING = 150;
/** A pair below this says nothing at all and is not stored. */
const LEAST_SCORE = 10;

export type ComputedMatches = { candidates: number; kept: number; fitting: number };
type Scored = { other: Candidate; card: EvidenceCard };
/** Ranked pairs with their reasons, best first, and how many listings were compared to find them. */
export type Ranking = {
  ranked: Scored[];
  compared: number;
  /** the language model that took part, as a version names it */
  model: string | null;
};

const offShelf = ({ expiresOn }: Pick<Candidate, "expiresOn">, today: Date): boolean =>
  expiresOn !== null && expiresOn < today;

async function existingPartners(ctx: Ctx, listing: MatchableListing): Promise<string[]> {
  const own = listing.kind === "need" ? { needId: listing.id } : { offeringId: listing.id };
  const rows = await ctx.db.match.findMany({ where: own, select: { needId: true, offeringId: true } });
  return rows.map((row) => (listing.kind === "need" ? row.offeringId : row.needId));
}

/** Ids of the other side's listings that are worth weighing, from the search engine in one round trip. */
async function searchCandidates(
  ctx: Ctx,
  listing: MatchableListing,
  read: ReadListing,
  stats: CorpusStats,
  engine: Engine,
): Promise<string[]> {
  const plan = planCandidates(read, stats, engine);
  const lists = await ctx.search.candidates(plan, {
    kind: listing.kind === "need" ? "offering" : "need",
    visibilities: ["public", "blind", "brokers", "invited"],
    ...(listing.ownerKey ? { excludeOwnerKey: listing.ownerKey } : {}),
  });
  return fuseLists(
    lists,
    plan.map((query) => query.weight),
    MOST_CANDIDATES,
  );
}

type RankingLimits = {
  /** listings that are weighed and put into words in any case */
  known?: string[];
  engine?: Engine;
  /** how many of the best are put into words, and how many of them one owner may hold */
  wanted?: number;
  perOwner?: number;
};

/** Candidates from the index in one round trip, every pair weighed by the pure function, the best put into words. */
export async function rankCandidates(
  ctx: Ctx,
  listing: MatchableListing,
  { known = [], engine = ENGINE, wanted = KEEP_PER_LISTING, perOwner = Number.POSITIVE_INFINITY }: RankingLimits = {},
): Promise<Ranking> {
  const now = ctx.clock.now();
  const today = dateOnly(localDay(now));
  await freshUnits(ctx);
  const corpus = await openCorpus(ctx, engine);
  const [own] = corpus.large ? await readListings(ctx, [listing]) : await loadRead(ctx, [listing.id], engine);
  if (!own) return { ranked: [], compared: 0, model: null };
  const { read } = own;
  // what two listings share, the one holds: its own terms are enough to weigh any pair
  const stats = await corpus.statsOf([read]);
  const ids = corpus.large
    ? await termCandidates(ctx, own, stats, corpus.large, {
        most: wanted + (modelTag(ctx) ? READ_FOR_MEANING : READ_BEYOND),
        // by guessed strengths: the owner's best may stand a little further down
        perOwner: perOwner * 2,
      })
    : await searchCandidates(ctx, listing, read, stats, engine);
  const every = [...new Set([...ids, ...known])];
  const loaded = await loadCandidates(ctx, { ids: every, against: read }, corpus.large !== null, engine);
  const others = loaded.filter(
    (other) =>
      other.kind !== listing.kind &&
      other.officeId === listing.officeId &&
      !offShelf(other, today) &&
      // the index hides the owner of blind listings, so the rule is kept here
      (other.ownerKey === null || other.ownerKey !== listing.ownerKey),
  );
  const sides = (theirs: Reading): [Reading, Reading] => (listing.kind === "need" ? [read, theirs] : [theirs, read]);
  const meaning = await meaningOf(
    ctx,
    listing.id,
    others.map(({ id }) => id),
  );
  const rules = { stats, compareLine, now, weights: engine.weights, meaning };
  const weighed = others
    .map((other) => ({ other, weighed: weighPair(...sides(other.read), rules) }))
    .sort((a, b) => b.weighed.score - a.weighed.score || (a.other.id < b.other.id ? -1 : 1));
  const best = new Set(limitOwners(weighed, ({ other }) => other.ownerKey, perOwner).slice(0, wanted));
  const chosen = weighed.filter((one) => best.has(one) || known.includes(one.other.id));
  // a card also names what the need's title asks for and the offering lacks
  const told =
    corpus.large && listing.kind === "offering"
      ? { ...rules, stats: await corpus.statsOf([read, ...chosen.map(({ other }) => other.read)]) }
      : rules;
  const ranked = chosen.map(({ other, weighed: pair }) => ({
    other,
    card: explainPair(...sides(other.read), pair, told),
  }));
  return { ranked, compared: others.length, model: meaning?.tag ?? null };
}

/**
 * One statement: a pair is written only while both listings still publish the versions it was scored on, so a late run
 * cannot overwrite a newer one; decisions are not touched.
 */
async function store(tx: Tx, ctx: Ctx, listing: MatchableListing, scored: Scored[], version: string): Promise<void> {
  const rows = scored.map(({ other, card }) => {
    const [need, offering] = listing.kind === "need" ? [listing, other] : [other, listing];
    return {
      id: newId(),
      need_id: need.id,
      offering_id: offering.id,
      need_version_id: need.versionId,
      offering_version_id: offering.versionId,
      score: card.score,
      below_threshold: card.score < MATCH_THRESHOLD,
      evidence: card,
    };
  });
  await tx.$executeRaw`
    INSERT INTO match (id, need_id, offering_id, need_version_id, offering_version_id, score, below_threshold, evidence, engine_version, computed_at)
    SELECT r.id, r.need_id, r.offering_id, r.need_version_id, r.offering_version_id, r.score, r.below_threshold, r.evidence, ${version}, ${ctx.clock.now()}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, need_id uuid, offering_id uuid, need_version_id uuid,
      offering_version_id uuid, score float8, below_threshold boolean, evidence jsonb)
    JOIN listing n ON n.id = r.need_id AND n.state = 'published' AND n.published_version_id = r.need_version_id
    JOIN listing o ON o.id = r.offering_id AND o.state = 'published' AND o.published_version_id = r.offering_version_id
    ORDER BY r.need_id, r.offering_id
    ON CONFLICT (need_id, offering_id) DO UPDATE SET need_version_id = excluded.need_version_id,
      offering_version_id = excluded.offering_version_id, score = excluded.score, below_threshold = excluded.below_threshold,
      evidence = excluded.evidence, engine_version = excluded.engine_version, computed_at = excluded.computed_at`;
}

/** Undecided pairs that fell out of this listing's best fifty and are not among the other side's either. */
async function dropRest(tx: Tx, listing: MatchableListing, kept: string[]): Promise<void> {
  if (listing.kind === "need") {
    await tx.$executeRaw`
      DELETE FROM match m WHERE m.need_id = ${listing.id}::uuid AND m.decision = 'none' AND NOT m.offering_id = ANY(${kept}::uuid[])
        AND NOT EXISTS (SELECT 1 FROM interest i WHERE i.match_id = m.id)
        AND (m.score < ${LEAST_SCORE} OR (SELECT count(*) FROM match o WHERE o.offering_id = m.offering_id AND o.score > m.score) >= ${KEEP_PER_LISTING})`;
  } else {
    await tx.$executeRaw`
      DELETE FROM match m WHERE m.offering_id = ${listing.id}::uuid AND m.decision = 'none' AND NOT m.need_id = ANY(${kept}::uuid[])
        AND NOT EXISTS (SELECT 1 FROM interest i WHERE i.match_id = m.id)
        AND (m.score < ${LEAST_SCORE} OR (SELECT count(*) FROM match o WHERE o.need_id = m.need_id AND o.score > m.score) >= ${KEEP_PER_LISTING})`;
  }
}

/**
 * Computes the matches of one listing (a need's offerings or an offering's needs) and stores its best fifty with their
 * evidence, at most six of one organisation. Safe to run twice and at any time; decisions survive. Null when the listing is not published (any longer).
 */
export async function computeMatches(ctx: Ctx, listingId: string): Promise<ComputedMatches | null> {
  const listing = await loadForMatching(ctx.db, listingId);
  if (!listing || offShelf(listing, dateOnly(localDay(ctx.clock.now())))) return null;
  await countUncounted(ctx);
  // as of before anything is read: what changes meanwhile is computed anew
  const revision = await freshDictionary(ctx);
  const known = await existingPartners(ctx, listing);
  const { ranked, compared, model } = await rankCandidates(ctx, listing, { known, perOwner: KEEP_PER_OWNER });
  const version = versionAt(revision, model);
  const best = limitOwners(ranked, ({ other }) => other.ownerKey, KEEP_PER_OWNER)
    .filter(({ card }) => card.score >= LEAST_SCORE)
    .slice(0, KEEP_PER_LISTING);
  const kept = best.map(({ other }) => other.id);
  // pairs others still list are brought up to date as well
  const rest = ranked.filter(({ other }) => known.includes(other.id) && !kept.includes(other.id));
  const fitting = best.filter(({ card }) => card.score >= MATCH_THRESHOLD).length;
  const result: Result<ComputedMatches> = await transact(ctx, async (tx) => {
    await store(tx, ctx, listing, [...best, ...rest], version);
    await dropRest(tx, listing, kept);
    const run: Prisma.MatchRunUncheckedUpdateInput = {
      versionId: listing.versionId,
      engineVersion: version,
      candidates: compared,
      kept: best.length,
      computedAt: ctx.clock.now(),
    };
    await tx.matchRun.upsert({
      where: { listingId: listing.id },
      create: {
        listingId: listing.id,
        versionId: listing.versionId,
        engineVersion: version,
        candidates: compared,
        kept: best.length,
        computedAt: ctx.clock.now(),
      },
      update: run,
    });
    await emit(tx, ctx, "matches.computed", listing.id);
    return ok({ candidates: compared, kept: best.length, fitting });
  });
  if (!result.ok) throw new Error(`Matches of ${listingId} were not stored: ${result.code}`);
  return result.value;
}

/** Computes the matches of every published listing, needs first. For seeding and after a change of the engine. */
export async function computeAllMatches(
  ctx: Ctx,
  tell: (done: number, all: number) => void = () => {},
): Promise<{ listings: number }> {
  const rows = await ctx.db.listing.findMany({
    where: { state: "published" },
    select: { id: true },
    orderBy: [{ kind: "asc" }, { id: "asc" }],
  });
  for (const [index, row] of rows.entries()) {
    await computeMatches(ctx, row.id);
    tell(index + 1, rows.length);
  }
  return { listings: rows.length };
}
