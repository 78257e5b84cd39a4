import { audit } from "~/platform/audit.server";
import { type Ctx, isManagerOf, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { answeredDraft } from "../queries/approvals.server";

const NOTE_LENGTH = 2_000;

type Asked = { listingId: string; revision: number; state: "draft" | string };

/**
 * A member asks the organisation's office to send a complete draft: nothing goes to the Department yet. The office is told.
 * Asking again while the draft is the same changes nothing. Called by submitListing, which has checked the draft.
 * Failures: listings:error.{draftConflict,notEditable}.
 */
export async function askOffice(ctx: Ctx, input: Asked): Promise<Result<void>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("common:notFound");
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    const id = input.listingId;
    const asked = await tx.listing.updateMany({
      where: { id, draftRevision: input.revision, reviews: { none: { state: "open" } } },
      data: { approvalAskedAt: now, approvalAskedById: actor.personId, approvalNote: null, updatedAt: now },
    });
    if (asked.count === 0) {
      const { draftRevision, updatedAt } = await tx.listing.findUniqueOrThrow({
        where: { id },
        select: { draftRevision: true, updatedAt: true },
      });
      if (draftRevision === input.revision) abort("listings:error.notEditable");
      abort("listings:error.draftConflict", { params: { revision: draftRevision, at: updatedAt.toISOString() } });
    }
    await audit(tx, ctx, {
      action: "listing.approval-asked",
      subjectKind: "listing",
      subjectId: id,
      after: { state: input.state, approval: "asked" },
    });
    await emit(tx, ctx, "listing.approval-asked", id, { personId: actor.personId });
    return ok();
  });
}

/**
 * The office gives a draft back to who asked, and says why. Approving is sending it: submitListing by a manager.
 * Failures: common:{notFound,invalid (with fields)}, office:error.{taken (params.name),sent}.
 */
export async function sendBackDraft(ctx: Ctx, input: { listingId: string; note: string }): Promise<Result<void>> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(input.listingId)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id: input.listingId },
    select: { organisationId: true, state: true, approvalAskedAt: true, approvalAskedById: true },
  });
  if (!row || !isManagerOf(actor, row.organisationId)) return fail("common:notFound");
  const note = cleanText(input.note);
  if (note === "") return fail("common:invalid", { fields: { note: ["office:error.why"] } });
  if (note.length > NOTE_LENGTH) return fail("common:invalid", { fields: { note: ["listings:error.tooLong"] } });
  const answered = async (): Promise<Result<void>> => {
    const by = (await answeredDraft(ctx, input.listingId))?.by;
    return by ? fail("office:error.taken", { params: { name: by } }) : fail("office:error.sent");
  };
  const { approvalAskedAt, approvalAskedById } = row;
  if (!approvalAskedAt || !approvalAskedById) return answered();
  const result = await transact(ctx, async (tx) => {
    const back = await tx.listing.updateMany({
      where: { id: input.listingId, approvalAskedAt },
      data: { approvalAskedAt: null, approvalNote: note, updatedAt: ctx.clock.now() },
    });
    if (back.count === 0) abort("office:error.sent");
    await audit(tx, ctx, {
      action: "listing.approval-declined",
      subjectKind: "listing",
      subjectId: input.listingId,
      before: { state: row.state, approval: "asked" },
      after: { state: row.state, approval: "sent-back", askedById: approvalAskedById },
    });
    await emit(tx, ctx, "listing.approval-declined", input.listingId, { personId: approvalAskedById });
    return ok();
  });
  return !result.ok && result.code === "office:error.sent" ? answered() : result;
}
