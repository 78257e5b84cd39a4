import { storeUpload } from "~/modules/documents/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { abort, fail, ok, type Result } from "~/platform/result";
import { MOST_ANNEXES } from "../domain/annex-access";
import { canEdit, POLICY_FACTS } from "../policy";
import { lockAnnexes } from "../queries/annex-rows.server";
import type { Upload } from "./attach-files.server";

async function mayChange(ctx: Ctx, listingId: string) {
  const row = isId(listingId)
    ? await ctx.db.listing.findUnique({ where: { id: listingId }, select: POLICY_FACTS })
    : null;
  return row && isPerson(ctx.actor) && canEdit(ctx.actor, row) ? { row, actor: ctx.actor } : null;
}

/**
 * Adds a confidential annex (PDF) to a listing, at once and without a review: it is no part of what the shelf shows. Who
 * already accepted the undertaking accepts anew before reading it.
 * Failures, with the message at the field "annex": common:notFound, common:tooMany, annexes:error.most, those of storeUpload.
 */
export async function addAnnex(
  ctx: Ctx,
  input: { listingId: string; upload: Upload },
): Promise<Result<{ annexId: string; fileId: string }>> {
  const { listingId } = input;
  const may = await mayChange(ctx, listingId);
  if (!may) return fail("common:notFound");
  const atField = (code: string, params?: Record<string, string | number>) =>
    fail(code, { ...(params ? { params } : {}), fields: { annex: [code] } });
  const most = { most: MOST_ANNEXES };
  const live = { listingId, removedAt: null };
  // asked before the bytes are kept, and again under the lock
  if ((await ctx.db.listingAnnex.count({ where: live })) >= MOST_ANNEXES) return atField("annexes:error.most", most);
  if (!(await ctx.limits.consume("upload", may.actor.personId)).allowed) return fail("common:tooMany");
  const stored = await storeUpload(ctx, {
    kind: "pdf",
    ...input.upload,
    organisationId: may.row.organisationId,
  });
  if (!stored.ok) return atField(stored.code, stored.params);
  const { fileId } = stored.value;
  return transact(ctx, async (tx) => {
    await lockAnnexes(tx, listingId);
    if ((await tx.listingAnnex.count({ where: live })) >= MOST_ANNEXES)
      abort("annexes:error.most", { params: most, fields: { annex: ["annexes:error.most"] } });
    const last = await tx.listingAnnex.aggregate({ where: { listingId }, _max: { number: true } });
    const id = newId();
    const number = (last._max.number ?? 0) + 1;
    await tx.listingAnnex.create({
      data: { id, listingId, number, fileId, addedById: may.actor.personId, addedAt: ctx.clock.now() },
    });
    await audit(tx, ctx, {
      action: "annex.added",
      subjectKind: "listing",
      subjectId: listingId,
      after: { annexId: id, fileId, number },
    });
    return ok({ annexId: id, fileId });
  });
}

/** Takes an annex away: nobody opens it any more; who opened it before stays written down. Safe to repeat. Failure: common:notFound. */
export async function removeAnnex(ctx: Ctx, input: { listingId: string; annexId: string }): Promise<Result<void>> {
  const { listingId, annexId } = input;
  const may = await mayChange(ctx, listingId);
  if (!may || !isId(annexId)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    await lockAnnexes(tx, listingId);
    const removed = await tx.listingAnnex.updateMany({
      where: { id: annexId, listingId, removedAt: null },
      data: { removedAt: ctx.clock.now(), removedById: may.actor.personId },
    });
    if (removed.count === 0) {
      if ((await tx.listingAnnex.count({ where: { id: annexId, listingId } })) === 0) abort("common:notFound");
      return ok();
    }
    await audit(tx, ctx, {
      action: "annex.removed",
      subjectKind: "listing",
      subjectId: listingId,
      after: { annexId, removed: true },
    });
    return ok();
  });
}
