import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { nextState } from "../domain/listing-states";
import { canEdit, POLICY_FACTS } from "../policy";

const CLOCK_DUES = ["listing.expiry", "listing.reconfirm"];
const ALL_DUES = [...CLOCK_DUES, "listing.confirm-on-behalf"];

/**
 * Takes a listing off the shelf (or throws a draft away); an open review is cancelled. Owner or broker on behalf.
 * Failures: common:notFound, listings:error.notWithdrawable.
 */
export async function withdrawListing(ctx: Ctx, input: { listingId: string }): Promise<Result<void>> {
  const { actor, db } = ctx;
  if (!isId(input.listingId)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id: input.listingId },
    select: POLICY_FACTS,
  });
  if (!row || !isPerson(actor) || !canEdit(actor, row)) return fail("common:notFound");
  const state = nextState(row.state, "withdraw");
  if (state === null) return fail("listings:error.notWithdrawable");
  return transact(ctx, async (tx) => {
    const now = ctx.clock.now();
    const moved = await tx.listing.updateMany({
      where: { id: input.listingId, state: row.state },
      data: { state, updatedAt: now, rowVersion: { increment: 1 } },
    });
    if (moved.count === 0) abort("listings:error.notWithdrawable");
    const open = await tx.review.findFirst({
      where: { listingId: input.listingId, state: "open" },
      select: { id: true },
    });
    if (open) {
      const cancelled = await tx.review.updateMany({
        where: { id: open.id, state: "open" },
        data: { state: "cancelled", decidedAt: now },
      });
      if (cancelled.count === 0) abort("listings:error.notWithdrawable");
      await closeDue(tx, ctx, open.id, ["review"], "cancelled");
    }
    await closeDue(tx, ctx, input.listingId, ALL_DUES, "cancelled");
    await audit(tx, ctx, {
      action: "listing.withdrawn",
      subjectKind: "listing",
      subjectId: input.listingId,
      before: { state: row.state },
      after: { state },
    });
    await emit(tx, ctx, "listing.withdrawn", input.listingId);
    return ok();
  });
}

/** Takes off the shelf what ran out, by the clock: for a schedule. Safe to run at any time and twice. @returns how many expired */
export async function expireListings(ctx: Ctx, batch = 100): Promise<number> {
  const today = dateOnly(localDay(ctx.clock.now()));
  const late = { state: "published" as const, expiresOn: { lt: today } };
  let expired = 0;
  for (;;) {
    const rows = await ctx.db.listing.findMany({
      where: late,
      select: { id: true },
      orderBy: { id: "asc" },
      take: batch,
    });
    for (const { id } of rows) {
      const result = await transact(ctx, async (tx) => {
        const moved = await tx.listing.updateMany({
          where: { id, ...late },
          data: { state: "expired", updatedAt: ctx.clock.now(), rowVersion: { increment: 1 } },
        });
        if (moved.count === 0) return ok(0);
        const open = await tx.review.findFirst({ where: { listingId: id, state: "open" }, select: { id: true } });
        // a renewal that waits for its review goes on as an ordinary submission
        if (open) await tx.listing.update({ where: { id }, data: { state: "submitted" } });
        await closeDue(tx, ctx, id, CLOCK_DUES, "done");
        await audit(tx, ctx, {
          action: "listing.expired",
          subjectKind: "listing",
          subjectId: id,
          before: { state: "published" },
          after: { state: open ? "submitted" : "expired" },
        });
        await emit(tx, ctx, "listing.expired", id);
        return ok(1);
      });
      if (result.ok) expired += result.value;
    }
    if (rows.length < batch) return expired;
  }
}
