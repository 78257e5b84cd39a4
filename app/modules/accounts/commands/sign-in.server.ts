import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { fail, ok, type Result } from "~/platform/result";
import { signal } from "~/platform/signal.server";
import { passwordFits } from "../passwords.server";
import type { SignInInput } from "../schemas";
import { type Caller, createLogin, limited } from "./shared.server";

/**
 * Signs a person in. An unknown e-mail and a wrong password get one answer in one time; only somebody with the right
 * password learns that the address is not confirmed yet.
 * Fails: accounts:error.signInWrong, unconfirmed, tooMany.
 */
export async function signIn(ctx: Ctx, input: SignInInput & Caller): Promise<Result<{ loginToken: string }>> {
  const refused = await limited(ctx, "sign-in", [`email:${input.email}`, `address:${input.remoteAddress}`]);
  if (refused) return refused;
  const person = await ctx.db.person.findUnique({
    where: { email: input.email },
    select: { id: true, passwordHash: true, emailConfirmedAt: true, disabledAt: true },
  });
  const fits = await passwordFits(person?.passwordHash, input.password);
  if (!person || !fits || person.disabledAt) return fail("accounts:error.signInWrong");
  if (!person.emailConfirmedAt) return fail("accounts:error.unconfirmed");
  const result = await transact(ctx, async (tx) => {
    const loginToken = await createLogin(tx, ctx, person.id, input);
    await audit(tx, ctx, { action: "person.signed-in", subjectKind: "person", subjectId: person.id });
    return ok({ loginToken });
  });
  await ctx.limits.reset("sign-in", `email:${input.email}`);
  return result;
}

/** Ends the login of this request. Nobody signed in: nothing to do. */
export async function signOut(ctx: Ctx): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return ok();
  return endLogin(ctx, actor.personId, actor.loginId, "person.signed-out");
}

/** Ends another login of the same person (a lost telephone). Fails: notFound. */
export async function revokeLogin(ctx: Ctx, input: { loginId: string }): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor) || !isId(input.loginId)) return fail("notFound");
  return endLogin(ctx, actor.personId, input.loginId, "login.revoked");
}

function endLogin(ctx: Ctx, personId: string, loginId: string, action: string): Promise<Result> {
  return transact(ctx, async (tx) => {
    const ended = await tx.login.updateMany({
      where: { id: loginId, personId, revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (ended.count === 0) return fail("notFound");
    await signal(tx, "logins", [loginId]);
    await audit(tx, ctx, { action, subjectKind: "login", subjectId: loginId });
    return ok();
  });
}
