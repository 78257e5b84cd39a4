import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { reasonStands } from "~/platform/lists/reasons.server";
import { fail, ok, type Result } from "~/platform/result";
import { DISTINCT_REASONS, DUPLICATE_REASONS } from "../domain/likeness";
import { canReview } from "../policy";

export type MarkDuplicateInput = { listingId: string; otherId: string; verdict: string; reasonCode: string };

/**
 * A broker says of two listings of their office that they are the same ("duplicate") or are not ("distinct"), with a coded
 * reason; a later word replaces the earlier one, and the log keeps both. It decides no review: a duplicate is refused there.
 * Failures: common:{notFound,invalid (with fields)}.
 */
export async function markDuplicate(ctx: Ctx, input: MarkDuplicateInput): Promise<Result<void>> {
  const { actor, db } = ctx;
  const { listingId, otherId, verdict, reasonCode } = input;
  if (!isId(listingId) || !isId(otherId) || listingId === otherId || !isPerson(actor)) return fail("common:notFound");
  const rows = await db.listing.findMany({
    where: { id: { in: [listingId, otherId] }, state: { not: "draft" } },
    select: { id: true, officeId: true, organisationId: true, kind: true },
  });
  const [one, other] = rows;
  if (!one || !other || one.officeId !== other.officeId || one.kind !== other.kind) return fail("common:notFound");
  if (!rows.every((row) => canReview(actor, row))) return fail("common:notFound");
  const stands =
    verdict === "distinct"
      ? await reasonStands(db, "duplicate.distinct", DISTINCT_REASONS, reasonCode)
      : verdict === "duplicate" && (await reasonStands(db, "duplicate.same", DUPLICATE_REASONS, reasonCode));
  if (!stands) return fail("common:invalid", { fields: { [`reason.${otherId}`]: ["listings:error.choose"] } });
  const [firstId, secondId] = listingId < otherId ? [listingId, otherId] : [otherId, listingId];
  return transact(ctx, async (tx) => {
    const facts = { verdict, reasonCode, decidedById: actor.personId, decidedAt: ctx.clock.now() };
    const before = await tx.duplicateMark.findUnique({
      where: { firstId_secondId: { firstId, secondId } },
      select: { verdict: true, reasonCode: true },
    });
    await tx.duplicateMark.upsert({
      where: { firstId_secondId: { firstId, secondId } },
      create: { id: newId(), officeId: one.officeId, firstId, secondId, ...facts },
      update: facts,
    });
    await audit(tx, ctx, {
      action: "listing.duplicate-marked",
      subjectKind: "listing",
      subjectId: listingId,
      ...(before ? { before } : {}),
      after: { otherId, verdict, reasonCode },
    });
    return ok();
  });
}
