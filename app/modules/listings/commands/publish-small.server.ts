import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { emit } from "~/platform/outbox.server";
import { placed } from "../domain/place-sectors";
import { compareVersions, isMaterialChange } from "../domain/version-diff";
import { FULL_VERSION_SELECT, fullVersionOf } from "../queries/version-view.server";
import { openShelfDues, replacedSectors, shelfCopies } from "./shelf.server";

type Shelved = {
  id: string;
  officeId: string;
  publishedVersionId: string | null;
  brokerId: string | null;
  organisationId: string | null;
  onBehalf: boolean;
};

/**
 * Puts a version on the shelf at once when nothing material changed against the published one (domain/version-diff.ts,
 * docs/decisions/0027): another telephone, another budget, a slip of the pen. Runs in the transaction that wrote the
 * version. @returns false when a broker has to look first
 */
export async function publishSmallChange(tx: Tx, ctx: Ctx, listing: Shelved, versionId: string): Promise<boolean> {
  if (!listing.publishedVersionId) return false;
  const rows = await tx.listingVersion.findMany({
    where: { id: { in: [listing.publishedVersionId, versionId] } },
    select: FULL_VERSION_SELECT,
  });
  const [before, after] = [listing.publishedVersionId, versionId].map((id) => rows.find((row) => row.id === id));
  if (!before || !after) return false;
  // a merger of sectors is no change of the owner's
  const replaced = await replacedSectors(tx);
  const changes = compareVersions(placed(fullVersionOf(before), replaced), placed(fullVersionOf(after), replaced));
  if (isMaterialChange(changes)) return false;
  const now = ctx.clock.now();
  // the caller's conditional update holds the row
  await tx.listing.update({
    where: { id: listing.id },
    data: { ...shelfCopies(after, versionId, now, replaced), updatedAt: now, brokerId: listing.brokerId },
  });
  await openShelfDues(tx, ctx, listing, after.expiresOn);
  await audit(tx, ctx, {
    action: "listing.updated",
    subjectKind: "listing",
    subjectId: listing.id,
    before: { state: "published", versionId: listing.publishedVersionId },
    after: { state: "published", versionId, number: after.number, fields: changes.map((change) => change.field) },
    ...(listing.onBehalf && listing.organisationId ? { onBehalfOfId: listing.organisationId } : {}),
  });
  await emit(tx, ctx, "listing.updated", listing.id, { versionId });
  return true;
}
