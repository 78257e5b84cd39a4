import type { Prisma } from "~/generated/prisma/client";
import { isOfficeBroker, type ListingCard, listCards } from "~/modules/listings/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { type ListingElements, listingElements } from "../domain/elements";
import type { EvidenceCard } from "../domain/evidence";
import type { Decision } from "../domain/match-decisions";
import { openEvidence, scoreOnly } from "../domain/open-evidence";
import { limitOwners, orderView } from "../domain/order-view";
import { KEEP_PER_LISTING, MATCH_THRESHOLD, VIEW_PER_OWNER } from "../domain/weights";
import { maySeeMatches } from "../policy";
import { readPublished } from "./corpus.server";

/** Weak suggestions a broker is shown below the line. */
const WEAK_SHOWN = 5;
/** Rows that are looked through for the best of each organisation: other sides' runs may have written many of one. */
const MOST_LOOKED_AT = 1_000;

export type MatchView = {
  id: string;
  score: number;
  fits: boolean;
  /** one of the two best answers from another sector, marked and kept in sight */
  crossSector: boolean;
  evidence: EvidenceCard;
  /** the other side is blind to this reader: some reasons are for brokers and its owner */
  heldBack: boolean;
  decision: Decision;
  decidedAt: Date | null;
  /** what happened to either listing since: a newer version than the one scored, or than the one decided on */
  changedSince: "score" | "decision" | null;
  /** the broker's own words, for brokers only */
  reasonCode: string | null;
  note: string | null;
  other: ListingCard;
};

export type MatchesView = {
  listing: ListingCard;
  asBroker: boolean;
  /** what the engine read out of the listing, by kind; null when it is not published */
  elements: ListingElements | null;
  /** null: not computed yet */
  run: { computedAt: Date; candidates: number; current: boolean } | null;
  /** shortlisted first, then by score (the best of another sector within the first ten); dismissed ones last and for brokers only */
  matches: MatchView[];
  /** below the threshold, for brokers only */
  weak: MatchView[];
  /** suggestions left out because their organisation already has three in the list */
  capped: number;
  threshold: number;
};

const BEST_FIRST: Prisma.MatchOrderByWithRelationInput[] = [{ score: "desc" }, { id: "asc" }];
const SIDE = {
  id: true,
  publishedVersionId: true,
  publishedVersion: {
    select: { createdAt: true, reviews: { where: { state: "approved" }, select: { decidedAt: true }, take: 1 } },
  },
} as const;

type Side = {
  publishedVersionId: string | null;
  publishedVersion: { createdAt: Date; reviews: { decidedAt: Date | null }[] } | null;
};
type Sides = {
  decision: Decision;
  decidedAt: Date | null;
  needVersionId: string;
  offeringVersionId: string;
  need: Side;
  offering: Side;
};

/** Was it scored on a version that is not on the shelf any more? */
const isStale = ({ need, offering, needVersionId, offeringVersionId }: Sides): boolean =>
  needVersionId !== need.publishedVersionId || offeringVersionId !== offering.publishedVersionId;

/** Did a listing change since a decision, or since the score was computed? */
function changedSince(match: Sides): MatchView["changedSince"] {
  const { need, offering, decidedAt } = match;
  // on the shelf since its approval, or since it was written when nobody had to approve it
  const newer = ({ publishedVersion: shown }: Side) =>
    decidedAt !== null && shown !== null && (shown.reviews[0]?.decidedAt ?? shown.createdAt) > decidedAt;
  if (match.decision !== "none" && (newer(need) || newer(offering))) return "decision";
  return isStale(match) ? "score" : null;
}

/**
 * The reasons as this reader may read them. Of a blind listing that is not theirs those of its open part; and none while the score
 * is of an earlier version, which may have been open.
 */
function shownOf(evidence: EvidenceCard, other: ListingCard, stale: boolean): Pick<MatchView, "evidence" | "heldBack"> {
  if (!other.ownerHidden) return { evidence, heldBack: false };
  return stale ? { evidence: scoreOnly(evidence), heldBack: true } : openEvidence(evidence);
}

/** Shape check of what we stored ourselves. */
function evidenceOf(value: unknown): EvidenceCard {
  const card = value as EvidenceCard | null;
  return card && Array.isArray(card.contributions) && Array.isArray(card.missing)
    ? card
    : { score: 0, contributions: [], missing: [] };
}

/**
 * A listing's ranked matches with their evidence, for its owner and for brokers. The other side is shown as far as this
 * reader may see it; one organisation has at most three undecided places. Null when absent or not for this reader.
 */
export async function matchesOf(ctx: Ctx, listingId: string): Promise<MatchesView | null> {
  if (!isId(listingId)) return null;
  const row = await ctx.db.listing.findUnique({
    where: { id: listingId },
    select: { id: true, kind: true, officeId: true, organisationId: true, createdById: true, publishedVersionId: true },
  });
  if (!row || !maySeeMatches(ctx.actor, row)) return null;
  const [listing] = await listCards(ctx, [row.id]);
  if (!listing) return null;
  const asBroker = isOfficeBroker(ctx.actor, row.officeId);
  const need = row.kind === "need";
  const onShelf = {
    state: "published" as const,
    OR: [{ expiresOn: null }, { expiresOn: { gte: dateOnly(localDay(ctx.clock.now())) } }],
  };
  const owned = { select: { organisationId: true } };
  const [[own], run, all] = await Promise.all([
    readPublished(ctx, [row.id]),
    ctx.db.matchRun.findUnique({
      where: { listingId: row.id },
      select: { computedAt: true, candidates: true, versionId: true },
    }),
    ctx.db.match.findMany({
      where: {
        ...(need ? { needId: row.id, offering: onShelf } : { offeringId: row.id, need: onShelf }),
        ...(asBroker ? {} : { decision: { not: "dismissed" } }),
      },
      orderBy: BEST_FIRST,
      take: MOST_LOOKED_AT,
      select: { id: true, score: true, decision: true, need: owned, offering: owned },
    }),
  ]);
  const ownerOf = (match: (typeof all)[number]) => (need ? match.offering : match.need).organisationId;
  // the rule of the engine, kept here too: a listing may have changed hands since
  const others = all.filter((match) => ownerOf(match) === null || ownerOf(match) !== row.organisationId);
  const undecided = others.filter(({ decision }) => decision === "none");
  const open = limitOwners(undecided, ownerOf, VIEW_PER_OWNER);
  const fittingOf = (list: typeof all) => list.filter(({ score }) => score >= MATCH_THRESHOLD).length;
  const rows = await ctx.db.match.findMany({
    where: {
      id: {
        in: [
          ...others.filter(({ decision }) => decision !== "none").slice(0, KEEP_PER_LISTING * 2),
          ...open.slice(0, KEEP_PER_LISTING),
        ].map(({ id }) => id),
      },
    },
    orderBy: BEST_FIRST,
    select: {
      id: true,
      score: true,
      evidence: true,
      decision: true,
      decidedAt: true,
      reasonCode: true,
      note: true,
      needVersionId: true,
      offeringVersionId: true,
      need: { select: SIDE },
      offering: { select: SIDE },
    },
  });
  const otherOf = (match: (typeof rows)[number]) => (need ? match.offering : match.need);
  const cards = new Map(
    (
      await listCards(
        ctx,
        rows.map((match) => otherOf(match).id),
      )
    ).map((card) => [card.id, card]),
  );

  const decided: MatchView[] = [];
  const fitting: MatchView[] = [];
  const weak: MatchView[] = [];
  for (const match of rows) {
    const other = cards.get(otherOf(match).id);
    if (!other) continue;
    const fits = match.score >= MATCH_THRESHOLD;
    const evidence = evidenceOf(match.evidence);
    const bothPlaced = listing.sectors.length > 0 && other.sectors.length > 0;
    const view: MatchView = {
      id: match.id,
      score: match.score,
      fits,
      crossSector: bothPlaced && !evidence.contributions.some(({ kind }) => kind === "sector"),
      ...shownOf(evidence, other, isStale(match)),
      decision: match.decision,
      decidedAt: match.decidedAt,
      changedSince: changedSince(match),
      other,
      reasonCode: asBroker ? match.reasonCode : null,
      note: asBroker ? match.note : null,
    };
    if (match.decision !== "none") decided.push({ ...view, crossSector: false });
    else if (fits) fitting.push(view);
    else if (asBroker && weak.length < WEAK_SHOWN) weak.push({ ...view, crossSector: false });
  }
  const suggested = orderView(fitting).map(({ marked, ...view }) => ({ ...view, crossSector: marked }));
  decided.sort((a, b) => b.score - a.score);
  const of = (decision: Decision) => decided.filter((one) => one.decision === decision);
  const matches = [...of("shortlisted"), ...suggested, ...of("dismissed")];
  return {
    listing,
    asBroker,
    elements: own ? listingElements(own.read) : null,
    matches,
    weak,
    capped: fittingOf(undecided) - fittingOf(open),
    threshold: MATCH_THRESHOLD,
    run: run && {
      computedAt: run.computedAt,
      candidates: run.candidates,
      current: run.versionId === row.publishedVersionId,
    },
  };
}
