import type { Ctx } from "~/platform/context";
import { canEdit, grantsOf, visibleTo, wholeTo } from "../policy";

/** A file that may be opened: which listing it belongs to and the name under which it may be saved. */
export type OpenableFile = { listingId: string; downloadName: string };

/** A version to which the file belongs. */
const HANGS = (fileId: string) => [{ pictureId: fileId }, { pictureIds: { has: fileId } }, { pdfId: fileId }];

/**
 * May this actor open a file? Yes when it hangs on the published version of a listing they may read the whole of, on a version or
 * draft of one they own or review, or when an AccessGrant names it. Null otherwise: absent and hidden answer alike.
 * The download name is the reference, so that a file name never tells the owner of a blind listing.
 */
export async function mayOpenFile(ctx: Ctx, fileId: string): Promise<OpenableFile | null> {
  const now = ctx.clock.now();
  const nameOf = (reference: string | null) => reference ?? "cungcau";
  const published = await ctx.db.listing.findFirst({
    where: {
      AND: [{ publishedVersion: { OR: HANGS(fileId) } }, visibleTo(ctx.actor, now), wholeTo(ctx.actor, now)],
    },
    select: { id: true, reference: true },
  });
  if (published) return { listingId: published.id, downloadName: nameOf(published.reference) };
  if (ctx.actor.kind === "anonymous") return null;

  const own = await ctx.db.listing.findMany({
    where: {
      AND: [
        visibleTo(ctx.actor, now),
        {
          OR: [
            { versions: { some: { OR: HANGS(fileId) } } },
            { draft: { path: ["pictureId"], equals: fileId } },
            { draft: { path: ["pdfId"], equals: fileId } },
            { draft: { path: ["pictures"], array_contains: [{ id: fileId }] } },
          ],
        },
      ],
    },
    select: {
      id: true,
      reference: true,
      officeId: true,
      organisationId: true,
      createdById: true,
      onBehalf: true,
      onBehalfConfirmedAt: true,
      state: true,
    },
  });
  const broker = ctx.actor.kind === "person" && ctx.actor.grants.includes("broker") ? ctx.actor.officeId : null;
  const found = own.find(
    (listing) =>
      ctx.actor.kind === "system" ||
      canEdit(ctx.actor, listing) ||
      (listing.officeId === broker && listing.state !== "draft"),
  );
  if (found) return { listingId: found.id, downloadName: nameOf(found.reference) };

  const granted = await ctx.db.accessGrant.findFirst({
    where: { AND: [{ fileId }, grantsOf(ctx.actor, now)] },
    select: { id: true },
  });
  return granted ? { listingId: "", downloadName: "cungcau" } : null;
}
