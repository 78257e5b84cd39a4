import type { ListingKind, ListingState, ReviewState } from "~/generated/prisma/enums";
import { type Ctx, hasGrant, isMemberOf } from "~/platform/context";
import { isId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import {
  type Asked,
  type Checklist,
  checklistSchema,
  judgedSchema,
  needsSecond,
  type TechnologyListEntry,
} from "../domain/review-checklist";
import type { ReviewWarning } from "../domain/review-warnings";
import { compareVersions, type VersionChange } from "../domain/version-diff";
import { canReview } from "../policy";
import { type LikelyDuplicate, likelyDuplicates } from "./duplicates.server";
import { checkVersion, OWNER_SELECT, reviewRulesAt } from "./review-check.server";
import { pickText } from "./rows.server";
import { FULL_VERSION_SELECT, type FullVersion, fullVersionOf, namesOf } from "./version-view.server";

export type QueuedReview = {
  id: string;
  kind: ListingKind;
  title: string;
  organisation: string | null;
  submittedAt: Date;
  days: number;
  dueOn: Date | null;
  overdue: boolean;
  /** a version of a listing that is on the shelf already */
  revision: boolean;
  reference: string | null;
  onBehalf: boolean;
  mayDecide: boolean;
  /** a first broker approved, another one has to */
  halfApproved: boolean;
};

const PER_PAGE = 50;

/** A page of them. What is past the last page is the last page. */
export async function reviewQueuePage(
  ctx: Ctx,
  wanted: number,
): Promise<{ reviews: QueuedReview[]; total: number; page: number; pages: number }> {
  const { actor, db } = ctx;
  const total = hasGrant(actor, "broker")
    ? await db.review.count({ where: { state: "open", listing: { officeId: actor.officeId } } })
    : 0;
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(wanted) || 1));
  return { reviews: await reviewQueue(ctx, PER_PAGE, (page - 1) * PER_PAGE), total, page, pages };
}

/** Open reviews of the broker's office, oldest first (at most 500 unless asked for more). Empty for others. */
export async function reviewQueue(ctx: Ctx, most = 500, skip = 0): Promise<QueuedReview[]> {
  const { actor, db } = ctx;
  if (!hasGrant(actor, "broker")) return [];
  const rows = await db.review.findMany({
    where: { state: "open", listing: { officeId: actor.officeId } },
    orderBy: [{ submittedAt: "asc" }, { id: "asc" }],
    take: most,
    skip,
    select: {
      id: true,
      submittedAt: true,
      firstApprovedById: true,
      version: { select: { texts: { select: { lang: true, title: true } } } },
      listing: {
        select: {
          kind: true,
          reference: true,
          state: true,
          onBehalf: true,
          officeId: true,
          organisationId: true,
          organisation: { select: { nameVi: true } },
        },
      },
    },
  });
  const dues = await db.due.findMany({
    where: { kind: "review", state: "open", subjectId: { in: rows.map((row) => row.id) } },
    select: { subjectId: true, dueOn: true },
  });
  const dueOf = new Map(dues.map((due) => [due.subjectId, due.dueOn]));
  const now = ctx.clock.now();
  const today = localDay(now);
  return rows.map((row) => {
    const dueOn = dueOf.get(row.id) ?? null;
    return {
      id: row.id,
      kind: row.listing.kind,
      title: pickText(row.version.texts, ctx.locale)?.title ?? "",
      organisation: row.listing.organisation?.nameVi ?? null,
      submittedAt: row.submittedAt,
      days: Math.floor((Date.parse(today) - Date.parse(localDay(row.submittedAt))) / 86_400_000),
      dueOn,
      overdue: dueOn !== null && dueOn.toISOString().slice(0, 10) < today,
      revision: row.listing.state === "published",
      reference: row.listing.reference,
      onBehalf: row.listing.onBehalf,
      mayDecide: canReview(actor, row.listing) && row.firstApprovedById !== actor.personId,
      halfApproved: row.firstApprovedById !== null,
    };
  });
}

export type ReviewView = {
  id: string;
  state: ReviewState;
  submittedAt: Date;
  submittedBy: string | null;
  dueOn: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  reasonCode: string | null;
  note: string | null;
  listing: { id: string; kind: ListingKind; state: ListingState; reference: string | null; onBehalf: boolean };
  organisation: { id: string; name: string; verified: boolean; taxCode: string | null } | null;
  version: FullVersion;
  /** what the reader sees now, when a version is on the shelf */
  previous: FullVersion | null;
  /** what changed against it */
  changes: VersionChange[];
  earlier: {
    state: ReviewState;
    decidedAt: Date | null;
    by: string | null;
    reasonCode: string | null;
    note: string | null;
  }[];
  warnings: ReviewWarning[];
  /** which parts of the checklist this version needs */
  asked: Asked;
  /** entries of the lists whose words stand in the texts */
  hints: TechnologyListEntry[];
  lists: { version: number; source: string; entries: TechnologyListEntry[] };
  /** what was answered */
  checklist: Checklist | null;
  second: {
    /** the Department asks for two on every listing */
    always: boolean;
    /** this broker's approval alone does not publish */
    needed: boolean;
    first: { by: string | null; at: Date | null } | null;
    /** this broker approved first */
    mine: boolean;
  };
  /** listings that likely say the same */
  duplicates: LikelyDuplicate[];
  mayDecide: boolean;
  /** why not: the broker belongs to the organisation */
  ownOrganisation: boolean;
};

/** A review with all of its version, hidden fields included. Null for whoever is no broker of the office. */
export async function viewReview(ctx: Ctx, id: string): Promise<ReviewView | null> {
  const { actor, db } = ctx;
  if (!hasGrant(actor, "broker") || !isId(id)) return null;
  const row = await db.review.findFirst({
    where: { id, listing: { officeId: actor.officeId } },
    select: {
      id: true,
      state: true,
      submittedAt: true,
      submittedById: true,
      decidedAt: true,
      decidedById: true,
      reasonCode: true,
      note: true,
      checklist: true,
      firstApprovedById: true,
      firstApprovedAt: true,
      version: { select: FULL_VERSION_SELECT },
      listing: {
        select: {
          id: true,
          kind: true,
          state: true,
          reference: true,
          onBehalf: true,
          officeId: true,
          organisationId: true,
          createdById: true,
          onBehalfConfirmedAt: true,
          organisation: {
            select: { ...OWNER_SELECT, id: true, state: true },
          },
          publishedVersion: { select: FULL_VERSION_SELECT },
          reviews: {
            where: { id: { not: id } },
            orderBy: { submittedAt: "desc" },
            select: { state: true, decidedAt: true, decidedById: true, reasonCode: true, note: true },
          },
        },
      },
    },
  });
  if (!row) return null;
  const { listing } = row;
  const { organisation } = listing;
  const version = fullVersionOf(row.version);
  const shelf = listing.publishedVersion;
  const previous = shelf && shelf.id !== version.id && shelf.number < version.number ? fullVersionOf(shelf) : null;
  const [names, due] = await Promise.all([
    namesOf(ctx, [
      row.submittedById,
      row.decidedById,
      row.firstApprovedById,
      ...listing.reviews.map((review) => review.decidedById),
    ]),
    db.due.findFirst({ where: { kind: "review", subjectId: id, state: "open" }, select: { dueOn: true } }),
  ]);
  const nameOf = (personId: string | null) => (personId && names.get(personId)) || null;
  const judged = row.decidedAt ? judgedSchema.safeParse(row.checklist) : null;
  const rules = await reviewRulesAt(db, row.decidedAt ?? ctx.clock.now(), judged?.data?.rules);
  const { warnings, asked, hints } = checkVersion(version, listing.kind, organisation, rules);
  const stored = checklistSchema.safeParse(row.checklist);
  const first = row.firstApprovedById;
  return {
    id: row.id,
    state: row.state,
    submittedAt: row.submittedAt,
    submittedBy: nameOf(row.submittedById),
    dueOn: due?.dueOn ?? null,
    decidedAt: row.decidedAt,
    decidedBy: nameOf(row.decidedById),
    reasonCode: row.reasonCode,
    note: row.note,
    listing: {
      id: listing.id,
      kind: listing.kind,
      state: listing.state,
      reference: listing.reference,
      onBehalf: listing.onBehalf,
    },
    organisation: organisation && {
      id: organisation.id,
      name: organisation.nameVi,
      verified: organisation.state === "verified",
      taxCode: organisation.taxCode,
    },
    version,
    previous,
    changes: previous ? compareVersions(previous, version) : [],
    earlier: listing.reviews.map(({ decidedById, ...review }) => ({ ...review, by: nameOf(decidedById) })),
    warnings,
    asked,
    hints,
    lists: { version: rules.lists.version, source: rules.lists.source, entries: rules.lists.entries },
    checklist: stored.success ? stored.data : null,
    second: {
      always: rules.alwaysSecond,
      needed: needsSecond(rules.alwaysSecond, { ...listing, submittedById: row.submittedById }, actor.personId),
      first: first ? { by: nameOf(first), at: row.firstApprovedAt } : null,
      mine: first === actor.personId,
    },
    duplicates: (await likelyDuplicates(ctx, listing.id)) ?? [],
    mayDecide: row.state === "open" && canReview(actor, listing),
    ownOrganisation: isMemberOf(actor, listing.organisationId),
  };
}
