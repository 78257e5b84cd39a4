import type { Prisma } from "~/generated/prisma/client";
import type { ReviewState } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { reasonStands } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { takeReference } from "~/platform/references.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { cleanText } from "~/platform/text";
import { type ListingAction, nextState } from "../domain/listing-states";
import { touchesReadiness } from "../domain/readiness";
import { type Checklist, needsSecond, readChecklist, type TypedChecklist } from "../domain/review-checklist";
import { CHANGE_REASONS, REJECT_REASONS } from "../domain/review-reasons";
import { canReview, isOfficeBroker } from "../policy";
import { checkVersion, OWNER_SELECT, reviewRulesAt } from "../queries/review-check.server";
import { FULL_VERSION_SELECT, fullVersionOf } from "../queries/version-view.server";
import { openShelfDues, replacedSectors, SHELF_SELECT, shelfCopies } from "./shelf.server";

const NOTE_LENGTH = 2_000;

export type Decision = { reviewId: string; note?: string };
type Outcome = {
  review: Extract<ReviewState, "approved" | "changes_requested" | "rejected">;
  action: ListingAction;
  reasonCode: string | null;
  checklist?: StoredChecklist;
};
/** The answers with the versions of the rules they were given under. */
type StoredChecklist = Checklist & { rules: { lists: number; questions: number } };
export type Approval = Decision & {
  checklist: TypedChecklist;
  /** this broker wants another one to look too, though nobody must */
  askSecond?: boolean;
};
/** Published with this reference, or noted as the first of two approvals. */
export type Approved = { reference: string; second: false } | { reference: null; second: true };

const REVIEW_SELECT = {
  id: true,
  listingId: true,
  versionId: true,
  state: true,
  submittedById: true,
  firstApprovedById: true,
  listing: {
    select: {
      id: true,
      officeId: true,
      organisationId: true,
      createdById: true,
      brokerId: true,
      onBehalf: true,
      onBehalfConfirmedAt: true,
      organisation: { select: OWNER_SELECT },
      kind: true,
      state: true,
      reference: true,
      publishedVersionId: true,
      publishedAt: true,
      office: { select: { provinceCode: true } },
    },
  },
  version: { select: { ...FULL_VERSION_SELECT, ...SHELF_SELECT } },
} as const;

type ReviewRow = NonNullable<Awaited<ReturnType<typeof loadReview>>>;
const loadReview = async (db: Tx, id: string) =>
  isId(id) ? db.review.findUnique({ where: { id }, select: REVIEW_SELECT }) : null;

/** Who was quicker: one clear message instead of two half decisions. */
async function alreadyDecided(ctx: Ctx, reviewId: string) {
  const review = await ctx.db.review.findUnique({
    where: { id: reviewId },
    select: { decidedById: true, state: true },
  });
  const who = review?.decidedById
    ? await ctx.db.person.findUnique({ where: { id: review.decidedById }, select: { fullName: true } })
    : null;
  return who
    ? fail("listings:error.reviewTaken", { params: { name: who.fullName } })
    : fail("listings:error.reviewClosed");
}

/** Who looks after the listing from now on: the one who posted it for somebody or approved first, else whoever decides. */
const keeperOf = (review: ReviewRow, deciderId: string) =>
  review.firstApprovedById ?? (review.listing.onBehalf ? review.listing.brokerId : null) ?? deciderId;

/** Why not: not there for this reader, their own organisation's, or decided by somebody quicker. */
async function refused(ctx: Ctx, review: ReviewRow | null, reviewId: string) {
  const { actor } = ctx;
  if (!review || !isPerson(actor) || !isOfficeBroker(actor, review.listing.officeId)) return fail("common:notFound");
  return canReview(actor, review.listing) ? alreadyDecided(ctx, reviewId) : fail("listings:error.ownOrganisation");
}

async function decide<T>(
  ctx: Ctx,
  input: Decision,
  outcome: Outcome,
  steps: {
    /** what else changes on the listing together with its state */
    prepare?: (tx: Tx, review: ReviewRow) => Promise<Prisma.ListingUncheckedUpdateManyInput>;
    finish: (tx: Tx, review: ReviewRow, brokerId: string) => Promise<T>;
  },
): Promise<Result<T>> {
  const { actor } = ctx;
  const review = await loadReview(ctx.db, input.reviewId);
  if (!review || !isPerson(actor) || !canReview(actor, review.listing)) return refused(ctx, review, input.reviewId);
  const note = cleanText(input.note ?? "");
  if (note.length > NOTE_LENGTH) return fail("common:invalid", { fields: { note: ["listings:error.tooLong"] } });
  if (outcome.reasonCode === "other" && note === "")
    return fail("common:invalid", { fields: { note: ["listings:error.noteForOther"] } });
  const state = nextState(review.listing.state, outcome.action);
  if (state === null || review.state !== "open") return alreadyDecided(ctx, input.reviewId);

  const result = await transact(ctx, async (tx) => {
    const taken = await tx.review.updateMany({
      where: { id: review.id, state: "open" },
      data: {
        state: outcome.review,
        decidedAt: ctx.clock.now(),
        decidedById: actor.personId,
        reasonCode: outcome.reasonCode,
        note: note || null,
        ...(outcome.checklist ? { checklist: outcome.checklist } : {}),
      },
    });
    if (taken.count === 0) abort("listings:error.reviewClosed");
    const changes = await steps.prepare?.(tx, review);
    const moved = await tx.listing.updateMany({
      where: { id: review.listingId, state: review.listing.state },
      data: { ...changes, state, updatedAt: ctx.clock.now(), brokerId: keeperOf(review, actor.personId) },
    });
    if (moved.count === 0) abort("listings:error.reviewClosed");
    await closeDue(tx, ctx, review.id, ["review"], "done");
    return ok(await steps.finish(tx, review, actor.personId));
  });
  return !result.ok && result.code === "listings:error.reviewClosed" ? alreadyDecided(ctx, input.reviewId) : result;
}

/** Writes down the first of two approvals; the review stays open for another broker. */
async function approveFirst(
  ctx: Ctx,
  review: ReviewRow,
  checklist: StoredChecklist,
  asked: boolean,
): Promise<Result<Approved>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const result = await transact(ctx, async (tx) => {
    const noted = await tx.review.updateMany({
      where: { id: review.id, state: "open", firstApprovedById: null },
      data: { firstApprovedById: actor.personId, firstApprovedAt: ctx.clock.now(), checklist },
    });
    if (noted.count === 0) abort("listings:error.reviewClosed");
    await audit(tx, ctx, {
      action: "review.approved-first",
      subjectKind: "listing",
      subjectId: review.listingId,
      before: { state: review.listing.state },
      after: { state: review.listing.state, reviewId: review.id, versionId: review.versionId, checklist, asked },
    });
    return ok<Approved>({ reference: null, second: true });
  });
  return !result.ok && result.code === "listings:error.reviewClosed" ? alreadyDecided(ctx, review.id) : result;
}

const UNCONFIRMED = { trlConfirmed: null, trlConfirmedAt: null, trlConfirmedById: null, trlConfirmedNote: null };

/**
 * Publishes the reviewed version: reference (first time), copies for lists, row version, expiry and re-confirmation dates,
 * audit and event, in one transaction. Of two brokers one wins; the other is told who. The checklist must be answered whole.
 * Where two brokers have to agree (domain/review-checklist.ts), or this one asks for another, the first approval is noted and the second publishes.
 * Failures: common:notFound, listings:error.{ownOrganisation,reviewTaken,reviewClosed}, review:error.{checklist (with fields),second}.
 */
export async function approveListing(ctx: Ctx, input: Approval): Promise<Result<Approved>> {
  const now = ctx.clock.now();
  const { actor } = ctx;
  const row = await loadReview(ctx.db, input.reviewId);
  if (!row || !isPerson(actor) || !canReview(actor, row.listing) || row.state !== "open")
    return refused(ctx, row, input.reviewId);
  const rules = await reviewRulesAt(ctx.db, now);
  const { asked } = checkVersion(fullVersionOf(row.version), row.listing.kind, row.listing.organisation, rules);
  const answers = readChecklist(input.checklist, asked);
  if (!answers.ok) return fail("review:error.checklist", { fields: answers.fields });
  const checklist = {
    ...answers.checklist,
    rules: { lists: rules.lists.version, questions: rules.questions.version },
  };
  if (row.firstApprovedById === actor.personId) return fail("review:error.second");
  const author = { ...row.listing, submittedById: row.submittedById };
  const two = input.askSecond === true || needsSecond(rules.alwaysSecond, author, actor.personId);
  if (row.firstApprovedById === null && two) return approveFirst(ctx, row, checklist, input.askSecond === true);
  let reference = "";
  return decide<Approved>(
    ctx,
    input,
    { review: "approved", action: "approve", reasonCode: null, checklist },
    {
      async prepare(tx, { listing, version, versionId }) {
        reference = listing.reference ?? (await takeReference(tx, listing.kind, listing.office.provinceCode, now));
        // a new version of a listing on the shelf is no new listing: its date stays
        const publishedAt = listing.state === "published" && listing.publishedAt ? listing.publishedAt : now;
        const shelf = listing.publishedVersionId
          ? await tx.listingVersion.findUnique({
              where: { id: listing.publishedVersionId },
              select: FULL_VERSION_SELECT,
            })
          : null;
        // what a broker confirmed of the version before does not cover another level or other proof
        const declared = shelf && touchesReadiness(fullVersionOf(shelf), fullVersionOf(version)) ? UNCONFIRMED : {};
        return {
          reference,
          publishedAt,
          ...declared,
          ...shelfCopies(version, versionId, now, await replacedSectors(tx)),
        };
      },
      async finish(tx, review, brokerId) {
        const { listing, version } = review;
        await openShelfDues(
          tx,
          ctx,
          { id: listing.id, officeId: listing.officeId, brokerId: keeperOf(review, brokerId) },
          version.expiresOn,
        );
        await audit(tx, ctx, {
          action: "listing.published",
          subjectKind: "listing",
          subjectId: listing.id,
          before: { state: listing.state, versionId: listing.publishedVersionId },
          after: { state: "published", versionId: review.versionId, reference, checklist },
        });
        await emit(tx, ctx, "listing.published", listing.id, { versionId: review.versionId, reviewId: review.id });
        return { reference, second: false };
      },
    },
  );
}

async function answer(
  ctx: Ctx,
  input: Decision & { reasonCode: string },
  outcome: Outcome,
  event: "listing.changes-requested" | "listing.rejected",
) {
  return decide(ctx, input, outcome, {
    async finish(tx, review) {
      await audit(tx, ctx, {
        action: event,
        subjectKind: "listing",
        subjectId: review.listingId,
        before: { state: review.listing.state },
        after: { reviewId: review.id, versionId: review.versionId, reasonCode: outcome.reasonCode },
      });
      await emit(tx, ctx, event, review.listingId, { versionId: review.versionId, reviewId: review.id });
    },
  });
}

/** Sends a version back with a coded reason; the owner edits the draft and sends it again. Failures as approveListing. */
export async function requestChanges(ctx: Ctx, input: Decision & { reasonCode: string }): Promise<Result<void>> {
  if (!(await reasonStands(ctx.db, "review.change", CHANGE_REASONS, input.reasonCode)))
    return fail("common:invalid", { fields: { reasonCode: ["listings:error.choose"] } });
  return answer(
    ctx,
    input,
    { review: "changes_requested", action: "request_changes", reasonCode: input.reasonCode },
    "listing.changes-requested",
  );
}

/** Refuses a version with a coded reason. What was published before stays. Failures as approveListing. */
export async function rejectListing(ctx: Ctx, input: Decision & { reasonCode: string }): Promise<Result<void>> {
  if (!(await reasonStands(ctx.db, "review.reject", REJECT_REASONS, input.reasonCode)))
    return fail("common:invalid", { fields: { reasonCode: ["listings:error.choose"] } });
  return answer(ctx, input, { review: "rejected", action: "reject", reasonCode: input.reasonCode }, "listing.rejected");
}
