import { linkToken, verifyLinkToken } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { maskAddress } from "~/platform/mask-address";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { mayLiftSuppressions } from "../policy";
import { NOTE_MIN } from "../schemas";

/**
 * Lets mails go to an address again, with a note why. Administrators only.
 * Fails: notFound, mailing:error.noteNeeded, alreadyLifted.
 */
export async function liftSuppression(ctx: Ctx, input: { id: string; note: string }): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor) || !mayLiftSuppressions(actor)) return fail("notFound");
  const note = cleanText(input.note);
  if (note.length < NOTE_MIN) {
    return fail("mailing:error.noteNeeded", { fields: { note: ["mailing:error.noteNeeded"] } });
  }
  return lift(ctx, input.id, { liftedById: actor.personId, liftNote: note });
}

/**
 * Sends the signed-in person a mail whose link says that their address works again.
 * Fails: notFound (signed out), mailing:error.notSuppressed, tooMany.
 */
export async function requestAddressCheck(ctx: Ctx): Promise<Result> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("notFound");
  const answer = await ctx.limits.consume("one-time-link", `check:${actor.personId}`);
  if (!answer.allowed) return fail("mailing:error.tooMany");
  return transact(ctx, async (tx) => {
    const stopped = await tx.mailSuppression.findFirst({
      where: { address: actor.email.toLowerCase(), liftedAt: null },
      select: { id: true },
    });
    if (!stopped) return fail("mailing:error.notSuppressed");
    await emit(tx, ctx, "person.address-check-requested", actor.personId, { suppressionId: stopped.id });
    await audit(tx, ctx, {
      action: "person.address-check-requested",
      subjectKind: "person",
      subjectId: actor.personId,
    });
    return ok();
  });
}

export type CheckView = { state: "wrong" } | { state: "ready" | "done"; address: string };

/** What a check link would say of which address. Looking changes nothing. */
export async function viewAddressCheck(ctx: Ctx, token: string): Promise<CheckView> {
  const id = verifyLinkToken(ctx.env, "address_check", token);
  const row =
    id && (await ctx.db.mailSuppression.findUnique({ where: { id }, select: { address: true, liftedAt: true } }));
  if (!row) return { state: "wrong" };
  return { state: row.liftedAt ? "done" : "ready", address: maskAddress(row.address) };
}

/** Who opened the mail and pressed its button has shown that the address works. Fails: mailing:error.linkWrong. */
export async function confirmAddress(ctx: Ctx, input: { token: string }): Promise<Result> {
  const id = verifyLinkToken(ctx.env, "address_check", input.token);
  if (!id) return fail("mailing:error.linkWrong");
  const result = await lift(ctx, id, { liftedById: null, liftNote: null });
  // pressed twice: it is done
  return !result.ok && result.code === "mailing:error.alreadyLifted" ? ok() : result;
}

/** Token of a check link: it speaks of one stop and is spent with it. */
export const checkToken = (env: Ctx["env"], suppressionId: string): string =>
  linkToken(env, "address_check", suppressionId);

function lift(ctx: Ctx, id: string, by: { liftedById: string | null; liftNote: string | null }): Promise<Result> {
  return transact(ctx, async (tx) => {
    const found = await tx.mailSuppression.findUnique({ where: { id }, select: { id: true } });
    if (!found) return fail("notFound");
    const lifted = await tx.mailSuppression.updateMany({
      where: { id, liftedAt: null },
      data: { liftedAt: ctx.clock.now(), ...by },
    });
    if (lifted.count === 0) abort("mailing:error.alreadyLifted");
    await audit(tx, ctx, {
      action: "mail.address-lifted",
      subjectKind: "mail-suppression",
      subjectId: id,
      before: { stopped: true },
      after: { stopped: false, by: by.liftedById ? "administrator" : "owner" },
    });
    return ok();
  });
}
