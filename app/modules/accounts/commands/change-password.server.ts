import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { abort, type Failure, fail, ok, type Result } from "~/platform/result";
import { verifyLinkToken } from "../links.server";
import { hashPassword, passwordFits } from "../passwords.server";
import { passwordError } from "../schemas";
import { type Caller, createLink, limited, revokeLogins, useLink } from "./shared.server";

/**
 * Changes the signed-in person's password and ends their other logins.
 * Fails: notFound (signed out), accounts:error.passwordWrong, passwordCommon, tooMany.
 */
export async function changePassword(
  ctx: Ctx,
  input: { current: string; password: string },
): Promise<Result<{ ended: number }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  const refused = await limited(ctx, "sign-in", [`person:${actor.personId}`]);
  if (refused) return refused;
  const person = await ctx.db.person.findUnique({ where: { id: actor.personId }, select: { passwordHash: true } });
  if (!(await passwordFits(person?.passwordHash, input.current))) {
    return fail("accounts:error.passwordWrong", { fields: { current: ["accounts:error.passwordWrong"] } });
  }
  const weak = weakness(input.password, actor);
  if (weak) return weak;
  const passwordHash = await hashPassword(input.password);
  return transact(ctx, async (tx) => {
    const changed = await tx.person.updateMany({
      where: { id: actor.personId, passwordHash: person?.passwordHash ?? null },
      data: { passwordHash },
    });
    if (changed.count === 0) abort("accounts:error.changedMeanwhile");
    const ended = await revokeLogins(tx, ctx, actor.personId, actor.loginId);
    await audit(tx, ctx, {
      action: "person.password-changed",
      subjectKind: "person",
      subjectId: actor.personId,
      after: { loginsEnded: ended },
    });
    await emit(tx, ctx, "person.password-changed", actor.personId);
    return ok({ ended });
  });
}

/** Mails a link to choose a new password, if the address is known. The answer never tells. Fails: tooMany. */
export async function requestReset(ctx: Ctx, input: { email: string } & Caller): Promise<Result> {
  const refused = await limited(ctx, "one-time-link", [`email:${input.email}`, `address:${input.remoteAddress}`]);
  if (refused) return refused;
  return transact(ctx, async (tx) => {
    const person = await tx.person.findFirst({ where: { email: input.email, disabledAt: null }, select: { id: true } });
    if (!person) return ok();
    const linkId = await createLink(tx, ctx, person.id, "reset_password");
    await audit(tx, ctx, { action: "person.reset-requested", subjectKind: "person", subjectId: person.id });
    await emit(tx, ctx, "person.reset-requested", person.id, { linkId });
    return ok();
  });
}

/**
 * Sets a new password by mailed link and ends all logins. The link came through the mailbox, so it confirms the address too.
 * Fails: accounts:error.linkWrong, linkUsed, passwordCommon.
 */
export async function resetPassword(ctx: Ctx, input: { token: string; password: string }): Promise<Result> {
  const linkId = verifyLinkToken(ctx.env, "reset_password", input.token);
  if (!linkId) return fail("accounts:error.linkWrong");
  const link = await ctx.db.oneTimeLink.findUnique({
    where: { id: linkId },
    select: {
      personId: true,
      person: { select: { email: true, fullName: true, emailConfirmedAt: true, disabledAt: true } },
    },
  });
  if (!link || link.person.disabledAt) return fail("accounts:error.linkWrong");
  const weak = weakness(input.password, link.person);
  if (weak) return weak;
  const passwordHash = await hashPassword(input.password);
  return transact(ctx, async (tx) => {
    if (!(await useLink(tx, ctx, linkId, "reset_password"))) abort("accounts:error.linkUsed");
    const now = ctx.clock.now();
    await tx.person.update({
      where: { id: link.personId },
      data: { passwordHash, emailConfirmedAt: link.person.emailConfirmedAt ?? now },
    });
    const ended = await revokeLogins(tx, ctx, link.personId);
    await audit(tx, ctx, {
      action: "person.password-reset",
      subjectKind: "person",
      subjectId: link.personId,
      after: { loginsEnded: ended },
    });
    await emit(tx, ctx, "person.password-changed", link.personId);
    return ok();
  });
}

function weakness(password: string, own: { email: string; fullName: string }): Failure | null {
  const error = passwordError(password, own);
  return error === null ? null : fail(error, { fields: { password: [error] } });
}
