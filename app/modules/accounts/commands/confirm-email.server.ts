import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { verifyLinkToken } from "../links.server";
import { passwordFits } from "../passwords.server";
import { type Caller, createLink, createLogin, limited, useLink } from "./shared.server";

/**
 * Confirms an e-mail address and signs the person in. Needs the mailed link and the password chosen at sign-up: whoever
 * signs up with another person's address cannot get its owner to open the account for them by one careless press.
 * Fails: accounts:error.linkWrong, linkUsed, passwordWrong, tooMany.
 */
export async function confirmEmail(
  ctx: Ctx,
  input: { token: string; password: string } & Caller,
): Promise<Result<{ loginToken: string }>> {
  const linkId = verifyLinkToken(ctx.env, "confirm_email", input.token);
  if (!linkId) return fail("accounts:error.linkWrong");
  const refused = await limited(ctx, "sign-in", [`link:${linkId}`, `address:${input.remoteAddress}`]);
  if (refused) return refused;
  const link = await ctx.db.oneTimeLink.findUnique({
    where: { id: linkId },
    select: {
      personId: true,
      usedAt: true,
      expiresAt: true,
      person: { select: { passwordHash: true, disabledAt: true } },
    },
  });
  if (!link || link.person.disabledAt) return fail("accounts:error.linkWrong");
  if (link.usedAt || link.expiresAt <= ctx.clock.now()) return fail("accounts:error.linkUsed");
  const { passwordHash } = link.person;
  if (!(await passwordFits(passwordHash, input.password))) {
    return fail("accounts:error.passwordWrong", { fields: { password: ["accounts:error.passwordWrong"] } });
  }
  return transact(ctx, async (tx) => {
    if (!(await useLink(tx, ctx, linkId, "confirm_email"))) abort("accounts:error.linkUsed");
    // the hash is part of the condition: a sign-up that replaced it since then is another person's, perhaps
    const confirmed = await tx.person.updateMany({
      where: { id: link.personId, emailConfirmedAt: null, passwordHash },
      data: { emailConfirmedAt: ctx.clock.now() },
    });
    if (confirmed.count === 0) abort("accounts:error.linkUsed");
    await audit(tx, ctx, { action: "person.email-confirmed", subjectKind: "person", subjectId: link.personId });
    return ok({ loginToken: await createLogin(tx, ctx, link.personId, input) });
  });
}

/** Mails a new confirmation link, if somebody with this address waits for one. The answer never tells. Fails: tooMany. */
export async function requestConfirmation(ctx: Ctx, input: { email: string } & Caller): Promise<Result> {
  const refused = await limited(ctx, "one-time-link", [`email:${input.email}`, `address:${input.remoteAddress}`]);
  if (refused) return refused;
  return transact(ctx, async (tx) => {
    const person = await tx.person.findFirst({
      where: { email: input.email, emailConfirmedAt: null, disabledAt: null },
      select: { id: true },
    });
    if (!person) return ok();
    const linkId = await createLink(tx, ctx, person.id, "confirm_email");
    await audit(tx, ctx, { action: "person.confirmation-requested", subjectKind: "person", subjectId: person.id });
    await emit(tx, ctx, "person.confirmation-requested", person.id, { linkId });
    return ok();
  });
}
