import { brokerFor } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { openDue } from "~/platform/rules.server";
import type { Draft } from "../domain/draft";
import { readDraft } from "../domain/draft";
import { nextState, statesBefore } from "../domain/listing-states";
import { canEdit, canSubmit, sendsThroughOffice } from "../policy";
import { readForReview } from "./check-draft.server";
import { askOffice } from "./office-approval.server";
import { publishSmallChange } from "./publish-small.server";
import { EDIT_SELECT } from "./save-draft.server";
import { versionRows } from "./version-rows";

export type SubmitListingInput = { listingId: string; revision: number };
/**
 * A review with its deadline; only a version when small things changed and it is on the shelf already; nothing of both when
 * the organisation's office was asked to send it.
 */
export type Submitted =
  | { versionId: string; reviewId: string; dueOn: Date }
  | { versionId: string; reviewId: null; dueOn: null }
  | { versionId: null; reviewId: null; dueOn: null };

/** What was asked of the office is answered by sending. */
const NOBODY_WAITS = { approvalAskedAt: null, approvalAskedById: null, approvalNote: null };

/**
 * Sends the stored draft for review: checks it, writes an immutable version, opens a review with its deadline. A revision
 * that changes nothing material needs no review and is on the shelf at once.
 * Only members of a verified organisation may send, and brokers on behalf of one. Where the organisation wants its office to
 * look first, a member's sending asks the office, and a manager's sending answers who asked. The draft stays until the review ends.
 * Failures: common:notFound, listings:error.{noOrganisation,notVerified,draftConflict,notEditable,incomplete (with fields)}.
 */
export async function submitListing(ctx: Ctx, input: SubmitListingInput): Promise<Result<Submitted>> {
  const { actor, db } = ctx;
  if (!isId(input.listingId)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id: input.listingId },
    select: {
      ...EDIT_SELECT,
      publishedVersionId: true,
      brokerId: true,
      approvalAskedById: true,
      organisation: { select: { officeApproval: true } },
      office: { select: { provinceCode: true } },
    },
  });
  if (!row || !isPerson(actor) || !canEdit(actor, row)) return fail("common:notFound");
  const { officeId } = row;
  const draft: Draft = readDraft(row.draft);
  const now = ctx.clock.now();
  const read = await readForReview(ctx, { kind: row.kind, officeProvince: row.office.provinceCode }, draft);
  if (!read.ok) return fail("listings:error.incomplete", { fields: read.fields });
  const { content } = read;
  if (row.organisationId === null) return fail("listings:error.noOrganisation");
  if (!canSubmit(actor, row)) return fail("listings:error.notVerified");
  const state = nextState(row.state, "submit");
  if (state === null || row.reviews.length > 0) return fail("listings:error.notEditable");
  if (sendsThroughOffice(actor, row, row.organisation)) {
    const asked = await askOffice(ctx, { ...input, state: row.state });
    return asked.ok ? ok<Submitted>({ versionId: null, reviewId: null, dueOn: null }) : asked;
  }
  const broker = await brokerFor(ctx, row.organisationId);
  const organisationId = row.organisationId;

  return transact(ctx, async (tx) => {
    // the revision proves that what was checked is what is sent
    const moved = await tx.listing.updateMany({
      where: {
        id: input.listingId,
        draftRevision: input.revision,
        state: row.state,
        reviews: { none: { state: "open" } },
      },
      data: { state, updatedAt: now, brokerId: broker?.personId ?? null, ...NOBODY_WAITS },
    });
    if (moved.count === 0) {
      const other = await tx.listing.findUniqueOrThrow({
        where: { id: input.listingId },
        select: { draftRevision: true, state: true, updatedAt: true },
      });
      if (other.draftRevision === input.revision || !statesBefore("submit").includes(other.state))
        abort("listings:error.notEditable");
      abort("listings:error.draftConflict", {
        params: { revision: other.draftRevision, at: other.updatedAt.toISOString() },
      });
    }
    const last = await tx.listingVersion.aggregate({ where: { listingId: input.listingId }, _max: { number: true } });
    const versionId = newId();
    const rows = versionRows(content, {
      id: versionId,
      listingId: input.listingId,
      number: (last._max.number ?? 0) + 1,
      createdAt: now,
      createdById: actor.personId,
    });
    await tx.listingVersion.create({ data: rows.version });
    await tx.listingText.createMany({ data: rows.texts });
    if (rows.lines.length > 0) await tx.requirementLine.createMany({ data: rows.lines });
    const askedById = row.approvalAskedById;
    if (askedById && askedById !== actor.personId)
      await emit(tx, ctx, "listing.approval-given", input.listingId, { personId: askedById });
    if (row.state === "published" && (await publishSmallChange(tx, ctx, { ...row, id: input.listingId }, versionId)))
      return ok<Submitted>({ versionId, reviewId: null, dueOn: null });
    const reviewId = newId();
    await tx.review.create({
      data: {
        id: reviewId,
        listingId: input.listingId,
        versionId,
        state: "open",
        submittedAt: now,
        submittedById: actor.personId,
      },
    });
    const dueOn = await openDue(
      tx,
      ctx,
      { kind: "review", subjectKind: "review", subjectId: reviewId, officeId, personId: broker?.personId ?? null },
      "review.workingDays",
    );
    await audit(tx, ctx, {
      action: "listing.submitted",
      subjectKind: "listing",
      subjectId: input.listingId,
      before: { state: row.state },
      after: {
        ...{ state, versionId, number: rows.version.number, reviewId },
        ...(askedById ? { approvedForId: askedById } : {}),
      },
      ...(row.onBehalf ? { onBehalfOfId: organisationId } : {}),
    });
    await emit(tx, ctx, "listing.submitted", input.listingId, { versionId, reviewId });
    if (row.onBehalf && row.state === "draft") {
      await openDue(
        tx,
        ctx,
        { kind: "listing.confirm-on-behalf", subjectKind: "listing", subjectId: input.listingId, officeId },
        "onBehalf.confirm.workingDays",
      );
      await emit(tx, ctx, "listing.posted-on-behalf", input.listingId, { organisationId });
    }
    return ok<Submitted>({ versionId, reviewId, dueOn });
  });
}
