import type { ListingKind, ListingState, ReviewState } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { compareVersions, type VersionChange } from "../domain/version-diff";
import { canEdit, isOfficeBroker, POLICY_FACTS, visibleTo } from "../policy";
import { pickText } from "./rows.server";
import { FULL_VERSION_SELECT, fullVersionOf, namesOf } from "./version-view.server";

export type VersionRow = {
  id: string;
  number: number;
  at: Date;
  by: string | null;
  /** what became of it; a version without a review was published as it came */
  fate: ReviewState;
  publishedAt: Date | null;
  current: boolean;
};
export type VersionsView = {
  listing: { id: string; kind: ListingKind; state: ListingState; reference: string | null; title: string };
  asBroker: boolean;
  /** newest first */
  versions: VersionRow[];
  /** null while there is only one */
  compared: { from: VersionRow; to: VersionRow; changes: VersionChange[] } | null;
};

/**
 * The versions of a listing and what changed between two of them (by number; without numbers: the newest and the one readers
 * saw before it). For its owner and the office's brokers only; null for everybody else, as for what does not exist.
 */
export async function viewVersions(
  ctx: Ctx,
  id: string,
  numbers: { from?: number; to?: number } = {},
): Promise<VersionsView | null> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(id)) return null;
  const row = await ctx.db.listing.findFirst({
    where: { AND: [{ id }, visibleTo(actor, ctx.clock.now())] },
    select: {
      ...POLICY_FACTS,
      id: true,
      kind: true,
      reference: true,
      publishedVersionId: true,
      reviews: { select: { versionId: true, state: true, decidedAt: true }, orderBy: { submittedAt: "asc" } },
      versions: {
        orderBy: { number: "desc" },
        select: {
          id: true,
          number: true,
          createdAt: true,
          createdById: true,
          texts: { select: { lang: true, title: true } },
        },
      },
    },
  });
  if (!row || !(canEdit(actor, row) || isOfficeBroker(actor, row.officeId))) return null;
  const names = await namesOf(
    ctx,
    row.versions.map((version) => version.createdById),
  );
  const versions = row.versions.map((version): VersionRow => {
    const review = row.reviews.findLast((one) => one.versionId === version.id);
    const fate = review?.state ?? "approved";
    return {
      id: version.id,
      number: version.number,
      at: version.createdAt,
      by: (version.createdById && names.get(version.createdById)) || null,
      fate,
      publishedAt: fate === "approved" ? (review?.decidedAt ?? version.createdAt) : null,
      current: version.id === row.publishedVersionId,
    };
  });
  const numbered = (number: number | undefined) => versions.find((version) => version.number === number);
  const to = numbered(numbers.to) ?? versions[0];
  const earlier = to ? versions.filter((version) => version.number < to.number) : [];
  const from = numbered(numbers.from) ?? earlier.find((version) => version.publishedAt !== null) ?? earlier[0];
  return {
    listing: {
      id: row.id,
      kind: row.kind,
      state: row.state,
      reference: row.reference,
      title: pickText(row.versions[0]?.texts ?? [], ctx.locale)?.title ?? "",
    },
    asBroker: !canEdit(actor, row),
    versions,
    compared: from && to && from.id !== to.id ? { from, to, changes: await changesBetween(ctx, from.id, to.id) } : null,
  };
}

/** What changed from one version to another. No authorisation: the caller may see both. */
export async function changesBetween(ctx: Ctx, fromId: string, toId: string): Promise<VersionChange[]> {
  const rows = await ctx.db.listingVersion.findMany({
    where: { id: { in: [fromId, toId] } },
    select: FULL_VERSION_SELECT,
  });
  const [from, to] = [fromId, toId].map((id) => rows.find((row) => row.id === id));
  return from && to ? compareVersions(fullVersionOf(from), fullVersionOf(to)) : [];
}
