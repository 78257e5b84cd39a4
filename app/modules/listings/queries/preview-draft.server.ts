import { brokerFor } from "~/modules/accounts/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { versionRows } from "../commands/version-rows";
import { readDraft } from "../domain/draft";
import type { ListingView } from "../domain/types";
import { canEdit, POLICY_FACTS } from "../policy";
import { readUnfinished } from "../schemas";
import { freshUnits } from "./fresh-units.server";
import { listingViewOf } from "./listing-view";
import type { VersionRow } from "./rows.server";

export type PreviewReader = "public" | "partner" | "office";

/**
 * The draft as its readers will see it once it is published, through the same steps as a published version. "public" is
 * everybody, members too; "partner" is the other side once both agreed to be introduced; "office" is the organisation's own, which
 * reads the whole. Null for whoever may not edit it, and for a draft that nobody has written in.
 */
export async function previewDraft(ctx: Ctx, id: string, reader: PreviewReader): Promise<ListingView | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await db.listing.findUnique({
    where: { id },
    select: {
      id: true,
      ...POLICY_FACTS,
      kind: true,
      reference: true,
      origin: true,
      publishedAt: true,
      lastConfirmedAt: true,
      unconfirmedAt: true,
      challengeSince: true,
      _count: { select: { annexes: { where: { removedAt: null } } } },
      sourceUrl: true,
      sourceNote: true,
      draft: true,
      organisation: { select: { id: true, nameVi: true, nameEn: true, anonymous: true } },
    },
  });
  if (!row?.draft || !canEdit(actor, row)) return null;
  const now = ctx.clock.now();
  await freshUnits(ctx);
  const content = readUnfinished(row.kind, readDraft(row.draft), { today: localDay(now), lastDay: "2100-01-01" });
  const { version, texts, lines } = versionRows(content, {
    id: row.id,
    listingId: row.id,
    number: 0,
    createdAt: now,
    createdById: null,
  });
  const ownerHidden = content.visibility === "blind" && reader === "public";
  const { contactName, contactPhone, contactEmail } = content;
  return listingViewOf(ctx.locale, {
    // confirmed is what was published, not what is being typed
    row: { ...row, visibility: content.visibility, trlConfirmed: null, trlConfirmedAt: null },
    trlConfirmedBy: null,
    // the row as the database would give it back
    version: {
      trlBasis: null,
      sectorText: null,
      sectorGuessed: false,
      moneyText: null,
      ...version,
      texts,
      lines,
    } as unknown as VersionRow & {
      pictureId: string | null;
      pictureIds: string[];
      pictureAlts: string[];
      pdfId: string | null;
    },
    owner: ownerHidden ? null : row,
    trusted: false,
    ownerHidden,
    contact: reader === "partner" ? { contactName, contactPhone, contactEmail } : null,
    broker: await brokerFor(ctx, row.organisationId),
    mayEdit: false,
  });
}
