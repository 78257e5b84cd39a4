import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { fold } from "~/platform/text";
import { readDraft } from "../domain/draft";
import { visibleTo } from "../policy";

/** How alike two titles are by their trigrams, 0–1, before somebody is told. */
const LIKE = 0.7;

export type AskedTitle = { kind: ListingKind; title: string; organisationId: string | null };

/**
 * For each of these titles a listing of the same kind with nearly the same one: its organisation's own in any state but
 * withdrawn and rejected, or a public one on the shelf. By the position of the title; what has none is left out.
 */
export async function likeTitles(
  ctx: Ctx,
  titles: AskedTitle[],
): Promise<Map<number, { title: string; own: boolean }>> {
  const found = new Map<number, { title: string; own: boolean }>();
  if (titles.length === 0) return found;
  const shelved = await ctx.db.$queryRaw<{ at: number; title: string; own: boolean }[]>`
    SELECT q.at::int AS at, t.title, t.own
    FROM unnest(${titles.map(({ title }) => fold(title))}::text[], ${titles.map(({ kind }) => kind)}::text[],
        ${titles.map(({ organisationId }) => organisationId)}::uuid[])
      WITH ORDINALITY AS q(title, kind, organisation_id, at)
    CROSS JOIN LATERAL (
      SELECT t.title, l.organisation_id IS NOT DISTINCT FROM q.organisation_id AND l.organisation_id IS NOT NULL AS own
      FROM listing_text t JOIN listing l ON l.published_version_id = t.version_id
      WHERE fold_vi(t.title) % q.title AND similarity(fold_vi(t.title), q.title) >= ${LIKE}
        AND l.kind = q.kind::"ListingKind" AND l.state = 'published'
        AND ((l.visibility = 'public' AND l.unconfirmed_at IS NULL) OR l.organisation_id = q.organisation_id)
      ORDER BY similarity(fold_vi(t.title), q.title) DESC LIMIT 1
    ) t`;
  for (const { at, title, own } of shelved) found.set(at - 1, { title, own });
  const owners = [...new Set(titles.flatMap(({ organisationId }) => organisationId ?? []))];
  if (owners.length === 0) return found;
  const own = await ctx.db.listing.findMany({
    where: {
      AND: [
        { organisationId: { in: owners }, state: { in: ["draft", "submitted", "changes_requested"] } },
        // a broker does not see what members draft for themselves
        visibleTo(ctx.actor, ctx.clock.now()),
      ],
    },
    select: { kind: true, draft: true, organisationId: true },
    orderBy: { updatedAt: "desc" },
    take: 2_000,
  });
  const key = (owner: string | null, kind: ListingKind, title: string) => `${owner} ${kind} ${fold(title)}`;
  const drafted = new Map(
    own.map(({ kind, draft, organisationId }) => {
      const { title } = readDraft(draft);
      return [key(organisationId, kind, title), title];
    }),
  );
  for (const [at, { kind, title, organisationId }] of titles.entries()) {
    const like = organisationId === null ? undefined : drafted.get(key(organisationId, kind, title));
    if (like !== undefined && !found.has(at)) found.set(at, { title: like, own: true });
  }
  return found;
}
