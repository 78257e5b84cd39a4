import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { LIVE_ORGANISATION_STATES } from "../domain/states";

/** Everything /account shows the signed-in person about themselves; null when signed out. */
export async function viewAccount(ctx: Ctx) {
  const { actor, clock } = ctx;
  if (!isPerson(actor)) return null;
  const now = clock.now();
  const [person, invitations] = await Promise.all([
    ctx.db.person.findUniqueOrThrow({
      where: { id: actor.personId },
      select: {
        fullName: true,
        email: true,
        phone: true,
        position: true,
        locale: true,
        consents: { where: { withdrawnAt: null }, select: { purpose: true, textVersion: true, givenAt: true } },
        logins: {
          where: { revokedAt: null, expiresAt: { gt: now } },
          select: { id: true, createdAt: true, lastSeenAt: true, userAgent: true },
          orderBy: { lastSeenAt: "desc" },
          take: 50,
        },
        memberships: {
          where: { state: { in: ["active", "requested", "declined"] }, organisation: { state: { not: "merged" } } },
          select: {
            id: true,
            role: true,
            state: true,
            createdAt: true,
            organisation: { select: { id: true, nameVi: true, state: true, rejectReason: true, rejectNote: true } },
          },
          orderBy: { createdAt: "asc" },
        },
        claims: {
          select: {
            id: true,
            state: true,
            reasonCode: true,
            note: true,
            createdAt: true,
            organisation: { select: { id: true, nameVi: true, state: true } },
          },
          orderBy: { createdAt: "desc" },
          take: 20,
        },
      },
    }),
    listMyInvitations(ctx),
  ]);
  return {
    ...person,
    logins: person.logins.map((login) => ({
      ...login,
      device: deviceOf(login.userAgent),
      current: login.id === actor.loginId,
    })),
    invitations,
  };
}
export type AccountView = NonNullable<Awaited<ReturnType<typeof viewAccount>>>;

/** Open invitations sent to the signed-in person's confirmed address. */
export async function listMyInvitations(ctx: Ctx): Promise<{ id: string; organisation: string; expiresAt: Date }[]> {
  if (!isPerson(ctx.actor)) return [];
  const rows = await ctx.db.invitation.findMany({
    where: {
      email: ctx.actor.email,
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: ctx.clock.now() },
      organisation: { state: { in: [...LIVE_ORGANISATION_STATES] } },
    },
    select: { id: true, expiresAt: true, organisation: { select: { nameVi: true } } },
    orderBy: { createdAt: "desc" },
  });
  return rows.map((row) => ({ id: row.id, organisation: row.organisation.nameVi, expiresAt: row.expiresAt }));
}

/** "Firefox · Windows": enough to recognise one's own machine. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return "?";
  const browser = /(Edg|OPR|coc_coc_browser|Firefox|Chrome|Safari)/.exec(userAgent)?.[1] ?? "?";
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1] ?? "?";
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", coc_coc_browser: "Cốc Cốc", "Mac OS X": "macOS" };
  return `${names[browser] ?? browser} · ${names[system] ?? system}`;
}
