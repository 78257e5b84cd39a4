import type { ListingKind } from "~/generated/prisma/enums";
import { type BrokerContact, brokerFor, memberIdsOf } from "~/modules/accounts/index.server";
import type { Ctx } from "~/platform/context";
import { readReconfirmToken } from "./reconfirm-token.server";
import { pickText } from "./rows.server";

export type ReconfirmLinkView =
  | { state: "wrong" }
  | {
      /** "ready": to be confirmed; "confirmed": somebody did; "over": it is off the shelf for another reason */
      state: "ready" | "confirmed" | "over";
      listing: { id: string; kind: ListingKind; reference: string; title: string; lastConfirmedAt: Date | null };
      hiddenSince: Date | null;
      confirmedAt: Date | null;
      broker: BrokerContact | null;
    };

/** What a one-click link shows; looking confirms nothing, since mail scanners open links too. */
export async function viewReconfirmLink(ctx: Ctx, token: string): Promise<ReconfirmLinkView> {
  const named = readReconfirmToken(ctx.env, token);
  const row =
    named &&
    (await ctx.db.listingConfirmation.findUnique({
      where: { id: named.confirmationId },
      select: {
        confirmedAt: true,
        listing: {
          select: {
            id: true,
            kind: true,
            state: true,
            reference: true,
            organisationId: true,
            lastConfirmedAt: true,
            unconfirmedAt: true,
            publishedVersion: { select: { texts: { select: { lang: true, title: true } } } },
          },
        },
      },
    }));
  const { listing } = row ?? {};
  if (!named || !row || !listing?.organisationId || !listing.reference) return { state: "wrong" };
  if (!(await memberIdsOf(ctx.db, listing.organisationId)).includes(named.personId)) return { state: "wrong" };
  const { id, kind, reference, lastConfirmedAt } = listing;
  const title = pickText(listing.publishedVersion?.texts ?? [], ctx.locale)?.title ?? reference;
  return {
    state: row.confirmedAt ? "confirmed" : listing.state === "published" ? "ready" : "over",
    listing: { id, kind, reference, title, lastConfirmedAt },
    hiddenSince: listing.unconfirmedAt,
    confirmedAt: row.confirmedAt,
    broker: await brokerFor(ctx, listing.organisationId),
  };
}
