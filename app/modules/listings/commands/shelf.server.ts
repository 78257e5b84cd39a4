import { Prisma } from "~/generated/prisma/client";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { numberRuleAt, putDue } from "~/platform/rules.server";
import { placed, type Replaced } from "../domain/place-sectors";
import { askAgain } from "./reconfirm-listing.server";

/** Columns of a version that the listing keeps copies of. */
export const SHELF_SELECT = {
  visibility: true,
  sectorMain: true,
  sectorCodes: true,
  provinceCode: true,
  expiresOn: true,
} as const satisfies Prisma.ListingVersionSelect;
type ShelfVersion = Prisma.ListingVersionGetPayload<{ select: typeof SHELF_SELECT }>;

/** Sectors that were merged into others, as of this transaction. */
export async function replacedSectors(tx: Tx): Promise<Replaced> {
  const rows = await tx.sector.findMany({
    where: { replacedByCode: { not: null } },
    select: { code: true, replacedByCode: true },
  });
  return new Map(rows.map(({ code, replacedByCode }) => [code, replacedByCode ?? code]));
}

/** What changes on a listing when a version of it goes on the shelf: the copies lists sort by, the row version, no draft left. */
export function shelfCopies(version: ShelfVersion, versionId: string, now: Date, replaced: Replaced) {
  const { sectorMain, sectorCodes } = placed(version, replaced);
  return {
    publishedVersionId: versionId,
    visibility: version.visibility,
    sectorMain,
    sectorCodes,
    provinceCode: version.provinceCode,
    expiresOn: version.expiresOn,
    lastConfirmedAt: now,
    unconfirmedAt: null,
    rowVersion: { increment: 1 },
    draft: Prisma.DbNull,
    draftRevision: { increment: 1 },
  } satisfies Prisma.ListingUncheckedUpdateManyInput;
}

/** The two dates of a listing on the shelf: when it ends, and when its owner is asked whether it still stands. */
export async function openShelfDues(
  tx: Tx,
  ctx: Ctx,
  listing: { id: string; officeId: string; brokerId: string | null },
  expiresOn: Date | null,
): Promise<void> {
  const now = ctx.clock.now();
  const longest = await numberRuleAt(tx, "listing.maxMonths", now);
  const subject = { subjectKind: "listing", subjectId: listing.id, officeId: listing.officeId };
  if (expiresOn)
    await putDue(tx, ctx, { ...subject, kind: "listing.expiry", personId: listing.brokerId }, expiresOn, longest);
  await askAgain(tx, ctx, { ...listing, expiresOn });
}
