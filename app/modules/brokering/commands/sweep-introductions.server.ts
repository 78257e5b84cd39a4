import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { sweepRow } from "~/platform/db/sweep-row.server";
import { emit } from "~/platform/outbox.server";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail, ok, type Result } from "~/platform/result";
import { calendarFrom, closeDue, numberRuleAt } from "~/platform/rules.server";
import type { WorkingCalendar } from "~/platform/working-days";
import { AUDIT_ACTIONS } from "../domain/introduction-states";
import { sweepStep } from "../domain/sweep-step";
import {
  bringForward,
  isListingGone,
  type LockedIntroduction,
  lockIntroduction,
  REPLY_DUE,
} from "./introduction-rows.server";
import { takeBack } from "./withdraw-introduction.server";

export type SweepReport = { reminded: number; escalated: number; expired: number; withdrawn: number; failed: number };

const DAY = 86_400_000;
/** No reminder goes out earlier than this many calendar days before the last day; Tết is nine days long. */
const HORIZON_DAYS = 31;

/**
 * What the clock does to introductions that wait: reminds who has not answered, tells the broker on the last day, expires
 * what ran out, takes back what has lost its listing. Safe to run as often as one likes; after a pause each introduction gets the one step that applies today.
 * For the system only. Failures: common:forbidden.
 */
export async function sweepIntroductions(ctx: Ctx): Promise<Result<SweepReport>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const today = localDay(now);
  const remindBefore = (await numberRuleAt(ctx.db, "introduction.remindWorkingDays", now)).value;
  const calendar = await calendarFrom(ctx.db, now);
  const waiting = await ctx.db.introduction.findMany({
    where: {
      state: "proposed",
      OR: [
        { replyBy: { lte: new Date(dateOnly(today).getTime() + HORIZON_DAYS * DAY) } },
        { case: { need: { state: { not: "published" } } } },
        { case: { offering: { state: { not: "published" } } } },
      ],
    },
    orderBy: { replyBy: "asc" },
    select: { id: true },
  });
  const report: SweepReport = { reminded: 0, escalated: 0, expired: 0, withdrawn: 0, failed: 0 };
  for (const { id } of waiting) {
    const row = { ids: { introductionId: id }, failed: "an introduction could not be swept" };
    const end = await sweepRow(ctx, row, (tx) => sweepOne(tx, ctx, id, { today, remindBefore, calendar }));
    if (end === "failed") report.failed += 1;
    else if (end.did) report[end.did] += 1;
  }
  return ok(report);
}

type Today = { today: string; remindBefore: number; calendar: WorkingCalendar };

async function sweepOne(
  tx: Tx,
  ctx: Ctx,
  id: string,
  { today, remindBefore, calendar }: Today,
): Promise<"reminded" | "escalated" | "expired" | "withdrawn" | null> {
  const introduction = await lockIntroduction(tx, id);
  if (introduction?.state !== "proposed") return null;
  if (await isListingGone(tx, introduction)) {
    await takeBack(tx, ctx, introduction, "listing-gone");
    return "withdrawn";
  }
  const due = { kind: REPLY_DUE, subjectKind: "introduction", subjectId: id, state: "open" as const };
  const escalated = (await tx.due.count({ where: { ...due, remindedOn: null } })) === 0;
  const sides = introduction.sides.map((side) => ({ state: side.state, reminded: side.remindedOn !== null }));
  const replyBy = introduction.replyBy.toISOString().slice(0, 10);
  switch (sweepStep({ today, replyBy, remindBefore, sides, escalated }, calendar)) {
    case "remind":
      await remind(tx, ctx, introduction, today);
      return "reminded";
    case "escalate":
      await tx.due.updateMany({ where: { ...due, remindedOn: null }, data: { remindedOn: dateOnly(today) } });
      await audit(tx, ctx, { action: "introduction.escalated", subjectKind: "introduction", subjectId: id });
      await emit(tx, ctx, "introduction.escalated", id, { brokerId: introduction.case.brokerId });
      return "escalated";
    case "expire":
      await expire(tx, ctx, introduction);
      return "expired";
    default:
      return null;
  }
}

async function remind(tx: Tx, ctx: Ctx, introduction: LockedIntroduction, today: string): Promise<void> {
  const silent = introduction.sides.filter((side) => side.state === "asked" && side.remindedOn === null);
  for (const side of silent) {
    await tx.introductionSide.updateMany({
      where: { id: side.id, remindedOn: null },
      data: { remindedOn: dateOnly(today) },
    });
    await emit(tx, ctx, "introduction.reminder-due", introduction.id, { sideId: side.id });
  }
  await audit(tx, ctx, {
    action: "introduction.reminded",
    subjectKind: "introduction",
    subjectId: introduction.id,
    after: { sides: silent.map((side) => side.side) },
  });
}

async function expire(tx: Tx, ctx: Ctx, introduction: LockedIntroduction): Promise<void> {
  await tx.introduction.updateMany({
    where: { id: introduction.id, state: "proposed" },
    data: { state: "expired", settledAt: ctx.clock.now() },
  });
  await closeDue(tx, ctx, introduction.id, [REPLY_DUE], "cancelled");
  await audit(tx, ctx, {
    action: AUDIT_ACTIONS.expired,
    subjectKind: "introduction",
    subjectId: introduction.id,
    before: { state: "proposed" },
    after: { state: "expired" },
  });
  await bringForward(tx, ctx, introduction.caseId);
  for (const side of introduction.sides)
    await emit(tx, ctx, "introduction.expired", introduction.id, { sideId: side.id });
  await emit(tx, ctx, "introduction.expired", introduction.id, { brokerId: introduction.case.brokerId });
}
