import { organisationQueue } from "~/modules/accounts/index.server";
import { casesByNextDate } from "~/modules/brokering/index.server";
import { MATCH_THRESHOLD } from "~/modules/matching/index.server";
import { type Ctx, hasGrant } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import { byUrgency, type WaitingItem } from "../domain/waiting";
import { type Funnel, funnel } from "./funnel.server";
import { unattendedItems } from "./unattended.server";
import { waitingConnectionTasks } from "./waiting-brokers.server";

export type BrokerHome = {
  figures: {
    reviews: number;
    organisations: number;
    interests: number;
    /** published needs with a fitting offering on which nobody has decided yet */
    needsToDecide: number;
    /** published needs for which nothing fits: to be searched by hand */
    needsUnanswered: number;
    /** contradictions to look into and agreements without a deal, as /broker/outcomes shows them */
    outcomes: number;
  };
  waiting: WaitingItem[];
  /** this year's, of the office */
  funnel: Funnel | null;
};

/** Rows per kind that the work list shows; the tiles lead to the whole queues. */
const SHOWN = 25;

/** The broker's work list of the office, most urgent first. Null for anybody who is no broker. */
export async function brokerHome(ctx: Ctx): Promise<BrokerHome | null> {
  const { actor, db } = ctx;
  if (!hasGrant(actor, "broker")) return null;
  const office = { officeId: actor.officeId };
  const openReview = { state: "open" as const, listing: office };
  const publishedNeed = { ...office, kind: "need" as const, state: "published" as const };
  const undecided = {
    score: { gte: MATCH_THRESHOLD },
    decision: "none" as const,
    offering: { state: "published" as const },
  };

  const [reviews, reviewCount, organisations, interests, interestCount, toDecide, needsToDecide, needsUnanswered] =
    await Promise.all([
      db.review.findMany({
        where: openReview,
        orderBy: { submittedAt: "asc" },
        take: SHOWN,
        select: {
          id: true,
          submittedAt: true,
          listing: { select: { id: true, kind: true } },
          version: { select: { texts: { select: { title: true }, take: 1 } } },
        },
      }),
      db.review.count({ where: openReview }),
      organisationQueue(ctx),
      db.interest.findMany({
        where: { state: "open", person: office },
        orderBy: { createdAt: "asc" },
        take: SHOWN,
        select: {
          id: true,
          kind: true,
          createdAt: true,
          organisation: { select: { nameVi: true } },
          person: { select: { fullName: true } },
          listing: { select: { reference: true } },
        },
      }),
      db.interest.count({ where: { state: "open", person: office } }),
      db.match.groupBy({
        by: ["needId"],
        where: { need: publishedNeed, ...undecided },
        _count: true,
        _max: { score: true },
        orderBy: { _max: { score: "desc" } },
        take: 8,
      }),
      db.listing.count({ where: { ...publishedNeed, asNeed: { some: undecided } } }),
      db.listing.count({
        where: { ...publishedNeed, matchRuns: { some: {} }, asNeed: { none: { score: { gte: MATCH_THRESHOLD } } } },
      }),
    ]);

  const year = Number(localDay(ctx.clock.now()).slice(0, 4));
  const [unattended, cases, connections, yearFunnel, dues, topNeeds] = await Promise.all([
    unattendedItems(ctx),
    casesByNextDate(ctx, { mine: true, limit: SHOWN }),
    waitingConnectionTasks(ctx),
    funnel(ctx, { year, mine: false }),
    db.due.findMany({
      where: {
        ...office,
        state: "open",
        subjectId: { in: [...reviews.flatMap((r) => [r.id, r.listing.id]), ...interests.map((i) => i.id)] },
      },
      select: { subjectId: true, dueOn: true },
    }),
    db.listing.findMany({
      where: { id: { in: toDecide.map((row) => row.needId) } },
      select: {
        id: true,
        reference: true,
        publishedAt: true,
        publishedVersion: { select: { texts: { select: { title: true }, take: 1 } } },
      },
    }),
  ]);
  const dueOf = (...ids: string[]) => dues.find((d) => ids.includes(d.subjectId))?.dueOn ?? null;

  const waiting: WaitingItem[] = [
    ...unattended,
    ...reviews.map((r) => ({
      id: r.id,
      key: r.listing.kind === "need" ? "reviewNeed" : "reviewOffering",
      params: { title: r.version.texts[0]?.title ?? "…" },
      to: `/broker/reviews/${r.id}`,
      who: "you" as const,
      since: r.submittedAt,
      dueOn: dueOf(r.id, r.listing.id),
    })),
    ...(organisations ?? []).slice(0, SHOWN).map((o) => ({
      id: o.id,
      key: `queue-${o.stage}`,
      params: { name: o.organisation, person: o.person ?? "" },
      to: `/broker/organisations/${o.organisationId}`,
      who: "you" as const,
      since: o.since,
      dueOn: null,
    })),
    ...interests.map((i) => ({
      id: i.id,
      key: i.kind === "can_solve" ? "answerCanSolve" : i.listing ? "answerQuestion" : "answerSearch",
      params: { name: i.organisation?.nameVi ?? i.person.fullName, reference: i.listing?.reference ?? "" },
      to: "/broker/interests",
      who: "you" as const,
      since: i.createdAt,
      dueOn: dueOf(i.id),
    })),
    ...cases.map((c) => ({
      id: c.id,
      key: "caseNext",
      params: { action: c.nextAction ?? "…", title: c.title },
      to: `/broker/cases/${c.id}`,
      who: "you" as const,
      since: c.createdAt,
      dueOn: c.nextActionOn,
    })),
    ...connections.waiting,
    ...toDecide.flatMap((row) => {
      const need = topNeeds.find((n) => n.id === row.needId);
      if (!need) return [];
      return {
        id: need.id,
        key: "decideMatches",
        params: { title: need.publishedVersion?.texts[0]?.title ?? need.reference ?? "", count: row._count },
        to: `/broker/listings/${need.id}`,
        who: "you" as const,
        since: need.publishedAt ?? ctx.clock.now(),
        dueOn: null,
      };
    }),
  ];

  return {
    figures: {
      reviews: reviewCount,
      organisations: organisations?.length ?? 0,
      interests: interestCount,
      needsToDecide,
      needsUnanswered,
      outcomes: connections.outcomes,
    },
    waiting: waiting.sort(byUrgency),
    funnel: yearFunnel,
  };
}
