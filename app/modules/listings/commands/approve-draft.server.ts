import { type Ctx, isManagerOf, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { fail, type Result } from "~/platform/result";
import { answeredDraft } from "../queries/approvals.server";
import { type SubmitListingInput, type Submitted, submitListing } from "./submit-listing.server";

/**
 * The organisation's office sends what a member asked it to send, in the words that were read (the revision proves it).
 * Failures: common:notFound, office:error.{taken (params.name),sent}, those of submitListing.
 */
export async function approveDraft(ctx: Ctx, input: SubmitListingInput): Promise<Result<Submitted>> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(input.listingId)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id: input.listingId },
    select: { organisationId: true, approvalAskedAt: true },
  });
  if (!row || !isManagerOf(actor, row.organisationId)) return fail("common:notFound");
  if (row.approvalAskedAt) return submitListing(ctx, input);
  const by = (await answeredDraft(ctx, input.listingId))?.by;
  return by ? fail("office:error.taken", { params: { name: by } }) : fail("office:error.sent");
}
