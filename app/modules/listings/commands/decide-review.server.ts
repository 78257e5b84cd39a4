import type { Prisma } from "~/generated/prisma/client";
import type { ReviewState } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { takeReference } from "~/platform/references.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { cleanText } from "~/platform/text";
import { type ListingAction, nextState } from "../domain/listing-states";
import { CHANGE_REASONS, REJECT_REASONS } from "../domain/review-reasons";
import { canReview } from "../policy";
import { openShelfDues, SHELF_SELECT, shelfCopies } from "./shelf.server";

const NOTE_LENGTH = 2_000;

export type Decision = { reviewId: string; note?: string };
type Outcome = {
  review: Extract<ReviewState, "approved" | "changes_requested" | "rejected">;
  action: ListingAction;
  reasonCode: string | null;
};

const REVIEW_SELECT = {
  id: true,
  listingId: true,
  versionId: true,
  state: true,
  listing: {
    select: {
      id: true,
      officeId: true,
      organisationId: true,
      kind: true,
      state: true,
      reference: true,
      publishedVersionId: true,
      publishedAt: true,
      office: { select: { provinceCode: true } },
    },
  },
  version: { select: SHELF_SELECT },
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
  if (!review || !isPerson(actor) || !canReview(actor, review.listing)) {
    const own =
      review && isPerson(actor) && actor.grants.includes("broker") && actor.officeId === review.listing.officeId;
    return fail(own ? "listings:error.ownOrganisation" : "common:notFound");
  }
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
      },
    });
    if (taken.count === 0) abort("listings:error.reviewClosed");
    const changes = await steps.prepare?.(tx, review);
    const moved = await tx.listing.updateMany({
      where: { id: review.listingId, state: review.listing.state },
      data: { ...changes, state, updatedAt: ctx.clock.now(), brokerId: actor.personId },
    });
    if (moved.count === 0) abort("listings:error.reviewClosed");
    await closeDue(tx, ctx, review.id, ["review"], "done");
    return ok(await steps.finish(tx, review, actor.personId));
  });
  return !result.ok && result.code === "listings:error.reviewClosed" ? alreadyDecided(ctx, input.reviewId) : result;
}

/**
 * Publishes the reviewed version: reference (first time), copies for lists, row version, expiry and re-confirmation dates,
 * audit and event, in one transaction. Of two brokers one wins; the other is told who.
 * Failures: common:notFound, listings:error.{ownOrganisation,reviewTaken,reviewClosed}.
 */
export function approveListing(ctx: Ctx, input: Decision): Promise<Result<{ reference: string }>> {
  const now = ctx.clock.now();
  let reference = "";
  return decide(
    ctx,
    input,
    { review: "approved", action: "approve", reasonCode: null },
    {
      async prepare(tx, { listing, version, versionId }) {
        reference = listing.reference ?? (await takeReference(tx, listing.kind, listing.office.provinceCode, now));
        // a new version of a listing on the shelf is no new listing: its date stays
        const publishedAt = listing.state === "published" && listing.publishedAt ? listing.publishedAt : now;
        return { reference, publishedAt, ...shelfCopies(version, versionId, now) };
      },
      async finish(tx, review, brokerId) {
        const { listing, version } = review;
        await openShelfDues(tx, ctx, { id: listing.id, officeId: listing.officeId, brokerId }, version.expiresOn);
        await audit(tx, ctx, {
          action: "listing.published",
          subjectKind: "listing",
          subjectId: listing.id,
          before: { state: listing.state, versionId: listing.publishedVersionId },
          after: { state: "published", versionId: review.versionId, reference },
        });
        await emit(tx, ctx, "listing.published", listing.id, { versionId: review.versionId, reviewId: review.id });
        return { reference };
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
  if (!CHANGE_REASONS.some((code) => code === input.reasonCode))
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
  if (!REJECT_REASONS.some((code) => code === input.reasonCode))
    return fail("common:invalid", { fields: { reasonCode: ["listings:error.choose"] } });
  return answer(ctx, input, { review: "rejected", action: "reject", reasonCode: input.reasonCode }, "listing.rejected");
}
