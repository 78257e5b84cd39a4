import type { ListingKind, Locale } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { describeFiles, type Undertaking } from "~/modules/documents/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { ASK_AGAIN_DAYS, annexDoor } from "../domain/annex-access";
import { acceptanceFor, acceptancesOf, currentTexts, findAnnexed, standingOf } from "./annex-rows.server";
import { pickText } from "./rows.server";
import { byIdOrReference } from "./view-listing.server";

export type AnnexFile = { fileId: string; number: number; bytes: number; addedAt: Date };
export type AnnexPage = {
  listing: { id: string; kind: ListingKind; reference: string; title: string; lang: Locale };
  /** in: let in, perhaps with the undertaking still to be accepted for some or all */
  door: "own" | "in" | "closed";
  /** in whose name they read; null: the Department's */
  organisation: string | null;
  until: Date | null;
  /** what may be downloaded now */
  files: AnnexFile[];
  /** what waits for the undertaking: no more than how many and their ids */
  pending: string[];
  /** the text to accept, or that was accepted */
  undertaking: Undertaking | null;
  /** the newest acceptance, whatever it covers */
  accepted: { at: Date; name: string; position: string; textVersion: string } | null;
  reader: string;
  /** closed: in whose name the reader may ask, and what became of it */
  ask: { organisations: { id: string; name: string; state: "may" | "asked" | "declined" }[] } | null;
};

const DAY_MS = 86_400_000;

/**
 * The annexes of a listing as this reader may have them. Null when the listing is absent, hidden, or has none. To whom they
 * are closed nothing is told but that there are some.
 */
export async function annexPage(ctx: Ctx, idOrReference: string): Promise<AnnexPage | null> {
  const { actor } = ctx;
  const which = byIdOrReference(idOrReference);
  if (!isPerson(actor) || !which) return null;
  const row = await findAnnexed(ctx.db, ctx, which);
  const text = row && pickText(row.publishedVersion?.texts ?? [], ctx.locale);
  if (!row || !text || !row.reference) return null;
  const standing = await standingOf(ctx.db, ctx, row);
  const door = annexDoor(standing, false);
  const page: AnnexPage = {
    listing: { id: row.id, kind: row.kind, reference: row.reference, title: text.title, lang: text.lang },
    door: door === "own" || door === "closed" ? door : "in",
    organisation: null,
    until: standing.until,
    files: [],
    pending: [],
    undertaking: null,
    accepted: null,
    reader: actor.fullName,
    ask: null,
  };
  if (door === "closed") return { ...page, ask: { organisations: await askers(ctx, row.id) } };
  const acceptances = standing.owner ? [] : await acceptancesOf(ctx.db, actor, row.id);
  const readable = row.annexes.filter(
    ({ id }) => standing.owner || acceptanceFor(ctx, acceptances, id, standing) !== undefined,
  );
  const [facts, organisation] = await Promise.all([
    describeFiles(
      ctx,
      readable.map(({ fileId }) => fileId),
    ),
    standing.organisationId
      ? ctx.db.organisation.findUnique({
          where: { id: standing.organisationId },
          select: { nameVi: true, nameEn: true, anonymous: true },
        })
      : null,
  ]);
  const mine = acceptances.filter((one) => one.organisationId === standing.organisationId);
  const [newest] = mine;
  return {
    ...page,
    organisation: organisation && displayName(organisation, ctx.locale),
    files: readable.map(({ fileId, number, addedAt }) => ({
      fileId,
      number,
      addedAt,
      bytes: facts.find(({ id }) => id === fileId)?.bytes ?? 0,
    })),
    pending: row.annexes.filter((one) => !readable.includes(one)).map(({ id }) => id),
    undertaking: standing.owner ? null : currentTexts(ctx)[ctx.locale],
    accepted: newest
      ? { at: newest.acceptedAt, name: newest.name, position: newest.position, textVersion: newest.textVersion }
      : null,
  };
}

/** The reader's verified organisations and whether each may ask. */
async function askers(ctx: Ctx, listingId: string) {
  const verified = isPerson(ctx.actor) ? ctx.actor.memberships.filter((one) => one.verified) : [];
  const requests = await ctx.db.annexRequest.findMany({
    where: { listingId, organisationId: { in: verified.map((one) => one.organisationId) } },
    orderBy: { askedAt: "desc" },
    select: { organisationId: true, state: true, answeredAt: true },
  });
  const now = ctx.clock.now().getTime();
  return verified.map(({ organisationId, name }) => {
    const last = requests.find((one) => one.organisationId === organisationId);
    const declined = last?.state === "declined" && Number(last.answeredAt) + ASK_AGAIN_DAYS * DAY_MS > now;
    const state = last?.state === "asked" ? ("asked" as const) : declined ? ("declined" as const) : ("may" as const);
    return { id: organisationId, name, state };
  });
}
