import type { Ctx, PersonActor } from "~/platform/context";

/** Is this login still good: not ended, not over, its person not disabled? Asked by what outlives a request. */
export async function loginStands(ctx: Ctx, actor: PersonActor): Promise<boolean> {
  const login = await ctx.db.login.findFirst({
    where: {
      id: actor.loginId,
      personId: actor.personId,
      revokedAt: null,
      expiresAt: { gt: ctx.clock.now() },
      person: { disabledAt: null },
    },
    select: { id: true },
  });
  return login !== null;
}
