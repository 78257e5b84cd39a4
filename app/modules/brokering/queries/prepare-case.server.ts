import type { CaseOrigin, Side } from "~/generated/prisma/enums";
import { displayName, findOrganisations } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { localDay } from "~/platform/ports/clock";
import { cleanText } from "~/platform/text";
import { caseSource } from "../commands/open-case.server";
import { mayWorkCases } from "../policy";

export type PreparedSide = {
  organisation: { id: string; name: string } | null;
  listing: { id: string; reference: string | null; title: string } | null;
};
export type PreparedCase = {
  origin: CaseOrigin;
  matchId: string | null;
  interestId: string | null;
  title: string;
  provinceCode: string | null;
  communeCode: string | null;
  need: PreparedSide;
  offering: PreparedSide;
  /** YYYY-MM-DD */
  today: string;
  /** an open case that was made from the same match or interest */
  existingId: string | null;
};

const NOBODY: PreparedSide = { organisation: null, listing: null };

/** What a new case's form begins with. "gone": the link's match is not shortlisted (any more) or not of this office. Null for others than brokers. */
export async function prepareCase(
  ctx: Ctx,
  from: { matchId: string | null; interestId: string | null },
): Promise<PreparedCase | "gone" | null> {
  const { actor, db } = ctx;
  if (!mayWorkCases(actor)) return null;
  const source = await caseSource(ctx, actor, from);
  if (source === "gone") return "gone";
  const sideOf = async (side: Side) => {
    const listingId = source.listings?.[side];
    const row = listingId
      ? await db.listing.findUnique({
          where: { id: listingId },
          select: {
            id: true,
            reference: true,
            provinceCode: true,
            organisationId: true,
            organisation: { select: { id: true, nameVi: true, nameEn: true, anonymous: true } },
            publishedVersion: { select: { communeCode: true, texts: { select: { lang: true, title: true } } } },
          },
        })
      : null;
    const organisationId = source.organisations[side];
    const named =
      row?.organisation ??
      (organisationId
        ? await db.organisation.findUnique({
            where: { id: organisationId },
            select: { id: true, nameVi: true, nameEn: true, anonymous: true },
          })
        : null);
    const texts = row?.publishedVersion?.texts ?? [];
    const title = (texts.find((text) => text.lang === ctx.locale) ?? texts[0])?.title ?? row?.reference ?? "";
    return {
      side: {
        organisation: named && { id: named.id, name: displayName(named, ctx.locale) },
        listing: row && { id: row.id, reference: row.reference, title },
      },
      provinceCode: row?.provinceCode ?? null,
      communeCode: row?.publishedVersion?.communeCode ?? null,
    };
  };
  const [need, offering] = await Promise.all([sideOf("need"), sideOf("offering")]);
  const existing = source.matchId
    ? await db.brokerCase.findFirst({ where: { matchId: source.matchId, state: "open" }, select: { id: true } })
    : source.interestId
      ? await db.brokerCase.findUnique({ where: { interestId: source.interestId }, select: { id: true } })
      : null;
  const title = [need, offering]
    .flatMap((one) => one.side.listing?.title ?? one.side.organisation?.name ?? [])
    .join(" – ")
    .slice(0, 200);
  return {
    origin: source.origin,
    matchId: source.matchId,
    interestId: source.interestId,
    title,
    provinceCode: need.provinceCode,
    communeCode: need.communeCode,
    need: need.side ?? NOBODY,
    offering: offering.side ?? NOBODY,
    today: localDay(ctx.clock.now()),
    existingId: existing?.id ?? null,
  };
}

export type PartyChoice = { id: string; name: string; taxCode: string | null };

/** Organisations a broker may mean by what they typed; at most ten. Nothing for others. */
export async function partyChoices(ctx: Ctx, text: string): Promise<PartyChoice[]> {
  const typed = cleanText(text);
  if (!mayWorkCases(ctx.actor) || typed.length < 2) return [];
  const found = await findOrganisations(ctx, typed, 10);
  return found.map((one) => ({ id: one.id, name: one.nameVi, taxCode: one.taxCode }));
}

/** The chosen organisation's name, for showing a choice again. */
export async function partyName(ctx: Ctx, organisationId: string): Promise<string | null> {
  if (!mayWorkCases(ctx.actor) || !isId(organisationId)) return null;
  const row = await ctx.db.organisation.findFirst({
    where: { id: organisationId, officeId: ctx.actor.officeId },
    select: { nameVi: true, nameEn: true, anonymous: true },
  });
  return row && displayName(row, ctx.locale);
}
