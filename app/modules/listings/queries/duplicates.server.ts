import type { Prisma } from "~/generated/prisma/client";
import type { ListingState } from "~/generated/prisma/enums";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { fold } from "~/platform/text";
import { readDraft } from "../domain/draft";
import { LIKELY, type Likeable, type Likeness, likeness } from "../domain/likeness";
import { canEdit, isOfficeBroker, POLICY_FACTS, visibleTo } from "../policy";
import { pickText } from "./rows.server";

/** Candidates that are read and compared. */
const MOST_CANDIDATES = 60;
const MOST_SHOWN = 5;
/** Letters of a text that candidates are found by. */
const HEAD = 400;

export type LikelyDuplicate = Likeness & {
  id: string;
  reference: string | null;
  title: string;
  state: ListingState;
  /** null = hidden from this reader */
  organisation: string | null;
  /** of the same organisation */
  own: boolean;
  /** what a broker said of the pair; brokers only */
  mark: { verdict: string; reasonCode: string; at: Date } | null;
};

const SIDE = {
  texts: {
    select: { lang: true, title: true, summary: true, description: true, problemSolved: true, currentTechnology: true },
  },
  lines: { select: { name: true, minValue: true, maxValue: true, textValue: true, unit: true } },
} satisfies Prisma.ListingVersionSelect;
type SideRow = Prisma.ListingVersionGetPayload<{ select: typeof SIDE }>;

const joined = (parts: (string | null | undefined)[]) => parts.filter(Boolean).join("\n");

function likeableOf(version: SideRow): Likeable {
  const text = pickText(version.texts, "vi");
  return {
    title: text?.title ?? "",
    text: joined([text?.summary, text?.description, text?.problemSolved, text?.currentTechnology]),
    lines: version.lines.map((line) =>
      [line.name, line.minValue?.toString(), line.maxValue?.toString(), line.textValue, line.unit]
        .filter(Boolean)
        .join(" "),
    ),
  };
}

function likeableOfDraft(stored: unknown): Likeable {
  const draft = readDraft(stored);
  return {
    title: draft.title,
    text: joined([draft.summary, draft.description, draft.problemSolved, draft.currentTechnology]),
    lines: draft.lines.map((line) => [line.name, line.value, line.unit].filter(Boolean).join(" ")).filter(Boolean),
  };
}

/**
 * Listings of the same kind that likely say the same, most alike first, at most five. Found by trigrams of title (any
 * sector) and text (same sector), and among the organisation's own; weighed by domain/likeness.ts.
 * For the author: what is public, and their own. For the office's brokers: every listing but drafts, with what a broker said
 * of the pair. Null for everybody else, as for what does not exist.
 */
export async function likelyDuplicates(ctx: Ctx, listingId: string): Promise<LikelyDuplicate[] | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(listingId)) return null;
  const row = await db.listing.findFirst({
    where: { AND: [{ id: listingId }, visibleTo(actor, ctx.clock.now())] },
    select: {
      ...POLICY_FACTS,
      kind: true,
      draft: true,
      sectorMain: true,
      versions: { orderBy: { number: "desc" }, take: 1, select: { ...SIDE, sectorMain: true } },
    },
  });
  const asBroker = row !== null && isOfficeBroker(actor, row.officeId);
  if (!row || !(asBroker || canEdit(actor, row))) return null;
  const [latest] = row.versions;
  const mine =
    row.draft && !asBroker ? likeableOfDraft(row.draft) : latest ? likeableOf(latest) : likeableOfDraft(row.draft);
  if (fold(mine.title).length < 4) return [];
  const sector = latest?.sectorMain ?? (readDraft(row.draft).sectorMain || null);
  const [title, head] = [fold(mine.title), fold(mine.text).slice(0, HEAD)];
  // what is compared is what readers see, or, for brokers, what waits for them
  const found = await db.$queryRaw<{ id: string }[]>`
    WITH alike AS (
      SELECT v.listing_id AS id, similarity(fold_vi(t.title), ${title}) AS score
      FROM listing_text t JOIN listing_version v ON v.id = t.version_id
      WHERE fold_vi(t.title) % ${title} AND v.listing_id <> ${listingId}::uuid
      UNION ALL
      SELECT l.id, similarity(left(fold_vi(coalesce(t.summary || ' ', '') || coalesce(t.description, '')), ${HEAD}::int), ${head})
      FROM listing l JOIN listing_text t ON t.version_id = l.published_version_id
      WHERE l.sector_main = ${sector} AND l.kind = ${row.kind}::"ListingKind" AND l.id <> ${listingId}::uuid
      UNION ALL
      SELECT l.id, 0.3 FROM listing l
      WHERE l.organisation_id = ${row.organisationId}::uuid AND l.kind = ${row.kind}::"ListingKind" AND l.id <> ${listingId}::uuid
    )
    SELECT id FROM alike GROUP BY id ORDER BY max(score) DESC, id LIMIT ${MOST_CANDIDATES}`;
  const candidates = await db.listing.findMany({
    where: {
      AND: [
        { id: { in: found.map(({ id }) => id) }, kind: row.kind },
        visibleTo(actor, ctx.clock.now()),
        asBroker
          ? { officeId: row.officeId, state: { in: ["published", "submitted", "changes_requested", "expired"] } }
          : // blind and hidden listings of others are not told, not even that there is one
            {
              OR: [
                { state: "published", visibility: "public" },
                ...(row.organisationId ? [{ organisationId: row.organisationId }] : []),
              ],
            },
      ],
    },
    select: {
      id: true,
      reference: true,
      state: true,
      organisationId: true,
      organisation: { select: { nameVi: true, anonymous: true } },
      publishedVersion: { select: SIDE },
      versions: { orderBy: { number: "desc" }, take: 1, select: SIDE },
    },
  });
  const marks = asBroker
    ? await db.duplicateMark.findMany({ where: { OR: [{ firstId: listingId }, { secondId: listingId }] } })
    : [];
  return candidates
    .flatMap((other): LikelyDuplicate[] => {
      const own = row.organisationId !== null && other.organisationId === row.organisationId;
      const version = other.publishedVersion ?? (asBroker || own ? other.versions[0] : undefined);
      if (!version) return [];
      const like = likeness(mine, likeableOf(version));
      const mark = marks.find((one) => one.firstId === other.id || one.secondId === other.id);
      if (like.score < LIKELY && !mark) return [];
      return [
        {
          ...like,
          id: other.id,
          reference: other.reference,
          title: pickText(version.texts, ctx.locale)?.title ?? "",
          state: other.state,
          organisation: other.organisation && !other.organisation.anonymous ? other.organisation.nameVi : null,
          own,
          mark: mark ? { verdict: mark.verdict, reasonCode: mark.reasonCode, at: mark.decidedAt } : null,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
    .slice(0, MOST_SHOWN);
}
