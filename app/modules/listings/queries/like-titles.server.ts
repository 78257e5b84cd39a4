import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { fold } from "~/platform/text";
import { readDraft } from "../domain/draft";

/** How alike two titles are by their trigrams, 0–1, before somebody is told. */
const LIKE = 0.7;

/**
 * For each of these titles a listing of the same kind with nearly the same one: the organisation's own in any state but
 * withdrawn and rejected, or a public one on the shelf. By the position of the title; what has none is left out.
 */
export async function likeTitles(
  ctx: Ctx,
  organisationId: string | null,
  titles: { kind: ListingKind; title: string }[],
): Promise<Map<number, { title: string; own: boolean }>> {
  const found = new Map<number, { title: string; own: boolean }>();
  if (titles.length === 0) return found;
  const shelved = await ctx.db.$queryRaw<{ at: number; title: string; own: boolean }[]>`
    SELECT q.at::int AS at, t.title, t.own
    FROM unnest(${titles.map(({ title }) => fold(title))}::text[], ${titles.map(({ kind }) => kind)}::text[])
      WITH ORDINALITY AS q(title, kind, at)
    CROSS JOIN LATERAL (
      SELECT t.title, l.organisation_id IS NOT DISTINCT FROM ${organisationId}::uuid AND l.organisation_id IS NOT NULL AS own
      FROM listing_text t JOIN listing l ON l.published_version_id = t.version_id
      WHERE fold_vi(t.title) % q.title AND similarity(fold_vi(t.title), q.title) >= ${LIKE}
        AND l.kind = q.kind::"ListingKind" AND l.state = 'published'
        AND ((l.visibility = 'public' AND l.unconfirmed_at IS NULL) OR l.organisation_id = ${organisationId}::uuid)
      ORDER BY similarity(fold_vi(t.title), q.title) DESC LIMIT 1
    ) t`;
  for (const { at, title, own } of shelved) found.set(at - 1, { title, own });
  if (organisationId === null) return found;
  const own = await ctx.db.listing.findMany({
    where: { organisationId, state: { in: ["draft", "submitted", "changes_requested"] } },
    select: { kind: true, draft: true },
    orderBy: { updatedAt: "desc" },
    take: 2_000,
  });
  const drafted = new Map(
    own.map(({ kind, draft }) => [`${kind} ${fold(readDraft(draft).title)}`, readDraft(draft).title]),
  );
  for (const [at, { kind, title }] of titles.entries()) {
    const like = drafted.get(`${kind} ${fold(title)}`);
    if (like !== undefined && !found.has(at)) found.set(at, { title: like, own: true });
  }
  return found;
}
