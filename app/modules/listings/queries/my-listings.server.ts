import type { Prisma } from "~/generated/prisma/client";
import type { ListingKind, ListingState, ReviewState } from "~/generated/prisma/enums";
import { brokerFor } from "~/modules/accounts/index.server";
import { type Ctx, isManagerOf, isPerson, type PersonActor } from "~/platform/context";
import { isId } from "~/platform/ids";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { completeness } from "../domain/completeness";
import { readDraft } from "../domain/draft";
import { isEditable } from "../domain/listing-states";
import { canEdit, canSubmit, isOfficeBroker, isOwner, visibleTo } from "../policy";
import { type LikelyDuplicate, likelyDuplicates } from "./duplicates.server";
import { pickText } from "./rows.server";
import { FULL_VERSION_SELECT, type FullVersion, fullVersionOf, namesOf } from "./version-view.server";
import { type ViewCounts, viewCounts } from "./view-counts.server";

export type MyListing = {
  id: string;
  kind: ListingKind;
  state: ListingState;
  reference: string | null;
  title: string;
  organisation: string | null;
  updatedAt: Date;
  expiresOn: Date | null;
  dueOn: Date | null;
  /** the version under way beside the published one */
  revision: "none" | "draft" | "in-review";
  completeness: number | null;
  onBehalfToConfirm: boolean;
  /** with the organisation's own office: asked, given back, or to be decided by this person */
  office: "asked" | "back" | "decide" | null;
};

const MINE = {
  id: true,
  kind: true,
  state: true,
  reference: true,
  draft: true,
  updatedAt: true,
  expiresOn: true,
  unconfirmedAt: true,
  onBehalf: true,
  onBehalfConfirmedAt: true,
  organisationId: true,
  approvalAskedAt: true,
  approvalAskedById: true,
  approvalNote: true,
  organisation: { select: { nameVi: true } },
  versions: { orderBy: { number: "desc" }, take: 1, select: { texts: { select: { lang: true, title: true } } } },
  reviews: { where: { state: "open" }, select: { id: true, submittedAt: true } },
} satisfies Prisma.ListingSelect;

const titleOf = (
  row: { draft: unknown; versions: { texts: { lang: "vi" | "en"; title: string }[] }[] },
  locale: "vi" | "en",
) => readDraft(row.draft).title.trim() || pickText(row.versions[0]?.texts ?? [], locale)?.title || "";

/** Of the actor's organisations, their own drafts, and what a broker typed on behalf. */
const mineOf = (actor: PersonActor): Prisma.ListingWhereInput => ({
  OR: [
    { organisationId: { in: actor.memberships.map((m) => m.organisationId) } },
    { createdById: actor.personId, organisationId: null },
    ...(actor.grants.includes("broker") ? [{ createdById: actor.personId, onBehalf: true }] : []),
  ],
});

const PER_PAGE = 50;

/** A page of one's own listings, newest change first. What is past the last page is the last page. */
export async function myListingsPage(
  ctx: Ctx,
  wanted: number,
): Promise<{ listings: MyListing[]; total: number; page: number; pages: number }> {
  const total = isPerson(ctx.actor) ? await ctx.db.listing.count({ where: mineOf(ctx.actor) }) : 0;
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(wanted) || 1));
  return { listings: await myListings(ctx, PER_PAGE, (page - 1) * PER_PAGE), total, page, pages };
}

/** Listings of the actor's organisations and their own drafts, newest change first (at most 200 unless asked for more). Brokers see what they typed on behalf too. */
export async function myListings(ctx: Ctx, most = 200, skip = 0): Promise<MyListing[]> {
  const { actor } = ctx;
  if (!isPerson(actor)) return [];
  const rows = await ctx.db.listing.findMany({
    where: mineOf(actor),
    select: MINE,
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: most,
    skip,
  });
  const dues = await ctx.db.due.findMany({
    where: {
      state: "open",
      kind: "review",
      subjectId: { in: rows.flatMap((row) => row.reviews.map((review) => review.id)) },
    },
    select: { subjectId: true, dueOn: true },
  });
  return rows.map((row) => {
    const review = row.reviews[0];
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      reference: row.reference,
      title: titleOf(row, ctx.locale),
      organisation: row.organisation?.nameVi ?? null,
      updatedAt: row.updatedAt,
      expiresOn: row.expiresOn,
      dueOn: dues.find((due) => due.subjectId === review?.id)?.dueOn ?? null,
      revision: row.state !== "published" ? "none" : review ? "in-review" : row.draft ? "draft" : "none",
      completeness: row.draft && !review ? completeness(row.kind, readDraft(row.draft)) : null,
      onBehalfToConfirm: row.onBehalf && !row.onBehalfConfirmedAt && row.state !== "draft",
      office: officeOf(actor, row),
    };
  });
}

/** How a draft stands with its organisation's office, for this person. */
function officeOf(actor: PersonActor, row: Prisma.ListingGetPayload<{ select: typeof MINE }>): MyListing["office"] {
  if (row.state === "withdrawn" || row.state === "rejected") return null;
  if (row.approvalAskedAt) return isManagerOf(actor, row.organisationId) ? "decide" : "asked";
  return row.approvalNote ? "back" : null;
}

export type ReviewAnswer = {
  id: string;
  versionId: string;
  state: ReviewState;
  submittedAt: Date;
  decidedAt: Date | null;
  by: string | null;
  reasonCode: string | null;
  note: string | null;
};
export type OwnListingView = {
  id: string;
  kind: ListingKind;
  state: ListingState;
  reference: string | null;
  title: string;
  organisation: { id: string; name: string; verified: boolean } | null;
  createdAt: Date;
  publishedAt: Date | null;
  expiresOn: Date | null;
  updatedAt: Date;
  hasDraft: boolean;
  completeness: number | null;
  underReview: boolean;
  dueOn: Date | null;
  reconfirmOn: Date | null;
  /** its owner is asked whether it still holds, or did not answer and it is hidden */
  reconfirm: { hiddenSince: Date | null } | null;
  version: FullVersion | null;
  reviews: ReviewAnswer[];
  broker: { fullName: string; phone: string | null; email: string } | null;
  /** how often its page was opened; null before it was on the shelf */
  views: ViewCounts | null;
  onBehalf: boolean;
  onBehalfConfirmedAt: Date | null;
  /** how it stands with the organisation's own office */
  office: { asked: { at: Date; by: string } | null; note: string | null; decides: boolean };
  /** what others (or they themselves) already published and likely says the same; asked while it is not on the shelf */
  duplicates: LikelyDuplicate[];
  may: { edit: boolean; copy: boolean; submit: boolean; withdraw: boolean; confirm: boolean };
};

const NEVER = new Date(8.64e15);

/** A listing as its owner (or the office's broker, for one posted on behalf) follows it: where it is, who has it, when they hear. Null for others. */
export async function viewOwnListing(ctx: Ctx, id: string): Promise<OwnListingView | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await ctx.db.listing.findFirst({
    where: { AND: [{ id }, visibleTo(actor, ctx.clock.now())] },
    select: {
      ...MINE,
      officeId: true,
      organisationId: true,
      createdById: true,
      createdAt: true,
      publishedAt: true,
      organisation: { select: { id: true, nameVi: true, state: true } },
      versions: { orderBy: { number: "desc" }, take: 1, select: FULL_VERSION_SELECT },
      reviews: {
        orderBy: { submittedAt: "desc" },
        select: {
          id: true,
          versionId: true,
          state: true,
          submittedAt: true,
          decidedAt: true,
          decidedById: true,
          reasonCode: true,
          note: true,
        },
      },
    },
  });
  // the broker who typed it goes on seeing how it fares after the organisation took it over
  if (!row || !(canEdit(actor, row) || (row.onBehalf && isOfficeBroker(actor, row.officeId)))) return null;
  const open = row.reviews.find((review) => review.state === "open");
  const [broker, names, dues, views] = await Promise.all([
    brokerFor(ctx, row.organisationId),
    namesOf(ctx, [...row.reviews.map((review) => review.decidedById), row.approvalAskedById]),
    ctx.db.due.findMany({
      where: { state: "open", subjectId: { in: [row.id, ...(open ? [open.id] : [])] } },
      select: { kind: true, dueOn: true },
    }),
    row.publishedAt ? viewCounts(ctx, row.id) : null,
  ]);
  const today = dateOnly(localDay(ctx.clock.now()));
  const dueOf = (kind: string) => dues.find((due) => due.kind === kind)?.dueOn ?? null;
  const latest = row.versions[0];
  // what passes between an organisation and its office is not for the broker who typed it
  const member: boolean = isOwner(actor, row);
  const editable = isEditable(row.state, open !== undefined);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reference: row.reference,
    title: titleOf(row, ctx.locale),
    organisation: row.organisation && {
      id: row.organisation.id,
      name: row.organisation.nameVi,
      verified: row.organisation.state === "verified",
    },
    createdAt: row.createdAt,
    publishedAt: row.publishedAt,
    expiresOn: row.expiresOn,
    updatedAt: row.updatedAt,
    hasDraft: row.draft !== null,
    completeness: row.draft && !open ? completeness(row.kind, readDraft(row.draft)) : null,
    underReview: open !== undefined,
    dueOn: dueOf("review"),
    reconfirmOn: dueOf("listing.reconfirm"),
    reconfirm:
      row.state === "published" && (row.unconfirmedAt || (dueOf("listing.reconfirm") ?? NEVER) <= today)
        ? { hiddenSince: row.unconfirmedAt }
        : null,
    version: latest ? fullVersionOf(latest) : null,
    reviews: row.reviews.map(({ decidedById, ...review }) => ({
      ...review,
      by: (decidedById && names.get(decidedById)) || null,
    })),
    broker: broker && { fullName: broker.fullName, phone: broker.phone, email: broker.email },
    views,
    onBehalf: row.onBehalf,
    onBehalfConfirmedAt: row.onBehalfConfirmedAt,
    office: {
      asked:
        member && row.approvalAskedAt && officeOf(actor, row) !== null
          ? { at: row.approvalAskedAt, by: (row.approvalAskedById && names.get(row.approvalAskedById)) || "" }
          : null,
      note: member && !row.approvalAskedAt ? row.approvalNote : null,
      decides: isManagerOf(actor, row.organisationId),
    },
    duplicates:
      row.state === "draft" || row.state === "changes_requested" ? ((await likelyDuplicates(ctx, id)) ?? []) : [],
    may: {
      edit: editable && canEdit(actor, row),
      copy: canEdit(actor, row),
      submit: editable && canSubmit(actor, row),
      withdraw: canEdit(actor, row) && row.state !== "rejected" && row.state !== "withdrawn",
      confirm:
        row.onBehalf &&
        !row.onBehalfConfirmedAt &&
        row.state !== "draft" &&
        isOwner(actor, row) &&
        !(isOfficeBroker(actor, row.officeId) && row.createdById === actor.personId),
    },
  };
}
