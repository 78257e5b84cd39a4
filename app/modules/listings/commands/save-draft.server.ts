import { isDeepStrictEqual } from "node:util";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import type { Draft } from "../domain/draft";
import { readDraft } from "../domain/draft";
import { statesBefore } from "../domain/listing-states";
import { canEdit } from "../policy";

export type SaveDraftInput = {
  listingId: string;
  /** the revision the form was filled from: a newer one in the database means that another tab or colleague saved meanwhile */
  revision: number;
  /** values as typed; file ids in it are ignored */
  values: Draft;
  /** files just stored for this draft (null = taken away) */
  files?: { pictures?: Draft["pictures"]; pictureId?: string | null; pdfId?: string | null };
  /** the organisation to post for, while the listing has never been sent */
  organisationId?: string;
};
export type SavedDraft = { revision: number; savedAt: Date };

export const EDIT_SELECT = {
  officeId: true,
  organisationId: true,
  createdById: true,
  onBehalf: true,
  onBehalfConfirmedAt: true,
  state: true,
  draft: true,
  draftRevision: true,
  updatedAt: true,
  reference: true,
  kind: true,
  reviews: { where: { state: "open" }, select: { id: true } },
} as const;

/**
 * Keeps a draft exactly as typed. Two open forms cannot overwrite one another unseen: a stale revision is refused with
 * `listings:error.draftConflict` (params.revision = the newer one) and nothing is lost on either side.
 * Autosaves leave no audit row; sending for review does.
 * Other failures: common:notFound, listings:error.{notEditable,notMember}.
 */
export async function saveDraft(ctx: Ctx, input: SaveDraftInput): Promise<Result<SavedDraft>> {
  const { actor, db } = ctx;
  if (!isId(input.listingId)) return fail("common:notFound");
  const row = await db.listing.findUnique({ where: { id: input.listingId }, select: EDIT_SELECT });
  if (!row || !isPerson(actor) || !canEdit(actor, row)) return fail("common:notFound");
  const stored = readDraft(row.draft);
  const kept = new Set(stored.pictures.map(({ id }) => id));
  const { files } = input;
  const values: Draft = readDraft({
    ...input.values,
    pdfId: stored.pdfId,
    // order and descriptions may come from the form, pictures never
    pictures: input.values.pictures.filter(({ id }) => kept.has(id)),
    pictureId: null,
    ...files,
  });
  const organisationId = input.organisationId;
  const moves = organisationId !== undefined && organisationId !== row.organisationId;
  if (
    moves &&
    (row.state !== "draft" || row.onBehalf || !actor.memberships.some((m) => m.organisationId === organisationId))
  ) {
    return fail("listings:error.notMember");
  }
  const same = row.draft !== null && isDeepStrictEqual(stored, values) && !moves;
  if (same) return ok({ revision: row.draftRevision, savedAt: row.updatedAt });

  const savedAt = ctx.clock.now();
  const changed = await db.listing.updateMany({
    where: {
      id: input.listingId,
      draftRevision: input.revision,
      state: { in: statesBefore("submit") },
      reviews: { none: { state: "open" } },
    },
    data: { draft: values, draftRevision: { increment: 1 }, updatedAt: savedAt, ...(moves ? { organisationId } : {}) },
  });
  if (changed.count === 1) return ok({ revision: input.revision + 1, savedAt });
  const now = await db.listing.findUniqueOrThrow({
    where: { id: input.listingId },
    select: { draftRevision: true, updatedAt: true },
  });
  return now.draftRevision === input.revision
    ? fail("listings:error.notEditable")
    : fail("listings:error.draftConflict", {
        params: { revision: now.draftRevision, at: now.updatedAt.toISOString() },
      });
}
