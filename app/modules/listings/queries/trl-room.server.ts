import type { TrlBasis } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { isId } from "~/platform/ids";
import { canReview, isOfficeBroker, POLICY_FACTS } from "../policy";
import { pickText } from "./rows.server";
import { namesOf } from "./version-view.server";

export type TrlRoom = {
  versionId: string;
  declared: number;
  basis: TrlBasis;
  evidence: string | null;
  confirmed: { trl: number; at: Date; by: string | null; note: string | null } | null;
  mayConfirm: boolean;
};

/** What a broker of the office decides a published offering's level by. Null for others, for needs, and where no level is stated. */
export async function viewTrlRoom(ctx: Ctx, listingId: string): Promise<TrlRoom | null> {
  const { actor } = ctx;
  if (!isId(listingId)) return null;
  const row = await ctx.db.listing.findFirst({
    where: { id: listingId, kind: "offering", state: "published" },
    select: {
      ...POLICY_FACTS,
      trlConfirmed: true,
      trlConfirmedAt: true,
      trlConfirmedById: true,
      trlConfirmedNote: true,
      publishedVersion: {
        select: {
          id: true,
          trl: true,
          trlBasis: true,
          texts: { select: { lang: true, title: true, trlEvidence: true } },
        },
      },
    },
  });
  const version = row?.publishedVersion;
  if (!row || !version || version.trl === null || !isOfficeBroker(actor, row.officeId)) return null;
  const names = await namesOf(ctx, [row.trlConfirmedById]);
  return {
    versionId: version.id,
    declared: version.trl,
    basis: version.trlBasis ?? "self_declared",
    evidence: pickText(version.texts, ctx.locale)?.trlEvidence ?? null,
    confirmed:
      row.trlConfirmed !== null && row.trlConfirmedAt
        ? {
            trl: row.trlConfirmed,
            at: row.trlConfirmedAt,
            by: (row.trlConfirmedById && names.get(row.trlConfirmedById)) || null,
            note: row.trlConfirmedNote,
          }
        : null,
    mayConfirm: canReview(actor, row),
  };
}
