import type { Side } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { type Failure, fail } from "~/platform/result";
import type { IntroductionSnapshot } from "../domain/introduction-states";

/** The deadline both sides answer by. */
export const REPLY_DUE = "introduction.reply";

const SELECT = {
  id: true,
  state: true,
  replyBy: true,
  caseId: true,
  needId: true,
  offeringId: true,
  case: { select: { officeId: true, brokerId: true } },
  sides: { select: { id: true, side: true, state: true, organisationId: true, remindedOn: true } },
} as const;

/**
 * Takes the introduction for this transaction. Answers of both sides, the clock and the broker all pass here one after the
 * other, so that each sees what the one before did; null when there is none.
 */
export async function lockIntroduction(tx: Tx, id: string) {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM introduction WHERE id = ${id}::uuid FOR UPDATE`;
  return rows.length === 0 ? null : tx.introduction.findUniqueOrThrow({ where: { id }, select: SELECT });
}
export type LockedIntroduction = NonNullable<Awaited<ReturnType<typeof lockIntroduction>>>;

export function snapshotOf(introduction: LockedIntroduction): IntroductionSnapshot {
  const of = (side: Side) => introduction.sides.find((one) => one.side === side)?.state ?? "asked";
  return { state: introduction.state, sides: { need: of("need"), offering: of("offering") } };
}

/** Something was settled: the case is the broker's to move again, today. A date already nearer stays. */
export async function bringForward(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const today = dateOnly(localDay(ctx.clock.now()));
  await tx.brokerCase.updateMany({
    where: { id: caseId, state: "open", nextActionOn: { gt: today } },
    data: { nextActionOn: today },
  });
}

/** Was a listing it is about withdrawn, or did it run out? Then there is nothing left to introduce anybody to. */
export async function isListingGone(
  tx: Tx,
  introduction: Pick<LockedIntroduction, "needId" | "offeringId">,
): Promise<boolean> {
  const ids = [introduction.needId, introduction.offeringId].flatMap((id) => id ?? []);
  return (await tx.listing.count({ where: { id: { in: ids }, state: { not: "published" } } })) > 0;
}

/** The last day to answer is over, whether the sweep has come by or not. */
export function isPastReplyBy(ctx: Ctx, introduction: { replyBy: Date }): boolean {
  return localDay(ctx.clock.now()) > introduction.replyBy.toISOString().slice(0, 10);
}

/** Why an answer or a withdrawal comes too late, in words that do not tell what the other side said. */
export function tooLate(introduction: { state: LockedIntroduction["state"] }): Failure {
  switch (introduction.state) {
    case "accepted":
      return fail("brokering:error.alreadyAccepted");
    case "withdrawn":
      return fail("brokering:error.withdrawn");
    case "expired":
      return fail("brokering:error.expired");
    default:
      return fail("brokering:error.settled");
  }
}
