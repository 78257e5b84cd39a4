import { visibleTo } from "~/modules/listings/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isMemberOf, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, ok, type Result } from "~/platform/result";
import { openDue } from "~/platform/rules.server";
import { cleanText } from "~/platform/text";
import { speakingFor } from "../policy";
import type { InterestInput } from "../schemas";

/** Open interests an organisation may have at a time: who asks everybody asks nobody. */
export const MOST_OPEN_INTERESTS = 10;

/** The match this interest speaks of must join the listing with the organisation's own, or be one of its own listing's. */
async function matchFits(ctx: Ctx, matchId: string, listingId: string, organisationId: string): Promise<boolean> {
  const side = { organisationId };
  const found = await ctx.db.match.count({
    where: {
      id: matchId,
      AND: [{ OR: [{ needId: listingId }, { offeringId: listingId }] }, { OR: [{ need: side }, { offering: side }] }],
    },
  });
  return found > 0;
}

/**
 * A verified organisation says "we can solve this" about a need, or asks the broker about any listing it sees (its own
 * included). The broker answers within a working-day limit; contacts are not revealed.
 * Failures: matching:error.{notFound,notVerified,notOnOwn,needsOnly,alreadyOpen,tooManyOpen}.
 */
export async function expressInterest(
  ctx: Ctx,
  input: InterestInput & { listingId: string },
): Promise<Result<{ interestId: string }>> {
  const { actor } = ctx;
  const now = ctx.clock.now();
  if (!isPerson(actor)) return fail("matching:error.notFound");
  const listing = await ctx.db.listing.findFirst({
    where: {
      AND: [
        {
          id: input.listingId,
          state: "published",
          OR: [{ expiresOn: null }, { expiresOn: { gte: dateOnly(localDay(now)) } }],
        },
        visibleTo(actor, now),
      ],
    },
    select: { id: true, kind: true, organisationId: true, officeId: true },
  });
  if (!listing) return fail("matching:error.notFound");
  if (!speakingFor(actor).some((org) => org.organisationId === input.organisationId))
    return fail("matching:error.notVerified");
  if (input.kind === "can_solve" && listing.kind !== "need") return fail("matching:error.needsOnly");
  if (input.kind === "can_solve" && listing.organisationId !== null && isMemberOf(actor, listing.organisationId))
    return fail("matching:error.notOnOwn");
  if (input.matchId && !(await matchFits(ctx, input.matchId, listing.id, input.organisationId)))
    return fail("matching:error.notFound");
  const message = cleanText(input.message);

  return transact(ctx, async (tx) => {
    // one at a time per organisation, so that the limit holds however often the button is pressed
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`interest ${input.organisationId}`}, 0))`;
    const open = { organisationId: input.organisationId, state: "open" as const };
    if (
      (await tx.interest.count({
        where: { ...open, listingId: listing.id, kind: input.kind, matchId: input.matchId ?? null },
      })) > 0
    ) {
      abort("matching:error.alreadyOpen");
    }
    if ((await tx.interest.count({ where: open })) >= MOST_OPEN_INTERESTS)
      abort("matching:error.tooManyOpen", { params: { most: MOST_OPEN_INTERESTS } });
    const id = newId();
    await tx.interest.create({
      data: {
        id,
        listingId: listing.id,
        organisationId: input.organisationId,
        personId: actor.personId,
        matchId: input.matchId ?? null,
        kind: input.kind,
        message,
        createdAt: now,
      },
    });
    await openDue(
      tx,
      ctx,
      { kind: "interest", subjectKind: "interest", subjectId: id, officeId: listing.officeId },
      "interest.answer.workingDays",
    );
    await audit(tx, ctx, {
      action: "interest.expressed",
      subjectKind: "interest",
      subjectId: id,
      after: { listingId: listing.id, organisationId: input.organisationId, kind: input.kind },
    });
    await emit(tx, ctx, "interest.expressed", id);
    return ok({ interestId: id });
  });
}
