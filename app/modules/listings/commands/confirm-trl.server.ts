import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { canReview, isOfficeBroker, POLICY_FACTS } from "../policy";

const NOTE_LENGTH = 2_000;

/** `versionId`: the version whose evidence was read. */
export type ConfirmTrlInput = { listingId: string; versionId: string; trl: number; note: string };

/**
 * A broker confirms how ripe a published technology is, or corrects it, and says on what evidence; the note stays with the
 * office and the owner. Readers see the level as confirmed, search and matching use it, and the owner is told. It holds until a version
 * says something else of the level or its proof. Confirming again replaces what was confirmed before.
 * Failures: common:{notFound,invalid (with fields)}, listings:error.ownOrganisation, readiness:error.changed.
 */
export async function confirmTrl(ctx: Ctx, input: ConfirmTrlInput): Promise<Result<void>> {
  const { actor, db } = ctx;
  const { listingId, versionId, trl } = input;
  if (!isPerson(actor) || !isId(listingId) || !isId(versionId)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id: listingId },
    select: { ...POLICY_FACTS, kind: true, trlConfirmed: true, publishedVersion: { select: { trl: true } } },
  });
  if (!row || !isOfficeBroker(actor, row.officeId) || row.kind !== "offering" || row.state !== "published")
    return fail("common:notFound");
  if (!canReview(actor, row)) return fail("listings:error.ownOrganisation");
  const fields: Record<string, string[]> = {};
  if (!Number.isInteger(trl) || trl < 1 || trl > 9) fields.trl = ["listings:error.choose"];
  const note = cleanText(input.note);
  if (note === "") fields.note = ["readiness:error.note"];
  if (note.length > NOTE_LENGTH) fields.note = ["listings:error.tooLong"];
  if (Object.keys(fields).length > 0) return fail("common:invalid", { fields });
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    // another version on the shelf since: its evidence has not been read
    const confirmed = await tx.listing.updateMany({
      where: { id: listingId, state: "published", publishedVersionId: versionId },
      data: {
        ...{ trlConfirmed: trl, trlConfirmedAt: now, trlConfirmedById: actor.personId, trlConfirmedNote: note },
        ...{ rowVersion: { increment: 1 }, updatedAt: now },
      },
    });
    if (confirmed.count === 0) abort("readiness:error.changed");
    await audit(tx, ctx, {
      action: "listing.trl-confirmed",
      subjectKind: "listing",
      subjectId: listingId,
      before: { trlConfirmed: row.trlConfirmed },
      after: { state: "published", versionId, declared: row.publishedVersion?.trl ?? null, trlConfirmed: trl },
    });
    // index and matches read it anew; the owner hears
    await emit(tx, ctx, "listing.updated", listingId, { versionId });
    await emit(tx, ctx, "listing.trl-confirmed", listingId);
    return ok();
  });
}
