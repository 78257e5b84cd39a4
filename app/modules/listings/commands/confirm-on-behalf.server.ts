import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { isOfficeBroker, isOwner, POLICY_FACTS } from "../policy";

/** A member of the organisation confirms what a broker posted for it. Failures: common:{notFound,forbidden}, listings:error.confirmedAlready. */
export async function confirmOnBehalf(ctx: Ctx, input: { listingId: string }): Promise<Result<void>> {
  const { actor, db } = ctx;
  if (!isId(input.listingId)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id: input.listingId },
    select: POLICY_FACTS,
  });
  if (!row || row.organisationId === null || !isPerson(actor) || !isOwner(actor, row)) return fail("common:notFound");
  // who typed it cannot also be the one who confirms it
  if (isOfficeBroker(actor, row.officeId) && row.createdById === actor.personId) return fail("common:forbidden");
  if (!row.onBehalf || row.state === "draft") return fail("listings:error.confirmedAlready");
  return transact(ctx, async (tx) => {
    const changed = await tx.listing.updateMany({
      where: { id: input.listingId, onBehalf: true, onBehalfConfirmedAt: null },
      data: { onBehalfConfirmedAt: ctx.clock.now(), onBehalfConfirmedById: actor.personId, updatedAt: ctx.clock.now() },
    });
    if (changed.count === 0) abort("listings:error.confirmedAlready");
    await closeDue(tx, ctx, input.listingId, ["listing.confirm-on-behalf"], "done");
    await audit(tx, ctx, { action: "listing.on-behalf-confirmed", subjectKind: "listing", subjectId: input.listingId });
    await emit(tx, ctx, "listing.on-behalf-confirmed", input.listingId);
    return ok();
  });
}
