import { brokerFor } from "~/modules/accounts/index.server";
import { visibleTo } from "~/modules/listings/index.server";
import { audit } from "~/platform/audit.server";
import { type Ctx, isMemberOf, isPerson, type PersonActor } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { abort, fail, ok, type Result } from "~/platform/result";
import { openDue } from "~/platform/rules.server";
import { cleanText } from "~/platform/text";
import { speakingFor } from "../policy";
import type { Asked, InterestInput } from "../schemas";

/** Open interests an organisation, or a person who speaks for none, may have at a time: who asks everybody asks nobody. */
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

type Question = {
  officeId: string;
  listingId: string | null;
  organisationId: string | null;
  brokerId: string | null;
  matchId: string | null;
  kind: InterestInput["kind"];
  message: string;
  asked?: Asked;
};

/** Puts it into the broker's queue, with the day by which it is answered. */
async function enqueue(ctx: Ctx, actor: PersonActor, question: Question): Promise<Result<{ interestId: string }>> {
  const { officeId, asked, ...row } = question;
  const now = ctx.clock.now();
  const asker = row.organisationId
    ? { organisationId: row.organisationId }
    : { organisationId: null, personId: actor.personId };
  return transact(ctx, async (tx) => {
    // one at a time per asker, so that the limit holds however often the button is pressed
    const lock = `interest ${row.organisationId ?? actor.personId}`;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
    const open = { ...asker, state: "open" as const };
    const same = { listingId: row.listingId, kind: row.kind, matchId: row.matchId };
    if (row.listingId && (await tx.interest.count({ where: { ...open, ...same } })) > 0)
      abort("matching:error.alreadyOpen");
    if ((await tx.interest.count({ where: open })) >= MOST_OPEN_INTERESTS)
      abort("matching:error.tooManyOpen", { params: { most: MOST_OPEN_INTERESTS } });
    const id = newId();
    await tx.interest.create({
      data: { ...row, id, personId: actor.personId, createdAt: now, ...(asked ? { asked } : {}) },
    });
    await openDue(
      tx,
      ctx,
      { kind: "interest", subjectKind: "interest", subjectId: id, officeId },
      "interest.answer.workingDays",
    );
    await audit(tx, ctx, {
      action: "interest.expressed",
      subjectKind: "interest",
      subjectId: id,
      after: { state: "open", listingId: row.listingId, organisationId: row.organisationId, kind: row.kind },
    });
    await emit(tx, ctx, "interest.expressed", id);
    return ok({ interestId: id });
  });
}

/**
 * A verified organisation says "we can solve this" about a need, or anybody who is signed in asks the broker about a listing
 * they see (their own included). The broker answers within a working-day limit; contacts are not revealed.
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
    select: { id: true, kind: true, organisationId: true, officeId: true, brokerId: true },
  });
  if (!listing) return fail("matching:error.notFound");
  const organisationId = input.organisationId ?? null;
  if (!maySpeak(actor, organisationId, input.kind)) return fail("matching:error.notVerified");
  if (input.kind === "can_solve" && listing.kind !== "need") return fail("matching:error.needsOnly");
  if (input.kind === "can_solve" && listing.organisationId !== null && isMemberOf(actor, listing.organisationId))
    return fail("matching:error.notOnOwn");
  if (input.matchId && !(organisationId && (await matchFits(ctx, input.matchId, listing.id, organisationId))))
    return fail("matching:error.notFound");
  const broker = listing.brokerId ? null : await brokerFor(ctx, listing.organisationId);
  return enqueue(ctx, actor, {
    officeId: listing.officeId,
    listingId: listing.id,
    organisationId,
    brokerId: listing.brokerId ?? broker?.personId ?? null,
    matchId: input.matchId ?? null,
    kind: input.kind,
    message: cleanText(input.message),
  });
}

/** In an organisation's name speak the members of a verified one; a question may be one's own. */
function maySpeak(actor: PersonActor, organisationId: string | null, kind: InterestInput["kind"]): boolean {
  if (organisationId === null) return kind === "ask_broker";
  return speakingFor(actor).some((org) => org.organisationId === organisationId);
}

/**
 * Anybody who is signed in asks the broker for what a search did not find; the search goes along. It lands in the queue of
 * the broker who looks after the asker's organisation, else of the Department's first.
 * Failures: matching:error.{notFound,notVerified,tooManyOpen}.
 */
export async function askBroker(
  ctx: Ctx,
  input: { organisationId?: string; message: string; asked: Asked | null },
): Promise<Result<{ interestId: string }>> {
  const { actor } = ctx;
  if (!isPerson(actor)) return fail("matching:error.notFound");
  const organisationId = input.organisationId ?? null;
  if (!maySpeak(actor, organisationId, "ask_broker")) return fail("matching:error.notVerified");
  const broker = await brokerFor(ctx, organisationId);
  return enqueue(ctx, actor, {
    officeId: actor.officeId,
    listingId: null,
    organisationId,
    brokerId: broker?.personId ?? null,
    matchId: null,
    kind: "ask_broker",
    message: cleanText(input.message),
    ...(input.asked ? { asked: input.asked } : {}),
  });
}
