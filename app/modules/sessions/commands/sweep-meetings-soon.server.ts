import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { sweepRow } from "~/platform/db/sweep-row.server";
import { emit } from "~/platform/outbox.server";
import { fail, ok, type Result } from "~/platform/result";
import { numberRuleAt } from "~/platform/rules.server";
import { lockMeeting } from "./session-rows.server";

/** How many sides were reminded; `failed` meetings are tried again at the next sweep, while they have not begun. */
export type SoonSweepReport = { reminded: number; failed: number };

const MINUTE = 60_000;

/**
 * Reminds the sides of a meeting that begins soon (rule meeting.remindMinutesBefore), once for each beginning: a meeting
 * that moves is reminded of anew. Not who declined, and nobody whom the invitation or the move told less than that before.
 * A worker that was away makes up for it while the meeting has not begun, never after. For the system only.
 * Failures: common:forbidden.
 */
export async function sweepMeetingsSoon(ctx: Ctx): Promise<Result<SoonSweepReport>> {
  if (ctx.actor.kind !== "system") return fail("common:forbidden");
  const now = ctx.clock.now();
  const beforeMs = (await numberRuleAt(ctx.db, "meeting.remindMinutesBefore", now)).value * MINUTE;
  const report: SoonSweepReport = { reminded: 0, failed: 0 };
  const soon = await ctx.db.meeting.findMany({
    where: {
      state: "planned",
      invitedAt: { not: null },
      startsAt: { gt: now, lte: new Date(now.getTime() + beforeMs) },
    },
    orderBy: { startsAt: "asc" },
    select: { id: true },
  });
  for (const { id } of soon) {
    const row = { ids: { meetingId: id }, failed: "a meeting could not be swept" };
    const end = await sweepRow(ctx, row, (tx) => remind(tx, ctx, id, beforeMs));
    if (end === "failed") report.failed += 1;
    else report.reminded += end.did ?? 0;
  }
  return ok(report);
}

async function remind(tx: Tx, ctx: Ctx, id: string, beforeMs: number): Promise<number> {
  const meeting = await lockMeeting(tx, id);
  if (meeting?.state !== "planned" || !meeting.invitedAt) return 0;
  const { changedAt } = await tx.meeting.findUniqueOrThrow({ where: { id }, select: { changedAt: true } });
  const { startsAt } = meeting;
  // it may have moved or begun while we waited for its row
  const from = startsAt.getTime() - beforeMs;
  const now = ctx.clock.now();
  if (now.getTime() < from || now >= startsAt || changedAt.getTime() >= from) return 0;
  const sides = await tx.meetingParticipant.findMany({
    where: { meetingId: id, response: { not: "declined" } },
    orderBy: { side: "asc" },
    select: { id: true, side: true, soonRemindedFor: true },
  });
  const due = sides.filter((side) => side.soonRemindedFor?.getTime() !== startsAt.getTime());
  if (due.length === 0) return 0;
  await tx.meetingParticipant.updateMany({
    where: { id: { in: due.map((one) => one.id) } },
    data: { soonRemindedFor: startsAt },
  });
  await audit(tx, ctx, {
    action: "meeting.reminded-soon",
    subjectKind: "meeting",
    subjectId: id,
    after: { state: meeting.state, sides: due.map((one) => one.side), sessionId: meeting.session.id },
  });
  for (const one of due) await emit(tx, ctx, "meeting.soon", id, { participantId: one.id });
  return due.length;
}
