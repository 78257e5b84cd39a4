import type { Locale } from "~/generated/prisma/enums";
import { displayName } from "~/modules/accounts/index.server";
import { describeFiles } from "~/modules/documents/index.server";
import { type Ctx, isPerson } from "~/platform/context";
import { isId } from "~/platform/ids";
import { isOwner, POLICY_FACTS } from "../policy";
import { pickText } from "./rows.server";
import { namesOf } from "./version-view.server";

/** One person who accepted the undertaking, and what they opened since. */
export type AnnexReader = {
  id: string;
  name: string;
  position: string;
  /** the account behind the stated name */
  person: string;
  /** null: a broker of the Department */
  organisation: string | null;
  acceptedAt: Date;
  textVersion: string;
  lang: Locale;
  openings: { id: string; number: number; at: Date }[];
};
export type AnnexRoom = {
  listingId: string;
  reference: string | null;
  title: string;
  files: { id: string; fileId: string; number: number; name: string; bytes: number; addedAt: Date }[];
  requests: { id: string; organisation: string; person: string; askedAt: Date }[];
  access: { organisationId: string; organisation: string; since: Date; until: Date | null; reason: string }[];
  readers: AnnexReader[];
};

/** What the owner of a listing sees of its annexes: files, who asks, who is let in, who accepted, who opened what and when. Null for everybody else, brokers included. */
export async function viewAnnexRoom(ctx: Ctx, listingId: string): Promise<AnnexRoom | null> {
  const { actor, db } = ctx;
  if (!isPerson(actor) || !isId(listingId)) return null;
  const row = await db.listing.findUnique({
    where: { id: listingId },
    select: {
      ...POLICY_FACTS,
      reference: true,
      versions: {
        orderBy: { number: "desc" },
        take: 1,
        select: { texts: { select: { lang: true, title: true } } },
      },
      annexes: { where: { removedAt: null }, orderBy: { number: "asc" } },
    },
  });
  if (!row || !isOwner(actor, row)) return null;
  const now = ctx.clock.now();
  const [files, requests, grants, acceptances] = await Promise.all([
    describeFiles(
      ctx,
      row.annexes.map(({ fileId }) => fileId),
    ),
    db.annexRequest.findMany({ where: { listingId, state: "asked" }, orderBy: { askedAt: "asc" } }),
    db.accessGrant.findMany({
      where: {
        listingId,
        scope: "annex",
        organisationId: { not: null },
        revokedAt: null,
        OR: [{ until: null }, { until: { gt: now } }],
      },
      orderBy: { createdAt: "asc" },
    }),
    db.annexAcceptance.findMany({
      where: { listingId },
      orderBy: [{ acceptedAt: "desc" }, { id: "desc" }],
      include: {
        openings: { orderBy: { openedAt: "desc" }, include: { annex: { select: { number: true } } } },
      },
    }),
  ]);
  const [people, organisations] = await Promise.all([
    namesOf(
      ctx,
      [...requests, ...acceptances].map(({ personId }) => personId),
    ),
    db.organisation.findMany({
      where: {
        id: {
          in: [...requests, ...grants, ...acceptances].flatMap(({ organisationId }) => organisationId ?? []),
        },
      },
      select: { id: true, nameVi: true, nameEn: true, anonymous: true },
    }),
  ]);
  const nameOf = (id: string | null) => displayName(organisations.find((one) => one.id === id) ?? null, ctx.locale);
  return {
    listingId,
    reference: row.reference,
    title: pickText(row.versions[0]?.texts ?? [], ctx.locale)?.title ?? "",
    files: row.annexes.map(({ id, fileId, number, addedAt }) => {
      const file = files.find((one) => one.id === fileId);
      return { id, fileId, number, addedAt, name: file?.name ?? "", bytes: file?.bytes ?? 0 };
    }),
    requests: requests.map(({ id, organisationId, personId, askedAt }) => ({
      id,
      organisation: nameOf(organisationId),
      person: people.get(personId) ?? "",
      askedAt,
    })),
    access: grants.flatMap(({ organisationId, createdAt, until, reason }) =>
      organisationId ? [{ organisationId, organisation: nameOf(organisationId), since: createdAt, until, reason }] : [],
    ),
    readers: acceptances.map(({ openings, organisationId, personId, ...one }) => ({
      id: one.id,
      name: one.name,
      position: one.position,
      person: people.get(personId) ?? "",
      organisation: organisationId ? nameOf(organisationId) : null,
      acceptedAt: one.acceptedAt,
      textVersion: one.textVersion,
      lang: one.lang,
      openings: openings.map(({ id, annex, openedAt }) => ({ id, number: annex.number, at: openedAt })),
    })),
  };
}
