import type { AnswerChannel, Side } from "~/generated/prisma/enums";
import { grantAccess } from "~/modules/listings/index.server";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { needReason } from "~/platform/lists/reasons.server";
import { emit } from "~/platform/outbox.server";
import { type Failure, fail, ok, type Result } from "~/platform/result";
import { closeDue } from "~/platform/rules.server";
import { AUDIT_ACTIONS, afterAction, otherSide } from "../domain/introduction-states";
import { DECLINE_REASONS } from "../domain/reasons";
import type { AnswerInput } from "../schemas";
import {
  bringForward,
  isListingGone,
  isPastReplyBy,
  type LockedIntroduction,
  lockIntroduction,
  REPLY_DUE,
  snapshotOf,
  tooLate,
} from "./introduction-rows.server";

export type SideAnswer = AnswerInput & {
  introductionId: string;
  side: Side;
  channel: AnswerChannel;
  /** who answered; for a phone answer the broker who wrote it down */
  answeredById: string;
  /** set when the actor is not signed in as that person (link) */
  onBehalfOfId?: string;
  /** asked once the introduction is held: may this still be answered so? */
  recheck?: (tx: Tx, introduction: LockedIntroduction) => Promise<Failure | null>;
};
export type Answered = { state: "proposed" | "accepted" | "declined" };

/**
 * One side's answer, in one transaction with what follows from it: the second yes opens the contacts of both, a no ends the
 * introduction. The caller has authorised it. Of two answers, or an answer and the clock, one wins and the other is told.
 */
export async function settleSide(ctx: Ctx, input: SideAnswer): Promise<Result<Answered>> {
  return transact(ctx, async (tx): Promise<Result<Answered>> => {
    const introduction = await lockIntroduction(tx, input.introductionId);
    const side = introduction?.sides.find((one) => one.side === input.side);
    if (!introduction || !side) return fail("common:notFound");
    const refused = await input.recheck?.(tx, introduction);
    if (refused) return refused;
    if (side.state !== "asked") return alreadyAnswered(tx, side.id);
    if (introduction.state === "proposed" && isPastReplyBy(ctx, introduction)) return fail("brokering:error.expired");
    const accepts = input.answer === "accepted";
    if (accepts && introduction.state === "proposed" && (await isListingGone(tx, introduction)))
      return fail("brokering:error.listingGone");
    const next = afterAction(snapshotOf(introduction), { kind: accepts ? "accept" : "decline", side: input.side });
    if (!next) return tooLate(introduction);

    if (!accepts) await needReason(tx, "introduction.decline", DECLINE_REASONS, input.reasonCode);
    const now = ctx.clock.now();
    const answers = accepts
      ? { cooperation: input.cooperation, unclear: input.unclear, about: input.about, reasonCode: null }
      : { cooperation: null, unclear: null, about: null, reasonCode: input.reasonCode };
    const written = await tx.introductionSide.updateMany({
      where: { id: side.id, state: "asked" },
      data: {
        state: input.answer,
        ...answers,
        note: input.note,
        channel: input.channel,
        answeredById: input.answeredById,
        answeredAt: now,
      },
    });
    if (written.count === 0) return alreadyAnswered(tx, side.id);
    await audit(tx, ctx, {
      action: AUDIT_ACTIONS.answered,
      subjectKind: "introduction",
      subjectId: introduction.id,
      ...(input.onBehalfOfId ? { onBehalfOfId: input.onBehalfOfId } : {}),
      before: { state: introduction.state },
      after: {
        state: next.state,
        side: input.side,
        answer: input.answer,
        channel: input.channel,
        reasonCode: answers.reasonCode,
      },
    });
    // the side whose answer the broker wrote down hears it, and may protest
    if (input.channel === "phone")
      await emit(tx, ctx, "introduction.side-answered", introduction.id, { sideId: side.id });
    if (next.state === "proposed") {
      const own = input.channel === "phone" && input.answeredById === introduction.case.brokerId;
      if (!own)
        await emit(tx, ctx, "introduction.side-answered", introduction.id, { brokerId: introduction.case.brokerId });
      return ok({ state: "proposed" });
    }
    const state = next.state === "accepted" ? "accepted" : "declined";
    await settle(tx, ctx, introduction, state, input.side);
    return ok({ state });
  });
}

async function settle(
  tx: Tx,
  ctx: Ctx,
  introduction: LockedIntroduction,
  state: "accepted" | "declined",
  by: Side,
): Promise<void> {
  const moved = await tx.introduction.updateMany({
    where: { id: introduction.id, state: "proposed" },
    data: { state, settledAt: ctx.clock.now() },
  });
  if (moved.count === 0) throw new Error(`Introduction ${introduction.id} changed while it was held`);
  await closeDue(tx, ctx, introduction.id, [REPLY_DUE], "done");
  if (state === "accepted") await openContacts(tx, ctx, introduction);
  await bringForward(tx, ctx, introduction.caseId);
  const event = state === "accepted" ? "introduction.accepted" : "introduction.declined";
  for (const side of introduction.sides) {
    // who says no knows it; the other side is told politely
    if (state === "accepted" || side.side !== by) await emit(tx, ctx, event, introduction.id, { sideId: side.id });
  }
  await emit(tx, ctx, event, introduction.id, { brokerId: introduction.case.brokerId });
}

/** Both said yes: each organisation may see the contacts and the owner of the other's listing, and is let in to its annexes. */
async function openContacts(tx: Tx, ctx: Ctx, introduction: LockedIntroduction): Promise<void> {
  const listings: Record<Side, string | null> = { need: introduction.needId, offering: introduction.offeringId };
  for (const side of introduction.sides) {
    const listingId = listings[otherSide(side.side)];
    // a side without a listing has its contact in the case; the accepted introduction itself shows it
    if (!listingId) continue;
    // the annex still asks for the undertaking; the owner can close it again without closing the contacts
    for (const scope of ["contacts", "annex"] as const)
      await grantAccess(tx, ctx, {
        subject: { organisationId: side.organisationId },
        thing: { listingId },
        scope,
        reason: "introduction.accepted",
        reasonId: introduction.id,
      });
  }
  await audit(tx, ctx, {
    action: "introduction.accepted",
    subjectKind: "introduction",
    subjectId: introduction.id,
    after: { state: "accepted", needId: introduction.needId, offeringId: introduction.offeringId },
  });
}

/** A colleague (or another tap on the link) was quicker. */
async function alreadyAnswered(tx: Tx, sideId: string): Promise<Failure> {
  const side = await tx.introductionSide.findUnique({
    where: { id: sideId },
    select: { answeredById: true, state: true },
  });
  const who = side?.answeredById
    ? await tx.person.findUnique({ where: { id: side.answeredById }, select: { fullName: true } })
    : null;
  return fail(`brokering:error.alreadyAnswered.${side?.state === "declined" ? "declined" : "accepted"}`, {
    params: { name: who?.fullName ?? "…" },
  });
}
