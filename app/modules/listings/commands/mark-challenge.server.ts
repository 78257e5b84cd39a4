import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { isOfficeBroker } from "../policy";

/**
 * The province makes a need its own ("bài toán lớn"), or no longer: a badge, a place on the page of challenges, a filter of the
 * search. Brokers of the office; needs on the shelf that everybody may read.
 * Failures: common:notFound, challenges:error.{notPublic,already}.
 */
export async function markChallenge(ctx: Ctx, input: { listingId: string; on: boolean }): Promise<Result> {
  const { actor, db } = ctx;
  const { listingId: id, on } = input;
  if (!isId(id)) return fail("common:notFound");
  const row = await db.listing.findUnique({
    where: { id },
    select: { officeId: true, kind: true, state: true, visibility: true, publishedVersionId: true },
  });
  if (!row || !isPerson(actor) || !isOfficeBroker(actor, row.officeId) || row.kind !== "need")
    return fail("common:notFound");
  const versionId = row.publishedVersionId;
  if (on && (row.state !== "published" || row.visibility !== "public" || !versionId))
    return fail("challenges:error.notPublic");
  const now = ctx.clock.now();
  return transact(ctx, async (tx) => {
    const changed = await tx.listing.updateMany({
      where: { id, ...(on ? { challengeSince: null, state: "published" } : { challengeSince: { not: null } }) },
      data: {
        challengeSince: on ? now : null,
        challengeById: on ? actor.personId : null,
        updatedAt: now,
        rowVersion: { increment: 1 },
      },
    });
    if (changed.count === 0) abort("challenges:error.already");
    await audit(tx, ctx, {
      action: on ? "listing.challenge-published" : "listing.challenge-ended",
      subjectKind: "listing",
      subjectId: id,
      before: { challenge: !on },
      after: { challenge: on },
    });
    if (versionId) await emit(tx, ctx, "listing.updated", id, { versionId });
    return ok();
  });
}
