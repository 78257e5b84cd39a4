import type { AnswerChannel } from "~/generated/prisma/enums";
import { memberIdsOf } from "~/modules/accounts/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { isId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { closeDue, numberRuleAt, putDue } from "~/platform/rules.server";
import { addMonths } from "../domain/days";
import { isOfficeBroker, isOwner, POLICY_FACTS } from "../policy";
import { readReconfirmToken } from "../queries/reconfirm-token.server";

export const RECONFIRM_DUE = "listing.reconfirm";

/**
 * Says that a published listing still holds: its owner on the page, or a broker of the office who heard it on the telephone.
 * A hidden listing is back on the shelf at once. Failures: common:notFound, listings:error.notPublished.
 */
export async function reconfirmListing(ctx: Ctx, input: { listingId: string }): Promise<Result<void>> {
  const { actor } = ctx;
  if (!isId(input.listingId) || !isPerson(actor)) return fail("common:notFound");
  const row = await ctx.db.listing.findUnique({ where: { id: input.listingId }, select: POLICY_FACTS });
  const owner = row !== null && isOwner(actor, row);
  if (!row || !(owner || isOfficeBroker(actor, row.officeId))) return fail("common:notFound");
  return transact(ctx, (tx) =>
    settle(tx, ctx, { listingId: input.listingId, personId: actor.personId, channel: owner ? "page" : "phone" }),
  );
}

/**
 * The same by the one-click link of a mail, without signing in. The link is one person's for one question: it ends with the
 * answer, whoever gives it, and with the person's membership.
 * Failures: common:tooMany, listings:error.{linkWrong,confirmedByLink,notPublished}.
 */
export async function reconfirmByLink(
  ctx: Ctx,
  { token, remoteAddress }: { token: string; remoteAddress: string },
): Promise<Result<void>> {
  if (ctx.actor.kind !== "system" && !(await ctx.limits.consume("one-time-link", `address:${remoteAddress}`)).allowed)
    return fail("common:tooMany");
  const named = readReconfirmToken(ctx.env, token);
  const asked =
    named &&
    (await ctx.db.listingConfirmation.findUnique({
      where: { id: named.confirmationId },
      select: { listingId: true, listing: { select: { organisationId: true } } },
    }));
  const organisationId = asked?.listing.organisationId;
  if (!named || !asked || !organisationId) return fail("listings:error.linkWrong");
  const { confirmationId, personId } = named;
  return transact(ctx, async (tx) => {
    if (!(await memberIdsOf(tx, organisationId)).includes(personId)) return fail("listings:error.linkWrong");
    const recheck = async (): Promise<Failure | null> => {
      const still = await tx.listingConfirmation.count({ where: { id: confirmationId, confirmedAt: null } });
      return still === 0 ? fail("listings:error.confirmedByLink") : null;
    };
    return settle(tx, ctx, { listingId: asked.listingId, personId, channel: "link", onBehalfOfId: personId, recheck });
  });
}

type Settle = {
  listingId: string;
  personId: string;
  channel: AnswerChannel;
  onBehalfOfId?: string;
  /** asked once the listing is held */
  recheck?: () => Promise<Failure | null>;
};

async function settle(tx: Tx, ctx: Ctx, input: Settle): Promise<Result<void>> {
  const { listingId, personId, channel } = input;
  const [held] = await tx.$queryRaw<{ state: string; officeId: string; expiresOn: Date | null; hidden: boolean }[]>`
    SELECT state::text, office_id AS "officeId", expires_on AS "expiresOn", unconfirmed_at IS NOT NULL AS hidden
      FROM listing WHERE id = ${listingId}::uuid FOR UPDATE`;
  if (held?.state !== "published") return fail("listings:error.notPublished");
  const refused = await input.recheck?.();
  if (refused) return refused;
  const now = ctx.clock.now();
  await tx.listing.update({
    where: { id: listingId },
    data: {
      lastConfirmedAt: now,
      unconfirmedAt: null,
      // the index knows nothing of confirmations: only a listing that comes back is written anew
      ...(held.hidden ? { updatedAt: now, rowVersion: { increment: 1 } } : {}),
    },
  });
  await tx.listingConfirmation.updateMany({
    where: { listingId, confirmedAt: null },
    data: { confirmedAt: now, confirmedById: personId, channel },
  });
  await askAgain(tx, ctx, { id: listingId, officeId: held.officeId, expiresOn: held.expiresOn });
  await audit(tx, ctx, {
    action: "listing.reconfirmed",
    subjectKind: "listing",
    subjectId: listingId,
    ...(input.onBehalfOfId ? { onBehalfOfId: input.onBehalfOfId } : {}),
    before: { state: held.state, hidden: held.hidden },
    after: { state: held.state, hidden: false, channel },
  });
  await emit(tx, ctx, "listing.reconfirmed", listingId, { hidden: held.hidden ? "yes" : "no" });
  return ok();
}

/** Opens the next question's date, some months from today (rule listing.reconfirmMonths); none when it expires before. */
export async function askAgain(
  tx: Tx,
  ctx: Ctx,
  listing: { id: string; officeId: string; expiresOn: Date | null },
): Promise<void> {
  const now = ctx.clock.now();
  const rule = await numberRuleAt(tx, "listing.reconfirmMonths", now);
  const on = dateOnly(addMonths(localDay(now), rule.value));
  const due = { kind: RECONFIRM_DUE, subjectKind: "listing", subjectId: listing.id, officeId: listing.officeId };
  if (!listing.expiresOn || on < listing.expiresOn) await putDue(tx, ctx, due, on, rule);
  else await closeDue(tx, ctx, listing.id, [RECONFIRM_DUE], "done");
}
