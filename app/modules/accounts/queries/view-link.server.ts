import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { LIVE_ORGANISATION_STATES } from "../domain/states";
import { verifyLinkToken } from "../links.server";

export type LinkView = { state: "ready" | "over" | "wrong"; email: string | null };

/** "ng…@example.vn": enough for the owner to recognise. */
export function maskEmail(email: string): string {
  const [name = "", host = ""] = email.split("@");
  return `${name.slice(0, 2)}…@${host}`;
}

/** What a one-time link would do now; looking at it uses nothing up. */
export async function viewLink(
  ctx: Ctx,
  purpose: "confirm_email" | "reset_password",
  token: string,
): Promise<LinkView> {
  const id = verifyLinkToken(ctx.env, purpose, token);
  const link = id
    ? await ctx.db.oneTimeLink.findUnique({
        where: { id },
        select: {
          usedAt: true,
          expiresAt: true,
          person: { select: { email: true, emailConfirmedAt: true, disabledAt: true } },
        },
      })
    : null;
  if (!link || link.person.disabledAt) return { state: "wrong", email: null };
  const confirmed = purpose === "confirm_email" && link.person.emailConfirmedAt !== null;
  const over = link.usedAt !== null || link.expiresAt <= ctx.clock.now() || confirmed;
  return { state: over ? "over" : "ready", email: maskEmail(link.person.email) };
}

export type InvitationView =
  | { state: "wrong" | "over" }
  | {
      state: "ready";
      organisation: string;
      invitedBy: string | null;
      expiresAt: Date;
      email: string;
      mine: "yes" | "no" | "signed-out";
    };

/** What an invitation link would do now. */
export async function viewInvitation(ctx: Ctx, token: string): Promise<InvitationView> {
  const id = verifyLinkToken(ctx.env, "invitation", token);
  const row = id
    ? await ctx.db.invitation.findUnique({
        where: { id },
        select: {
          email: true,
          expiresAt: true,
          acceptedAt: true,
          revokedAt: true,
          invitedById: true,
          organisation: { select: { nameVi: true, state: true } },
        },
      })
    : null;
  if (!row) return { state: "wrong" };
  const live = (LIVE_ORGANISATION_STATES as readonly string[]).includes(row.organisation.state);
  if (row.acceptedAt || row.revokedAt || row.expiresAt <= ctx.clock.now() || !live) return { state: "over" };
  const inviter = await ctx.db.person.findUnique({ where: { id: row.invitedById }, select: { fullName: true } });
  const mine = !isPerson(ctx.actor) ? "signed-out" : ctx.actor.email === row.email ? "yes" : "no";
  return {
    state: "ready",
    organisation: row.organisation.nameVi,
    invitedBy: inviter?.fullName ?? null,
    expiresAt: row.expiresAt,
    email: maskEmail(row.email),
    mine,
  };
}
