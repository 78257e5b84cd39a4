import { audit } from "~/platform/audit.server";
import { type Ctx, isPerson } from "~/platform/context";
import { transact } from "~/platform/db/transact.server";
import { isId, newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { ANNEX_DAYS, ASK_AGAIN_DAYS, annexDoor } from "../domain/annex-access";
import { isOwner, POLICY_FACTS } from "../policy";
import { findAnnexed, lockAnnexes, standingOf } from "../queries/annex-rows.server";
import { grantAccess } from "./grant-access.server";

const DAY_MS = 86_400_000;

/**
 * A verified organisation asks the owner to be let in. It gives its name away by asking, which the page says beforehand.
 * Failures: common:notFound, annexes:error.{notVerified,alreadyIn,alreadyAsked,declined}.
 */
export async function requestAnnex(
  ctx: Ctx,
  input: { listingId: string; organisationId: string },
): Promise<Result<{ requestId: string }>> {
  const { actor } = ctx;
  const { listingId, organisationId } = input;
  if (!isPerson(actor) || !isId(listingId)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    await lockAnnexes(tx, listingId);
    const row = await findAnnexed(tx, ctx, { id: listingId });
    if (!row) abort("common:notFound");
    if (!actor.memberships.some((one) => one.verified && one.organisationId === organisationId))
      abort("annexes:error.notVerified");
    if (annexDoor(await standingOf(tx, ctx, row), false) !== "closed") abort("annexes:error.alreadyIn");
    const now = ctx.clock.now();
    const earlier = await tx.annexRequest.findFirst({
      where: { listingId, organisationId },
      orderBy: { askedAt: "desc" },
      select: { state: true, answeredAt: true },
    });
    if (earlier?.state === "asked") abort("annexes:error.alreadyAsked");
    if (earlier?.state === "declined" && Number(earlier.answeredAt) + ASK_AGAIN_DAYS * DAY_MS > now.getTime())
      abort("annexes:error.declined", { params: { days: ASK_AGAIN_DAYS } });
    const id = newId();
    await tx.annexRequest.create({
      data: { id, listingId, organisationId, personId: actor.personId, state: "asked", askedAt: now },
    });
    await audit(tx, ctx, {
      action: "annex.requested",
      subjectKind: "listing",
      subjectId: listingId,
      after: { requestId: id, organisationId, state: "asked" },
    });
    await emit(tx, ctx, "annex.requested", id);
    return ok({ requestId: id });
  });
}

/**
 * The owner lets an organisation that asked in for some days, or declines. The reader still accepts the undertaking first.
 * Failures: common:notFound, annexes:error.{days,alreadyAnswered}.
 */
export async function answerAnnexRequest(
  ctx: Ctx,
  input: { listingId: string; requestId: string; answer: "granted" | "declined"; days: number },
): Promise<Result<void>> {
  const { actor } = ctx;
  const { listingId, requestId, answer, days } = input;
  if (!isPerson(actor) || !isId(listingId) || !isId(requestId)) return fail("common:notFound");
  if (answer === "granted" && !ANNEX_DAYS.some((one) => one === days)) return fail("annexes:error.days");
  return transact(ctx, async (tx) => {
    await lockAnnexes(tx, listingId);
    const listing = await tx.listing.findUnique({ where: { id: listingId }, select: POLICY_FACTS });
    const request = await tx.annexRequest.findUnique({ where: { id: requestId } });
    if (!listing || request?.listingId !== listingId || !isOwner(actor, listing)) abort("common:notFound");
    const now = ctx.clock.now();
    const moved = await tx.annexRequest.updateMany({
      where: { id: requestId, state: "asked" },
      data: { state: answer, answeredAt: now, answeredById: actor.personId },
    });
    if (moved.count === 0) {
      const who = await tx.person.findUnique({ where: { id: request.answeredById ?? "" }, select: { fullName: true } });
      abort("annexes:error.alreadyAnswered", { params: { name: who?.fullName ?? "…" } });
    }
    const { organisationId } = request;
    if (answer === "granted") {
      const until = new Date(now.getTime() + days * DAY_MS);
      await grantAccess(tx, ctx, {
        subject: { organisationId },
        thing: { listingId },
        scope: "annex",
        reason: "annex.requested",
        reasonId: requestId,
        until,
      });
    }
    await audit(tx, ctx, {
      action: "annex.answered",
      subjectKind: "listing",
      subjectId: listingId,
      before: { requestId, state: "asked" },
      after: { requestId, organisationId, state: answer, days: answer === "granted" ? days : null },
    });
    await emit(tx, ctx, "annex.answered", requestId);
    return ok();
  });
}

/**
 * The owner closes the annexes to an organisation, however they were opened to it. What it downloaded stays downloaded, and
 * its undertaking stands. It is told once. Safe to repeat. Failure: common:notFound.
 */
export async function closeAnnexTo(
  ctx: Ctx,
  input: { listingId: string; organisationId: string },
): Promise<Result<void>> {
  const { actor } = ctx;
  const { listingId, organisationId } = input;
  if (!isPerson(actor) || !isId(listingId) || !isId(organisationId)) return fail("common:notFound");
  return transact(ctx, async (tx) => {
    await lockAnnexes(tx, listingId);
    const listing = await tx.listing.findUnique({ where: { id: listingId }, select: POLICY_FACTS });
    if (!listing || !isOwner(actor, listing)) abort("common:notFound");
    const closed = await tx.accessGrant.updateMany({
      where: { listingId, organisationId, scope: "annex", revokedAt: null },
      data: { revokedAt: ctx.clock.now() },
    });
    if (closed.count === 0) return ok();
    await audit(tx, ctx, {
      action: "access.revoked",
      subjectKind: "listing",
      subjectId: listingId,
      after: { scope: "annex", organisationId, grants: closed.count },
    });
    await emit(tx, ctx, "annex.closed", listingId, { organisationId });
    return ok();
  });
}
