import type { Prisma } from "~/generated/prisma/client";
import { undertakingAt } from "~/modules/documents/index.server";
import { type Ctx, isPerson, type PersonActor } from "~/platform/context";
import type { Db, Tx } from "~/platform/db/client.server";
import { type AnnexStanding, covers } from "../domain/annex-access";
import { grantsOf, isOfficeBroker, isOwner, POLICY_FACTS, visibleTo } from "../policy";

const ANNEXED = {
  id: true,
  kind: true,
  reference: true,
  ...POLICY_FACTS,
  publishedVersion: { select: { texts: { select: { lang: true, title: true } } } },
  annexes: {
    where: { removedAt: null },
    orderBy: { number: "asc" },
    select: { id: true, number: true, fileId: true, addedAt: true, addedById: true },
  },
} satisfies Prisma.ListingSelect;
export type AnnexedListing = Prisma.ListingGetPayload<{ select: typeof ANNEXED }>;

/** A listing this actor sees, with its live annexes; null when it is absent, hidden, or has none: all answer alike. */
export async function findAnnexed(
  db: Db | Tx,
  ctx: Ctx,
  which: Prisma.ListingWhereInput,
): Promise<AnnexedListing | null> {
  if (!isPerson(ctx.actor)) return null;
  const row = await db.listing.findFirst({
    where: { AND: [which, { annexes: { some: { removedAt: null } } }, visibleTo(ctx.actor, ctx.clock.now())] },
    select: ANNEXED,
  });
  return row;
}

/** Annexes are changed, opened and closed one at a time per listing, so that no two see a state that is no more. */
export async function lockAnnexes(tx: Tx, listingId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM listing WHERE id = ${listingId}::uuid FOR NO KEY UPDATE`;
}

export type Standing = AnnexStanding & {
  /** the organisation in whose name they read; null for the owner, a broker and whoever may not */
  organisationId: string | null;
  /** last moment of the grant, when it has one */
  until: Date | null;
};

/** How the actor stands to the annexes of a listing they see. Who is let in with an organisation reads in its name. */
export async function standingOf(db: Db | Tx, ctx: Ctx, row: AnnexedListing): Promise<Standing> {
  const owner = isOwner(ctx.actor, row);
  const grants = owner
    ? []
    : await db.accessGrant.findMany({
        where: {
          AND: [
            { listingId: row.id, scope: "annex", organisationId: { not: null } },
            grantsOf(ctx.actor, ctx.clock.now()),
          ],
        },
        select: { organisationId: true, until: true },
      });
  // the grant that lasts longest speaks
  const [best] = grants.sort((a, b) => (b.until?.getTime() ?? Infinity) - (a.until?.getTime() ?? Infinity));
  return {
    owner,
    broker: !owner && isOfficeBroker(ctx.actor, row.officeId),
    granted: best !== undefined,
    organisationId: best?.organisationId ?? null,
    until: best?.until ?? null,
  };
}

/** The text in force, in both languages: an acceptance holds in the language it was given in. */
export function currentTexts(ctx: Ctx) {
  const now = ctx.clock.now();
  return { vi: undertakingAt(now, "vi"), en: undertakingAt(now, "en") };
}

/** The reader's acceptances of this listing, newest first. */
export async function acceptancesOf(db: Db | Tx, actor: PersonActor, listingId: string) {
  return db.annexAcceptance.findMany({
    where: { listingId, personId: actor.personId },
    orderBy: [{ acceptedAt: "desc" }, { id: "desc" }],
    select: {
      id: true,
      organisationId: true,
      name: true,
      position: true,
      textVersion: true,
      textHash: true,
      lang: true,
      annexIds: true,
      acceptedAt: true,
    },
  });
}
type AcceptanceRow = Awaited<ReturnType<typeof acceptancesOf>>[number];

/** The acceptance under which this annex may be handed out now; undefined when it is to be given first. */
export function acceptanceFor(
  ctx: Ctx,
  acceptances: AcceptanceRow[],
  annexId: string,
  standing: Standing,
): AcceptanceRow | undefined {
  const texts = currentTexts(ctx);
  return acceptances.find((one) => covers(one, annexId, standing.organisationId, texts));
}
